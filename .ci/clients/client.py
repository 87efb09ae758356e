"""Uses the generated Python client as its users would, on the server at the address given."""

import base64
import sys
import time

from countess_api import (
    ApiClient,
    ApiException,
    Base64Api,
    Claim,
    ClaimedCounter,
    Configuration,
    CountersApi,
    EventLine,
    EventsApi,
    Expiring,
    NamespacesApi,
    OperationsApi,
    Policy,
    PolicyChange,
    Put,
    Release,
    Set,
    Total,
)

api = ApiClient(Configuration(host=sys.argv[1]))
# Names of this run, so that it can be repeated on the same server.
logins, bulk = f"logins-{time.time_ns()}", f"bulk-{time.time_ns()}"
counters, namespaces, events = CountersApi(api), NamespacesApi(api), EventsApi(api)


def is_(actual, expected):
    assert actual == expected, f"{actual!r} is not {expected!r}"


def refused(call, status):
    try:
        call()
    except ApiException as problem:
        is_(problem.status, status)
        return problem
    raise AssertionError(f"not refused with {status}")


def policy(namespace, it):
    change = PolicyChange(policy=Policy(it))
    is_(namespaces.set_policy(namespace, change).outcome, "accepted")


policy(logins, Expiring(kind="expiring", ttl="60s", limit=5))
policy(bulk, Total(kind="total"))

# Puts: none of what the client adds by itself is wrong.
is_(counters.put(logins, "alice").count, 1)
is_(counters.put(logins, "alice", put=Put(n=2, id="order-1")).count, 3)
again = counters.put_with_http_info(logins, "alice", idempotency_key="order-1", put=Put(n=2))
is_(again.data.replayed, True)
is_(counters.put(logins, "a/b é?", timeout="2s", put=Put(n=1)).count, 1)
logged = counters.put_with_http_info(bulk, "logged", ack="logged")
is_(logged.status_code, 202)
problem = refused(lambda: counters.put(logins, "alice", put=Put(n=4)), 429)
is_(problem.data.remaining, 2)
assert 0 < problem.data.more_after_millis <= problem.data.retry_after_millis
refused(lambda: counters.put(logins, "alice", put=Put(n=6)), 422)
released = counters.release(logins, "alice", Release(of="order-1"))
is_(released.released, 2)
is_(counters.set(bulk, "set", Set(value=7)).count, 7)

claim = Claim(
    id="claim-1",
    counters=[
        ClaimedCounter(namespace=bulk, key="{7}seats", n=2),
        ClaimedCounter(namespace=bulk, key="{7}meals"),
    ],
)
is_([part.count for part in counters.claim(claim).parts], [2, 1])

# A load: lines of the model, and one that is wrong.
lines = [EventLine(namespace=bulk, key=f"k{i % 50}", n=2) for i in range(1000)]
lines.append(EventLine(namespace=bulk, key="set", op="set", value=9))
lines.append(EventLine(namespace=bulk, key="wrong", op="set"))
report = events.events("".join(line.to_json() + "\n" for line in lines))
is_((report.logged, report.rejected), (1001, 1))
is_(report.errors[0].line, 1002)

# What was loaded counts, as of the position that the load told.
loaded = report.position
count = counters.count(bulk, "k7", countess_position=loaded)
is_((count.count, count.exists), (40, True))
peek = counters.count(logins, "alice", n=5)
is_(peek.would_accept, False)

# Listings, page by page.
found, after = [], None
while True:
    page = namespaces.keys(bulk, match="k*", after=after, limit=20, countess_position=loaded)
    found += [entry.key for entry in page.keys]
    after = page.next
    if after is None:
        break
is_(len(found), 50)
is_(namespaces.top(bulk, k=1, countess_position=loaded).keys[0].count, 40)
assert {bulk, logins} <= {it.namespace for it in namespaces.namespaces().namespaces}
view = namespaces.namespace(bulk, countess_position=loaded)
is_(view.policy.actual_instance.kind, "total")
assert view.totals.count >= 2000 and not view.totals.saturated
is_(namespaces.policy_history(logins).history[0].policy.actual_instance.limit, 5)
is_(namespaces.drop_policy(logins).outcome, "accepted")

# Names that no path can hold, operations, and errors in their form.
name = base64.urlsafe_b64encode(bulk.encode()).decode()
is_(Base64Api(api).put_in_base64(name, "_w").count, 1)
is_(Base64Api(api).count_in_base64(name, "_w").key_base64, "/w==")
is_(OperationsApi(api).readiness().ready, True)
assert "countess_events_folded_total" in OperationsApi(api).metrics()
refused(lambda: counters.put(bulk, "k", put=Put(ttl="PT0S")), 400)
print("the generated Python client puts, claims, loads, counts and lists")

// Uses the generated TypeScript client as its users would, on the server at the address given.
import { deepStrictEqual as same, ok, rejects } from "node:assert";
import * as countess from "./api";

const url = process.argv[2];
const configuration = new countess.Configuration({ basePath: url });
const counters = new countess.CountersApi(configuration);
const namespaces = new countess.NamespacesApi(configuration);
const events = new countess.EventsApi(configuration);
const operations = new countess.OperationsApi(configuration);
// Names of this run, so that it can be repeated on the same server.
const logins = `logins-${Date.now()}`;
const bulk = `bulk-${Date.now()}`;
const base64 = new countess.Base64Api(configuration);

/** Without the fields that are not there, which a generated type has as undefined. */
const given = (value: object) => JSON.parse(JSON.stringify(value));

async function refused(call: Promise<unknown>, status: number) {
  let problem: any;
  await rejects(call, (error: unknown) => {
    ok(error instanceof countess.ResponseError, String(error));
    problem = error.response;
    return true;
  });
  same(problem.status, status);
  return problem as Response;
}

async function main() {
  const setPolicy = (ns: string, policy: countess.Policy) =>
    namespaces.setPolicy({ ns, policyChange: { policy } });
  same((await setPolicy(logins, { kind: "expiring", ttl: "60s", limit: 5 })).outcome, "accepted");
  same((await setPolicy(bulk, { kind: "total" })).outcome, "accepted");

  const alice = { ns: logins, key: "alice" };
  same((await counters.put(alice)).count, 1);
  same((await counters.put({ ...alice, put: { n: 2, id: "order-1" } })).count, 3);
  same((await counters.put({ ...alice, idempotencyKey: "order-1", put: { n: 2 } })).replayed, true);
  same((await counters.put({ ns: logins, key: "a/b é?", timeout: "2s" })).count, 1);
  const earlier = new Date(Date.now() - 10_000);
  same((await counters.put({ ns: logins, key: "at", put: { at: earlier.toISOString() } })).count, 1);
  same((await counters.put({ ns: logins, key: "at", put: { at: earlier.getTime() } })).count, 2);

  const tooMuch = await refused(counters.put({ ...alice, put: { n: 4 } }), 429);
  const decision = countess.DecisionProblemFromJSON(await tooMuch.json());
  same([decision.remaining, decision.limit], [2, 5]);
  const t = Number(/;t=(\d+)/.exec(tooMuch.headers.get("RateLimit") ?? "")?.[1]);
  ok(t > 0 && t <= Number(tooMuch.headers.get("Retry-After")));
  same((await counters.release({ ...alice, release: { of: "order-1" } })).released, 2);

  const claim = {
    id: "claim-1",
    counters: [
      { namespace: bulk, key: "{7}seats", n: 2 },
      { namespace: bulk, key: "{7}meals" },
    ],
  };
  same((await counters.claim({ claim })).parts?.map((part) => part.count), [2, 1]);

  const lines: countess.EventLine[] = [];
  for (let i = 0; i < 1000; i++) {
    lines.push({ namespace: bulk, key: `k${i % 50}`, n: 2 });
  }
  lines.push({ namespace: bulk, key: "wrong", op: "set" });
  const body = lines.map((line) => JSON.stringify(countess.EventLineToJSON(line)) + "\n").join("");
  const report = await events.events({ body });
  same([report.logged, report.rejected, report.errors[0].line], [1000, 1, 1001]);

  const countessPosition = report.position;
  const counted = await counters.count({ ns: bulk, key: "k7", countessPosition });
  same([counted.count, counted._exists], [40, true]);
  const found: string[] = [];
  let after: string | undefined;
  do {
    const page = await namespaces.keys({ ns: bulk, match: "k*", after, limit: 20, countessPosition });
    found.push(...page.keys.map((entry) => entry.key!));
    after = page.next;
  } while (after !== undefined);
  same(found.length, 50);
  same((await namespaces.top({ ns: bulk, k: 1, countessPosition })).keys[0].count, 40);
  const listed = (await namespaces.namespaces()).namespaces.map((it) => it.namespace);
  ok(listed.includes(bulk) && listed.includes(logins));
  const view = await namespaces.namespace({ ns: logins });
  same(given(view.policy), { kind: "expiring", ttl: "1m", limit: 5 });

  same((await base64.putInBase64({ nsBase64: Buffer.from(bulk).toString("base64url"), keyBase64: "_w" })).count, 1);
  same((await operations.readiness()).ready, true);
  await refused(counters.put({ ...alice, put: { ttl: "PT0S" } }), 400);
  console.log("the generated TypeScript client puts, claims, loads, counts and lists");
}

main().catch((error) => {
  console.error(error);
  process.exit(1);
});

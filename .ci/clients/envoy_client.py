"""grpcio at the Envoy door, with the messages that xds-protos has. Limits are those of envoy.yaml."""

import sys

import grpc
from envoy.extensions.common.ratelimit.v3.ratelimit_pb2 import RateLimitDescriptor
from envoy.service.ratelimit.v3.rls_pb2 import RateLimitRequest, RateLimitResponse
from envoy.service.ratelimit.v3.rls_pb2_grpc import RateLimitServiceStub
from grpc_health.v1.health_pb2 import HealthCheckRequest, HealthCheckResponse
from grpc_health.v1.health_pb2_grpc import HealthStub

OK, OVER = RateLimitResponse.OK, RateLimitResponse.OVER_LIMIT


def expect(what, told, expected):
    if told != expected:
        sys.exit(f"FAILED: {what}: {told}, not {expected}")


def descriptor(*entries):
    return RateLimitDescriptor(
        entries=[RateLimitDescriptor.Entry(key=key, value=value) for key, value in entries]
    )


def main(port):
    channel = grpc.insecure_channel(f"127.0.0.1:{port}")
    watched = HealthStub(channel).Watch(HealthCheckRequest(), timeout=20, wait_for_ready=True)
    if not any(it.status == HealthCheckResponse.SERVING for it in watched):
        sys.exit("FAILED: it does not serve")
    watched.cancel()
    limits = RateLimitServiceStub(channel)

    def ask(*descriptors, domain="ci", hits=0):
        request = RateLimitRequest(domain=domain, descriptors=descriptors, hits_addend=hits)
        return limits.ShouldRateLimit(request, timeout=20)

    user, path = descriptor(("user", "python")), descriptor(("path", "/python"))
    first = ask(user)
    status = first.statuses[0]
    expect("the first", (first.overall_code, status.limit_remaining), (OK, 2))
    limit = status.current_limit
    expect("its limit", (limit.requests_per_unit, limit.unit, limit.name), (3, limit.DAY, "users"))
    expect("its header", first.response_headers_to_add[0].key, "RateLimit-Limit")
    expect("two hits", ask(user, hits=2).overall_code, OK)
    expect("one too many", ask(user).overall_code, OVER)
    refused = ask(path, user)
    expect("one of two", [it.code for it in refused.statuses], [OK, OVER])
    expect("nothing counted", refused.statuses[0].limit_remaining, 10)
    expect("what is left", ask(path).statuses[0].limit_remaining, 9)
    try:
        ask(user, domain="")
        sys.exit("FAILED: a request without a domain was answered")
    except grpc.RpcError as error:
        expect("an error", error.code(), grpc.StatusCode.INVALID_ARGUMENT)
    request = RateLimitRequest(domain="ci", descriptors=[descriptor(("many", "python"))])
    many = [limits.ShouldRateLimit.future(request, timeout=20) for _ in range(500)]
    passed = sum(it.result().overall_code == OK for it in many)
    expect("of 500 at once", passed, 200)


main(sys.argv[1])

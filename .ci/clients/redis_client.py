"""redis-py at the Redis door: RESP 2 and 3, alone and in pipelines."""

import sys

import redis

port = int(sys.argv[1])
for protocol in (2, 3):
    client = redis.Redis(port=port, protocol=protocol, client_name="py", decode_responses=True)
    assert client.ping()
    assert client.client_getname() == "py"
    assert client.info("server")["redis_mode"] == "standalone"
    key = f"py{protocol}"
    assert client.execute_command("CL.THROTTLE", key, 15, 30, 60) == [0, 16, 15, -1, 2]
    pipe = client.pipeline(transaction=False)
    for _ in range(100):
        pipe.execute_command("MCAPTCHA_CACHE.COUNT", key, 60)
    pipe.execute_command("MCAPTCHA_CACHE.GET", key)
    assert pipe.execute()[-1] == "100"
    with client.pipeline() as multi:  # sends MULTI and EXEC
        multi.incrby(f"{{{key}}}hits", 2).expire(f"{{{key}}}hits", 60).get(f"{{{key}}}none")
        assert multi.execute() == [2, True, None]
        multi.get(f"{{{key}}}hits").ttl(f"{{{key}}}hits")
        assert multi.execute()[0] == "2"
        multi.incr(f"{key}:a").incr(f"{key}:b")
        try:
            multi.execute()
            raise AssertionError("the keys are not together")
        except redis.ResponseError as apart:
            assert "hash to the same slot" in str(apart), apart
    try:
        client.execute_command("LPUSH", key, 1)
        raise AssertionError("LPUSH is unknown")
    except redis.ResponseError as unknown:
        assert str(unknown).startswith("unknown command 'LPUSH'"), unknown
    assert client.dbsize() >= 1
    client.close()
print("right")

// ioredis at the Redis door.
import assert from "node:assert";
import Redis from "ioredis";

const redis = new Redis({ port: Number(process.argv[2]), connectionName: "node" });
assert.equal(await redis.ping(), "PONG");
assert.equal(await redis.client("GETNAME"), "node");
assert.deepEqual(await redis.call("CL.THROTTLE", "node", 15, 30, 60), [0, 16, 15, -1, 2]);
const pipeline = redis.pipeline();
for (let i = 0; i < 100; i++) pipeline.call("MCAPTCHA_CACHE.COUNT", "node", 60);
pipeline.call("MCAPTCHA_CACHE.GET", "node");
const replies = await pipeline.exec();
assert.deepEqual(replies.at(-1), [null, "100"]);
const multi = await redis.multi().incrby("{node}hits", 2).expire("{node}hits", 60).get("{node}hits").exec();
assert.deepEqual(multi, [[null, 2], [null, 1], [null, "2"]]);
await assert.rejects(redis.multi().incr("node:a").incr("node:b").exec(), /CROSSSLOT/);
await assert.rejects(redis.call("LPUSH", "node", 1), /^ReplyError: ERR unknown command 'LPUSH'/);
redis.disconnect();
console.log("right");

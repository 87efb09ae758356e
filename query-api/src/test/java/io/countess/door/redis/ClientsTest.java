package io.countess.door.redis;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.server.AllDoors;
import io.countess.server.Countess;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.output.ArrayOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.ProtocolKeyword;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import redis.clients.jedis.DefaultJedisClientConfig;
import redis.clients.jedis.HostAndPort;
import redis.clients.jedis.Jedis;
import redis.clients.jedis.RedisProtocol;
import redis.clients.jedis.commands.ProtocolCommand;
import redis.clients.jedis.exceptions.JedisDataException;

/** Jedis and Lettuce, as they are. */
class ClientsTest {
  private static Countess countess;

  /** What neither client knows by itself. */
  private enum Known implements ProtocolCommand {
    THROTTLE("CL.THROTTLE"),
    COUNT("MCAPTCHA_CACHE.COUNT"),
    GET("MCAPTCHA_CACHE.GET"),
    NOTHING("NOTHING");

    private final byte[] bytes;

    Known(String name) {
      this.bytes = name.getBytes(UTF_8);
    }

    @Override
    public byte[] getRaw() {
      return bytes.clone();
    }
  }

  /** The same for Lettuce. */
  private record Keyword(Known known) implements ProtocolKeyword {
    @Override
    public byte[] getBytes() {
      return known.getRaw();
    }
  }

  @BeforeAll
  static void start() {
    countess = AllDoors.shared();
  }

  private static int port() {
    return countess.redis().orElseThrow().port();
  }

  private static Jedis jedis(RedisProtocol protocol) {
    var config =
        DefaultJedisClientConfig.builder().protocol(protocol).clientName("a-jedis").build();
    return new Jedis(new HostAndPort("127.0.0.1", port()), config);
  }

  @ParameterizedTest
  @EnumSource(
      value = RedisProtocol.class,
      names = {"RESP2", "RESP3"})
  void shouldServeJedis(RedisProtocol protocol) {
    try (Jedis jedis = jedis(protocol)) {
      assertThat(jedis.ping()).isEqualTo("PONG");
      assertThat(jedis.clientGetname()).isEqualTo("a-jedis");
      assertThat(jedis.clientInfo()).contains(" name=a-jedis ", " lib-name=jedis");
      assertThat(jedis.info("server")).contains("redis_version:7.");
      String key = "jedis-" + protocol;
      assertThat(jedis.sendCommand(Known.THROTTLE, key, "15", "30", "60"))
          .isEqualTo(List.of(0L, 16L, 15L, -1L, 2L));
      jedis.sendCommand(Known.COUNT, key, "60");
      assertThat((byte[]) jedis.sendCommand(Known.GET, key)).isEqualTo("1".getBytes(UTF_8));
      assertThatThrownBy(() -> jedis.sendCommand(Known.NOTHING, "a"))
          .isInstanceOf(JedisDataException.class)
          .hasMessage("ERR unknown command 'NOTHING', with args beginning with: 'a' ");
      assertThat(jedis.time()).hasSize(2);
      assertThat(jedis.dbSize()).isPositive();
    }
  }

  @Test
  void shouldServePipelinesOfJedis() {
    try (Jedis jedis = jedis(RedisProtocol.RESP2)) {
      var pipeline = jedis.pipelined();
      for (int i = 0; i < 500; i++) {
        pipeline.sendCommand(Known.THROTTLE, "pipeline", "999", "1", "1000");
      }
      List<Object> replies = pipeline.syncAndReturnAll();
      assertThat(replies).hasSize(500);
      for (int i = 0; i < 500; i++) {
        assertThat(((List<?>) replies.get(i)).subList(0, 4))
            .isEqualTo(List.of(0L, 1000L, 999L - i, -1L));
      }
    }
  }

  @Test
  void shouldServeLettuce() throws Exception {
    RedisClient client = RedisClient.create("redis://127.0.0.1:" + port());
    try (StatefulRedisConnection<String, String> connection = client.connect()) {
      assertThat(connection.sync().ping()).isEqualTo("PONG");
      connection.sync().clientSetname("a-lettuce");
      assertThat(connection.sync().clientList()).contains("name=a-lettuce", "lib-name=Lettuce");
      assertThat(connection.sync().commandCount()).isPositive();
      assertThat(connection.sync().configGet("save")).containsEntry("save", "");
      var all = new ArrayList<RedisFuture<List<Object>>>();
      for (int i = 0; i < 500; i++) {
        all.add(throttle(connection));
      }
      for (int i = 0; i < 500; i++) {
        assertThat(all.get(i).get(10, TimeUnit.SECONDS).subList(0, 4))
            .isEqualTo(List.of(0L, 1000L, 999L - i, -1L));
      }
    } finally {
      client.shutdown();
    }
  }

  private static RedisFuture<List<Object>> throttle(StatefulRedisConnection<String, String> on) {
    var args = new CommandArgs<>(StringCodec.UTF8).addKey("lettuce").add(999).add(1).add(1000);
    return on.async()
        .dispatch(new Keyword(Known.THROTTLE), new ArrayOutput<>(StringCodec.UTF8), args);
  }

  @Test
  void shouldResetTheNamespaceOfAllKeys() {
    try (Jedis jedis = jedis(RedisProtocol.RESP3)) {
      jedis.sendCommand(Known.THROTTLE, "flushed", "15", "30", "60");
      assertThat(jedis.flushDB()).isEqualTo("OK");
      assertThat(jedis.dbSize()).isZero();
      assertThat(jedis.sendCommand(Known.THROTTLE, "flushed", "15", "30", "60"))
          .isEqualTo(List.of(0L, 16L, 15L, -1L, 2L));
    }
  }
}

package io.countess.door.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.server.Countess;
import io.countess.server.Setting;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The limit of requests, which counters of Countess's own keep. */
class LimitTest {
  private static final String TOO_MANY =
      "429 {\"error\":\"RATE_LIMIT_EXCEEDED\",\"message\":\"Too many requests. Please retry later.\"}";

  @TempDir static Path data;
  private static Countess countess;
  private static CounterApi anyone;

  @BeforeAll
  static void start() throws InterruptedException {
    countess = CounterApi.start(data, "memory", Map.of(Setting.TENANTS_LIMIT, "2/h"));
    anyone = CounterApi.of(countess);
  }

  @AfterAll
  static void stop() {
    countess.close();
  }

  /** A caller of its own. */
  private static CounterApi from(String address) {
    return anyone.with("X-Real-IP", address);
  }

  @Test
  void shouldLimitWhatWrites() {
    CounterApi caller = from("192.0.2.1");
    for (int i = 0; i < 2; i++) {
      CounterApi.Answer answer = caller.post("/nowhere").is(404);
      assertThat(answer.header("X-RateLimit-Limit")).isEqualTo("2");
    }
    CounterApi.Answer refused = caller.post("/nowhere");
    assertThat(refused.told()).isEqualTo(TOO_MANY);
    assertThat(refused.header("X-RateLimit-Limit")).isEqualTo("2");
    assertThat(Integer.parseInt(refused.header("Retry-After"))).isBetween(1700, 1800);
    assertThat(refused.header("Access-Control-Allow-Methods")).isNotEmpty();
    from("192.0.2.2").post("/nowhere").is(404);
  }

  @Test
  void shouldLetThreeTimesAsManyRead() {
    CounterApi caller = from("192.0.2.3");
    for (int i = 0; i < 6; i++) {
      assertThat(caller.get("/livez").is(200).header("X-RateLimit-Limit")).isEqualTo("6");
    }
    assertThat(caller.get("/livez").told()).isEqualTo(TOO_MANY);
    caller.post("/nowhere").is(404);
    caller.ask("OPTIONS", "/livez", "").is(200);
  }

  @Test
  void shouldLimitACredentialWhereverItIsUsed() {
    CounterApi admin = from("192.0.2.4").admin();
    admin.post("/tenants", "{}").is(400);
    admin.post("/tenants", "{}").is(400);
    assertThat(from("192.0.2.5").admin().post("/tenants", "{}").told()).isEqualTo(TOO_MANY);
    from("192.0.2.4").post("/nowhere").is(404);
  }

  @Test
  void shouldTellAWrongKeyBeforeTheLimit() {
    CounterApi wrong = from("192.0.2.6").key("wrong");
    for (int i = 0; i < 4; i++) {
      wrong.post("/nowhere").is(401);
    }
  }
}

package io.countess.door.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.server.Alone;
import io.countess.server.Countess;
import io.countess.server.Setting;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door for counter-api where nobody has keys: to try it, on one machine. */
class KeylessTest {
  @TempDir Path data;

  @Test
  void shouldLetEveryoneInButPagesOfOtherSites() throws InterruptedException {
    try (Countess countess =
        Alone.start(data, "memory", Map.of(Setting.TENANTS, "true", Setting.TENANTS_PORT, "0"))) {
      CounterApi anyone = CounterApi.of(countess);
      CounterApi.Answer tenant = anyone.post("/tenants", "{\"label\":\"tried\"}").is(201);
      String path = "/tenants/" + tenant.text("tenant_id");
      CounterApi page = anyone.with("Origin", "https://other.example");
      assertThat(page.post(path + "/counters", "{}").status()).isEqualTo(401);
      page.get(path).is(200);
      anyone.post(path + "/counters", "{}").is(201);
    }
  }
}

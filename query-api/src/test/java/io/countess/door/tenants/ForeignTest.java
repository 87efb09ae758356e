package io.countess.door.tenants;

import static io.countess.door.tenants.CounterApi.error;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.server.Countess;
import io.countess.server.Setting;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A namespace in which somebody else counts already is left alone, and that is told. */
class ForeignTest {
  @TempDir static Path data;
  private static Countess countess;
  private static CounterApi anyone;
  private static CounterApi api;

  @BeforeAll
  static void start() throws InterruptedException {
    countess = CounterApi.start(data, "memory", Map.of(Setting.TENANTS_LIMIT, "1000/s"));
    anyone = CounterApi.of(countess);
    api = new CounterApi(countess.url(), List.of());
  }

  @AfterAll
  static void stop() {
    countess.close();
  }

  private static String why(String namespace, String own, String needed) {
    return ("the namespace '%s' is of the kind %s, and this door needs one of the kind %s; give it"
            + " another by --tenants-namespace")
        .formatted(namespace, own, needed);
  }

  private static void expect(String why) {
    anyone.get("/livez").is(200);
    assertThat(anyone.get("/readyz").told())
        .isEqualTo(error(503, "NOT_READY", "Service is not ready: " + why));
  }

  @Test
  void shouldLeaveAloneWhatIsSomebodyElses() {
    anyone.get("/readyz").is(200);
    api.post("/v1/namespaces/tenants/keys/theirs").is(200);
    expect(why("tenants", "expiring", "value"));
    api.ask(
            "PUT",
            "/v1/namespaces/tenants",
            "{\"policy\":{\"kind\":\"total\"},\"onChange\":\"reset\"}")
        .is(200);
    api.post("/v1/namespaces/tenants/keys/theirs").is(200);
    expect(why("tenants", "total", "value"));
    assertThat(anyone.admin().post("/tenants", "{\"label\":\"first\"}").told())
        .isEqualTo(error(500, "DATABASE_ERROR", why("tenants", "total", "value")));
    assertThat(anyone.admin().post("/v2/admin/credentials").told())
        .isEqualTo(error(500, "DATABASE_ERROR", why("tenants", "total", "value")));
    assertThat(api.get("/v1/namespaces/tenants/keys/theirs").text("count")).isEqualTo("1");

    api.ask("DELETE", "/v1/namespaces/tenants", "").is(200);
    anyone.get("/readyz").is(200);
    anyone.admin().post("/v2/admin/credentials").is(201);
    anyone.tenant("first");
    anyone.get("/readyz").is(200);
  }
}

package io.countess.door.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.countess.server.Countess;
import io.countess.server.Group;
import io.countess.server.Setting;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restart leaves as it was, and what instances have in common. */
class SharedTest {
  @TempDir Path data;

  @Test
  void shouldKeepAllThatThereIs() throws InterruptedException {
    String tenant;
    String counter;
    String list;
    String history;
    CounterApi.Answer first;
    String key = UUID.randomUUID().toString();
    String secret;
    try (Countess countess = CounterApi.start(data, "rocksdb", Map.of())) {
      CounterApi anyone = CounterApi.of(countess);
      tenant = anyone.tenant("kept");
      counter = anyone.counter(tenant, "{\"label\":\"kept\",\"initial_value\":3}");
      first = anyone.once(key).post(counter + "/inc?delta=4").is(200);
      list = anyone.admin().get(tenant + "/counters").is(200).body();
      history = anyone.admin().get("/v2" + counter + "/operations").is(200).body();
      secret = anyone.admin().post("/v2" + tenant + "/credentials").text("api_key");
    }
    try (Countess countess = CounterApi.start(data, "rocksdb", Map.of())) {
      CounterApi anyone = CounterApi.of(countess);
      assertThat(anyone.admin().get(tenant + "/counters").is(200).body()).isEqualTo(list);
      assertThat(anyone.key(secret).get("/v2" + counter + "/operations").is(200).body())
          .isEqualTo(history);
      assertThat(anyone.once(key).post(counter + "/inc?delta=4").body())
          .isEqualTo(first.body().replace("\"replayed\":false", "\"replayed\":true"));
      anyone.admin().post("/tenants", "{\"label\":\"kept\"}").is(409);
      anyone.admin().post(tenant, "{\"label\":\"kept\"}").is(409);
    }
  }

  @Test
  void shouldAnswerTheSameAtEveryInstance() throws Exception {
    var open = new EnumMap<Setting, String>(CounterApi.OPEN);
    open.put(Setting.TENANTS_LIMIT, "30/h");
    try (var group = new Group(data)) {
      Group.Member one = group.start("one", open);
      Group.Member two = group.start("two", open);
      Group.awaitShared(one, two);
      CounterApi first = CounterApi.of(one.countess());
      CounterApi second = CounterApi.of(two.countess());
      for (int i = 0; i < 6; i++) {
        String tenant = first.tenant("of both " + i);
        String counter = second.counter(tenant, "{}");
        String key = UUID.randomUUID().toString();
        CounterApi.Answer done = first.once(key).post(counter + "/inc").is(200);
        JsonNode again = second.once(key).post(counter + "/inc").is(200).json();
        assertThat(again.path("replayed").asBoolean()).isTrue();
        assertThat(again.path("updated_at").asText()).isEqualTo(done.text("updated_at"));
        assertThat(second.get(counter).body()).isEqualTo(first.get(counter).is(200).body());
        assertThat(second.admin().get("/v2" + counter + "/operations").is(200).body())
            .isEqualTo(first.admin().get("/v2" + counter + "/operations").body());
      }
      CounterApi caller = first.with("X-Real-IP", "192.0.2.10");
      for (int i = 0; i < 30; i++) {
        caller.post("/nowhere").is(404);
      }
      second.with("X-Real-IP", "192.0.2.10").post("/nowhere").is(429);
    }
  }
}

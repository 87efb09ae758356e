package io.countess.cli.killed;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.List;
import java.util.UUID;

/**
 * Increments a counter of counter-api, and sends again under the same key what it does not know of.
 * Each key counts once, and is in the history once.
 */
final class CounterApi implements Client {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String LABEL = "{\"label\":\"killed\"}";

  private final int port;
  private final PlainHttp http;
  private volatile String counter;

  CounterApi(int port) {
    this.port = port;
    http = new PlainHttp(port);
  }

  @Override
  public List<String> flags() {
    return List.of("--tenants", "--tenants-limit=off", "--tenants-port=" + port);
  }

  @Override
  public boolean isServed() throws IOException, InterruptedException {
    return http.status("GET", "/readyz", "") == 200;
  }

  @Override
  public void prepare() throws IOException, InterruptedException {
    String tenant = "/tenants/" + json("POST", "/tenants", LABEL).path("tenant_id").asText();
    counter = tenant + "/counters/" + json("POST", tenant, "{}").path("counter_id").asText();
  }

  private JsonNode json(String method, String path, String body)
      throws IOException, InterruptedException {
    return JSON.readTree(http.ask(method, path, body).body());
  }

  @Override
  public int enough() {
    return 100;
  }

  @Override
  public void count(Books books) throws InterruptedException {
    String key = UUID.randomUUID().toString();
    while (!isDone(key)) {
      books.pause();
    }
    books.answer();
  }

  private boolean isDone(String key) throws InterruptedException {
    try {
      String path = "/v2" + counter + "/inc";
      int status = http.ask("POST", path, "", "Idempotency-Key", key).statusCode();
      assertThat(status)
          .satisfiesAnyOf(
              it -> assertThat(it).isEqualTo(200),
              it -> assertThat(it).isGreaterThanOrEqualTo(500));
      return status == 200;
    } catch (IOException brokenOff) {
      return false;
    }
  }

  @Override
  public void check(Books books) throws IOException, InterruptedException {
    assertThat(json("GET", counter, "").path("value").asInt()).isEqualTo(books.answered());
    assertThat(operations()).as("and the one that made it").isEqualTo(books.answered() + 1);
    assertThat(http.status("POST", "/tenants", LABEL)).isEqualTo(409);
  }

  /** How many there are, page by page. */
  private int operations() throws IOException, InterruptedException {
    int all = 0;
    String cursor = "";
    do {
      JsonNode page = json("GET", "/v2" + counter + "/operations?limit=100" + cursor, "");
      all += page.path("operations").size();
      JsonNode next = page.path("next_cursor");
      cursor = next.isNull() ? "" : "&cursor=" + next.asText();
    } while (!cursor.isEmpty());
    return all;
  }
}

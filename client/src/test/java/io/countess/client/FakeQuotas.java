package io.countess.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import io.countess.client.FakeServer.Asked;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Totals with a limit, as a server keeps them: sets where absent, puts with ids, and claims on
 * several. Some requests take effect and are not answered.
 */
final class FakeQuotas implements FakeServer.Handler {
  private final ObjectMapper json = new ObjectMapper();
  private final long limit;
  private final Map<String, Long> values = new HashMap<>();
  private final Map<String, String> decided = new HashMap<>();
  private final AtomicInteger requests = new AtomicInteger();
  private final int loseEvery;
  private int sets;

  /**
   * @param loseEvery of how many commands one is answered by a lost connection
   */
  FakeQuotas(long limit, int loseEvery) {
    this.limit = limit;
    this.loseEvery = loseEvery;
  }

  /** The value of a counter by its path, null where it does not exist. */
  synchronized Long value(String path) {
    return values.get(path);
  }

  /** How many sets changed something. */
  synchronized int sets() {
    return sets;
  }

  @Override
  public void handle(HttpExchange exchange, Asked asked) throws IOException {
    String path = exchange.getRequestURI().getPath();
    if (exchange.getRequestMethod().equals("GET")) {
      FakeServer.send(exchange, 200, "application/json", count(path));
      return;
    }
    String answer = command(exchange.getRequestMethod(), path, asked);
    if (requests.incrementAndGet() % loseEvery != 0) {
      boolean accepted = answer.startsWith("{'outcome':'accepted'");
      String type = accepted ? "application/json" : "application/problem+json";
      FakeServer.send(exchange, accepted ? 200 : 429, type, answer);
    }
  }

  private synchronized String count(String path) {
    Long value = values.get(path);
    return "{'count':%d,'at':1,'exists':%b}".formatted(value == null ? 0 : value, value != null);
  }

  private synchronized String command(String method, String path, Asked asked) throws IOException {
    String id = asked.header("Idempotency-key");
    String known = decided.get(path + id);
    if (known != null) {
      return known;
    }
    var body = json.readTree(asked.body());
    String answer = method.equals("PUT") ? set(path, body) : add(path, body);
    if (answer.contains("accepted") && !id.isEmpty()) {
      decided.put(path + id, answer);
    }
    return answer;
  }

  private String set(String path, JsonNode body) {
    if (!body.path("if").asText().equals("absent") || body.get("value").asLong() > limit) {
      return refused();
    }
    if (values.putIfAbsent(path, body.get("value").asLong()) == null) {
      sets++;
    }
    return "{'outcome':'accepted','at':1}";
  }

  private String add(String path, JsonNode body) {
    var amounts = new HashMap<String, Long>();
    if (path.equals("/v1/claims")) {
      for (JsonNode part : body.get("counters")) {
        String at = "/v1/namespaces/%s/keys/%s";
        amounts.put(
            at.formatted(part.get("namespace").asText(), part.get("key").asText()),
            part.path("n").asLong(1));
      }
    } else {
      amounts.put(path, body.path("n").asLong(1));
    }
    var after = new HashMap<>(values);
    amounts.forEach((counter, n) -> after.merge(counter, n, Long::sum));
    if (amounts.keySet().stream().anyMatch(counter -> after.get(counter) > limit)) {
      return refused();
    }
    values.putAll(after);
    return "{'outcome':'accepted','at':1}";
  }

  private static String refused() {
    return "{'type':'urn:countess:problem:refused','outcome':'refused','at':1}";
  }
}

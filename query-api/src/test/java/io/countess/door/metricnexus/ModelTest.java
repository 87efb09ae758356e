package io.countess.door.metricnexus;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.server.AllDoors;
import io.countess.server.Countess;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Drawn requests at a whole service, beside a map that does what MetricNexus does. */
class ModelTest {
  private static final int REQUESTS = 600;
  private static final int AT_ONCE = 8;
  private static final int EACH = 25;
  private static final List<String> NAMES = List.of("model_a", "model_b", "model_c");
  private static final List<String> BODIES =
      List.of("1", "-2.5", "0.1", "1e21", "1e-7", "garbage", "", "9007199254740993", "0x1p-3");

  private static Countess countess;
  private static NexusPeer peer;

  @BeforeAll
  static void start() {
    countess = AllDoors.shared();
    peer = Nexus.peer(countess);
  }

  /** What MetricNexus holds and says. */
  private static final class Model {
    private final Map<String, Double> values = new HashMap<>();

    String post(String name) {
      return values.putIfAbsent(name, 0.0) == null ? "201 Created" : "200 OK";
    }

    String get(String name) {
      Double value = values.get(name);
      return value == null ? "404 Not Found" : "200 " + GoFloat.format(value);
    }

    String put(String name, double value) {
      return values.replace(name, value) == null ? "404 Not Found" : "204";
    }

    String add(String name, double n) {
      return values.computeIfPresent(name, (key, value) -> value + n) == null ? "200 OK" : "204";
    }

    String delete(String name) {
      return values.remove(name) == null ? "404 Not Found" : "204";
    }
  }

  @Test
  void shouldAnswerAsMetricNexusDoes() {
    long seed = System.nanoTime();
    var random = new Random(seed);
    var model = new Model();
    for (int i = 0; i < REQUESTS; i++) {
      String name = NAMES.get(random.nextInt(NAMES.size()));
      String body = BODIES.get(random.nextInt(BODIES.size()));
      double number = GoFloat.parse(body).orElse(0);
      String path = "/" + name;
      String as = "request %d of seed %d: %s '%s'".formatted(i, seed, name, body);
      switch (random.nextInt(9)) {
        case 0, 1 -> assertThat(peer.post(path, body)).as(as).isEqualTo(model.post(name));
        case 2 -> assertThat(peer.put(path, body)).as(as).isEqualTo(model.put(name, number));
        case 3 -> assertThat(peer.put(path + "/inc", "")).as(as).isEqualTo(model.add(name, 1));
        case 4 -> assertThat(peer.put(path + "/dec", "")).as(as).isEqualTo(model.add(name, -1));
        case 5 ->
            assertThat(peer.put(path + "/add", body)).as(as).isEqualTo(model.add(name, number));
        case 6 ->
            assertThat(peer.put(path + "/sub", body)).as(as).isEqualTo(model.add(name, -number));
        case 7 -> assertThat(peer.delete(path)).as(as).isEqualTo(model.delete(name));
        default -> assertThat(peer.get(path)).as(as).isEqualTo(model.get(name));
      }
    }
    for (String name : NAMES) {
      assertThat(peer.get("/" + name)).as("seed " + seed).isEqualTo(model.get(name));
    }
  }

  @Test
  void shouldDoOneAfterTheOtherWhatComesAtOnce() {
    assertThat(atOnce(() -> peer.post("/race", "")))
        .containsOnlyOnce("201 Created")
        .filteredOn("200 OK"::equals)
        .hasSize(AT_ONCE * EACH - 1);
    assertThat(atOnce(() -> peer.put("/race/inc", ""))).containsOnly("204");
    assertThat(peer.get("/race")).isEqualTo("200 " + AT_ONCE * EACH);
    assertThat(atOnce(() -> peer.delete("/race")))
        .containsOnlyOnce("204")
        .filteredOn("404 Not Found"::equals)
        .hasSize(AT_ONCE * EACH - 1);
  }

  private static List<String> atOnce(Supplier<String> request) {
    ExecutorService threads = Executors.newFixedThreadPool(AT_ONCE);
    try {
      var answers = new ArrayList<CompletableFuture<String>>();
      for (int i = 0; i < AT_ONCE * EACH; i++) {
        answers.add(CompletableFuture.supplyAsync(request, threads));
      }
      return answers.stream().map(CompletableFuture::join).toList();
    } finally {
      threads.shutdown();
    }
  }
}

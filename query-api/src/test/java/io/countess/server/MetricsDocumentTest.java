package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every metric of a running service stands in METRICS.md, and what its alerts ask for exists. */
class MetricsDocumentTest {
  @TempDir Path data;

  @Test
  void shouldDescribeWhatIsShown() throws Exception {
    String page = Files.readString(Path.of("../docs/METRICS.md"));
    try (Countess countess = Alone.start(data, "memory")) {
      var request = HttpRequest.newBuilder(URI.create(countess.url() + "/metrics")).build();
      var http = HttpClient.newHttpClient();
      String shown =
          await()
              .until(
                  () -> http.send(request, BodyHandlers.ofString()).body(),
                  body -> body.contains("countess_partition_lag"));

      List<String> names =
          shown
              .lines()
              .filter(line -> line.startsWith("# TYPE countess_"))
              .map(line -> line.split(" ", 4)[2].replaceAll("_max$", ""))
              .toList();
      assertThat(names)
          .hasSizeGreaterThan(20)
          .allSatisfy(name -> assertThat(page).as(name).contains("`" + name));
      assertThat(names)
          .contains(
              "countess_ready",
              "countess_partition_lag",
              "countess_partition_lag_seconds",
              "countess_partition_held_up_seconds",
              "countess_dead_letters_total",
              "countess_decisions_seconds");
    }
  }
}

package io.countess.door.metricnexus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.countess.event.InvalidInputException;
import io.countess.server.Countess;
import io.countess.server.Group;
import io.countess.server.Setting;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a restart leaves as it was, and what instances have in common. */
class RestartTest {
  @TempDir Path data;

  @Test
  void shouldKeepValuesDeletesAndTheCertificate() throws Exception {
    X509Certificate before;
    try (Countess countess = Nexus.start(data, "rocksdb", Map.of())) {
      NexusPeer peer = Nexus.peer(countess);
      peer.post("/stays", "it stays");
      peer.put("/stays", "42.5");
      peer.post("/goes", "it goes");
      peer.put("/goes", "7");
      peer.delete("/goes");
      before = peer.certificate();
    }
    Path key = data.resolve("metric-nexus/nexus-tls.key");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(key)))
        .isEqualTo("rw-------");
    try (Countess countess = Nexus.start(data, "rocksdb", Map.of())) {
      NexusPeer peer = Nexus.peer(countess);
      assertThat(peer.get("/stays")).isEqualTo("200 42.5");
      assertThat(peer.get("/goes")).isEqualTo("404 Not Found");
      assertThat(peer.get("/__metrics"))
          .contains("# HELP stays it stays\n# TYPE stays gauge\nstays 42.5\n")
          .doesNotContain("goes");
      assertThat(peer.certificate()).isEqualTo(before);
    }
    Files.delete(key);
    assertThatThrownBy(() -> Nexus.start(data, "rocksdb", Map.of()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cert file already exists but key file is missing");
  }

  @Test
  void shouldAnswerTheSameAtEveryInstance() throws Exception {
    try (var group = new Group(data)) {
      Group.Member one = group.start("one", Nexus.OPEN);
      Group.Member two = group.start("two", Nexus.OPEN);
      Group.awaitShared(one, two);
      NexusPeer first = Nexus.peer(one.countess());
      NexusPeer second = Nexus.peer(two.countess());
      for (int i = 0; i < 20; i++) {
        String path = "/shared" + i;
        assertThat(first.post(path, "of both")).isEqualTo("201 Created");
        assertThat(second.post(path, "")).isEqualTo("200 OK");
        assertThat(second.put(path, "5")).isEqualTo("204");
        assertThat(first.put(path + "/inc", "")).isEqualTo("204");
        assertThat(first.get(path)).isEqualTo("200 6");
        assertThat(second.get(path)).isEqualTo("200 6");
        assertThat(second.delete(path)).isEqualTo("204");
        assertThat(first.get(path)).isEqualTo("404 Not Found");
        assertThat(first.post(path, "again")).isEqualTo("201 Created");
        assertThat(second.get(path)).isEqualTo("200 0");
      }
      assertThat(second.get("/__metrics")).isEqualTo(first.get("/__metrics")).contains("shared19");
      shouldCountClientsOfBoth(first, second);
    }
  }

  private static void shouldCountClientsOfBoth(NexusPeer first, NexusPeer second) {
    await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(
            () -> {
              assertThat(first.get("/metric_nexus_clients")).isEqualTo("200 1");
              assertThat(second.get("/metric_nexus_clients")).isEqualTo("200 1");
            });
  }

  @Test
  void shouldSpeakPlainHttpWhereThatIsWanted() throws IOException, InterruptedException {
    var off = Map.of(Setting.METRIC_NEXUS_TLS, "off");
    try (Countess countess = Nexus.start(data, "memory", off)) {
      String url = countess.metricNexus().orElseThrow().url();
      assertThat(url).startsWith("http://127.0.0.1:");
      var request = HttpRequest.newBuilder(URI.create(url + "/none")).build();
      var answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
      assertThat(answer.statusCode()).isEqualTo(404);
      assertThat(data.resolve("metric-nexus")).doesNotExist();
    }
  }
}

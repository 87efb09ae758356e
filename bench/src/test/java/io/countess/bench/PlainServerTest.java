package io.countess.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.javalin.Javalin;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlainServerTest {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final Duration SPAN = Duration.ofMillis(300);
  private static final Plan PLAN = new Plan("rocksdb", Duration.ofMillis(100), 2000, 1000, 1, SPAN);

  @TempDir private Path directory;

  @Test
  void shouldAnswerPutsAndCountThoseOfOthersToo() {
    try (var bench = Workbench.open(directory, new PrintStream(OutputStream.nullOutputStream()));
        var log = TemporaryLog.start(bench, PLAN);
        var count = PlainCount.start(log.log(), PlainCount.Use.ANSWERS)) {
      Javalin http = PlainServer.serve(count, 0);
      try {
        await().atMost(PATIENCE).until(() -> Api.isReady(http.port()));
        assertThat(Api.counted(http.port())).isZero();
        new RawKafka(bench, log.log().servers()).produce(new int[] {7, 7, 8});
        await().atMost(PATIENCE).until(() -> Api.counted(http.port()) == 3);

        put(bench, http.port());

        assertThat(count.count("key7")).isGreaterThan(2);
        assertThat(count.count("key8")).isEqualTo(1);
        assertThat(count.count("key9")).isZero();
        assertThat(Api.counted(http.port())).isEqualTo(count.count("key7") + 1);
      } finally {
        http.stop();
      }
    }
  }

  /** Each put is counted when it is answered. */
  private static void put(Workbench bench, int port) {
    var server = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    try (var load = Load.open(bench, 1, it -> new HttpExchange(server, it))) {
      load.run(List.of(Api.request("POST", Api.KEYS + "key7", "localhost")), SPAN);
    }
  }
}

package io.countess.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.countess.client.CountsConfig.Retry;
import io.countess.event.CounterName;
import io.countess.event.Durations;
import io.countess.event.Event;
import io.countess.event.Position;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** The caller's time-out is the whole time, however it is that the server does not answer. */
class TimeOutTest {
  private static final CounterName ALICE = CounterName.of("logins", "alice");
  private static final Duration TIMEOUT = Duration.ofMillis(200);

  /** What a busy machine may add. The fault that this is about added five seconds. */
  private static final Duration SLACK = Duration.ofSeconds(2);

  private static final Map<String, Supplier<SilentServer>> SERVERS =
      Map.of(
          "stopped", SilentServer::stopped,
          "black hole", SilentServer::blackHole,
          "dribbling", SilentServer::dribbling);

  private static final Submission WITH_ID =
      Submission.of(ALICE, new Event.Put(1, Optional.empty(), Optional.of("x")));

  private static final Map<String, Consumer<Counts>> CALLS =
      Map.of(
          "put", counts -> counts.put(ALICE, 1),
          "put with an id", counts -> counts.decide(WITH_ID),
          "put to the log", counts -> counts.log(WITH_ID),
          "count", counts -> counts.count(ALICE),
          "peek", counts -> counts.peek(ALICE, 1),
          "readiness", Counts::readiness,
          "claim", counts -> counts.claims().claim(ALICE, 1),
          "claim with usage", counts -> counts.claims().claim(ALICE, 1, () -> 7));

  @TestFactory
  Stream<DynamicTest> shouldTakeNoLongerThanTheTimeOut() {
    return SERVERS.keySet().stream()
        .flatMap(
            server ->
                CALLS.keySet().stream()
                    .map(
                        call ->
                            DynamicTest.dynamicTest(
                                call + ", " + server,
                                () -> requireInTime(SERVERS.get(server), CALLS.get(call)))));
  }

  @Test
  void shouldFailAtOnceWhereNobodyListens() {
    String url;
    try (var server = SilentServer.stopped()) {
      url = server.url();
    }
    try (var counts = Counts.open(CountsConfig.of(url).withTimeout(Duration.ofSeconds(60)))) {
      long start = System.nanoTime();
      assertThatThrownBy(() -> counts.decide(WITH_ID)).hasMessageContaining("was refused");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(30));
    }
  }

  @Test
  void shouldTakeATimeOutOfItsOwnForSomeCalls() {
    try (var server = SilentServer.stopped();
        var patient = Counts.open(CountsConfig.of(server.url()))) {
      long start = System.nanoTime();
      assertThatThrownBy(() -> patient.within(TIMEOUT).put(ALICE, 1))
          .hasMessage(server.url() + ": no answer within 200ms");
      assertThatThrownBy(
              () -> patient.including(Position.of(1, 2)).within(TIMEOUT).claims().claim(ALICE, 1))
          .hasMessageContaining("no answer within 200ms");
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.plus(SLACK));
      assertThatThrownBy(() -> patient.within(Duration.ZERO))
          .hasMessage("timeout is 0s; it must be from 1ms to 60s");
    }
  }

  @Test
  void shouldLeaveTheServerLessSoThatItCanSayWhatItKnows() {
    try (var server = new FakeServer();
        var counts = Counts.open(CountsConfig.of(server.url()))) {
      server.answer("{'outcome':'accepted','at':1}");
      counts.put(ALICE, 1);
      counts.within(Duration.ofMillis(1200)).put(ALICE, 1);
      counts.within(Duration.ofSeconds(60)).put(ALICE, 1);
      assertThat(server.all())
          .extracting(asked -> Durations.parse("timeout", asked.timeout()))
          .satisfiesExactly(
              time -> assertThat(time).isBetween(Duration.ofSeconds(2), Duration.ofMillis(4900)),
              time -> assertThat(time).isBetween(Duration.ofMillis(1), Duration.ofMillis(1100)),
              time -> assertThat(time).isBetween(Duration.ofSeconds(50), Duration.ofMillis(59900)));
    }
  }

  /** Found out as a user would: the files in which a JVM looks hosts up can hang, too. */
  @Test
  void shouldNotWaitForALookupThatHangs(@TempDir Path dir) throws Exception {
    Path hosts = dir.resolve("hosts");
    assumeTrue(isDone(new ProcessBuilder("mkfifo", hosts.toString()).start()), "no FIFOs here");
    var child =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Djdk.net.hosts.file=" + hosts,
                "-cp",
                System.getProperty("java.class.path"),
                LookupProbe.class.getName())
            .redirectErrorStream(true)
            .start();
    String told = new String(child.getInputStream().readAllBytes(), UTF_8);
    assertThat(told).isEqualTo(LookupProbe.CALLS + " in time, 1 lookup\n");
  }

  private static boolean isDone(Process process) throws InterruptedException {
    return process.waitFor() == 0;
  }

  private static void requireInTime(Supplier<SilentServer> servers, Consumer<Counts> call) {
    for (Retry retry : Retry.values()) {
      try (var server = servers.get();
          var counts = Counts.open(config(server).withRetry(retry))) {
        long start = System.nanoTime();
        assertThatThrownBy(() -> call.accept(counts))
            .isInstanceOf(UncheckedIOException.class)
            .hasMessageContaining(server.url() + ": no ");
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(TIMEOUT.plus(SLACK));
      }
    }
  }

  private static CountsConfig config(SilentServer server) {
    return CountsConfig.of(server.url()).withTimeout(TIMEOUT);
  }
}

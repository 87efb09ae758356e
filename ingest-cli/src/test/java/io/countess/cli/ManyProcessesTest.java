package io.countess.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.countess.answer.LineOutcome;
import io.countess.answer.LoadOutcomes;
import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import io.countess.client.LoadOptions;
import io.countess.client.LoadSummary;
import io.countess.client.Page;
import io.countess.client.ProblemException;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.codec.EventLine;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two serve processes over one Kafka: one is killed or stopped, the other answers for both. */
class ManyProcessesTest {
  private static final Duration READY = Duration.ofSeconds(90);

  /**
   * How long the other one may take; the bounds that DEPLOYMENT.md names are for a machine that has
   * nothing else to do, and are measured there.
   */
  private static final Duration TAKEN_OVER = Duration.ofSeconds(45);

  /** Rather than fast in the end. */
  private static final List<String> QUICK_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC");

  private static final ByteString LOAD = ByteString.utf8("load");
  private static final int PARTITIONS = 4;
  private static final int KEYS = 40;
  private static final long LINES = 100_000;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path data;
  private final List<Process> processes = new ArrayList<>();
  private int kafkaPort;
  private Member one;
  private Member two;

  /** An instance, and a client that asks it. */
  private record Member(int port, Process process, Counts counts) {
    int partitions() {
      return counts.readiness().lag().size();
    }
  }

  @BeforeEach
  void start() throws Exception {
    List<Integer> ports = FreePorts.take(3);
    kafkaPort = ports.get(0);
    String kafkaData = data.resolve("kafka").toString();
    run("kafka", KafkaProcess.class, kafkaData, "" + kafkaPort, "" + PARTITIONS);
    one = serve("one", ports.get(1));
    two = serve("two", ports.get(2));
    awaitShared();
    one.counts.setPolicy(LOAD, Policy.Total.unbounded(), OnChange.RESET);
  }

  @AfterEach
  void stop() throws Exception {
    one.counts.close();
    two.counts.close();
    for (int i = processes.size() - 1; i >= 0; i--) {
      processes.get(i).destroyForcibly().waitFor();
    }
  }

  @Test
  void shouldCountOnExactlyWhenAnInstanceIsKilled() throws Exception {
    assertThat(putWhileTwoIsAway(Process::destroyForcibly)).isEqualTo(137);
  }

  @Test
  void shouldCountOnExactlyWhenAnInstanceStops() throws Exception {
    assertThat(putWhileTwoIsAway(Process::destroy)).isIn(0, 143);
  }

  /**
   * Puts and looks through the first instance until the second one has gone and come back.
   *
   * @return what the second one ended with
   */
  private int putWhileTwoIsAway(Consumer<Process> end) throws Exception {
    var puts = new Puts(one.counts);
    var putting = CompletableFuture.runAsync(puts);
    await().atMost(READY).until(() -> puts.accepted > 200);

    end.accept(two.process);
    expectEverythingAt(one, TAKEN_OVER);
    int endedWith = two.process.waitFor();
    two = serve("two", two.port);
    awaitShared();
    long whenBack = puts.accepted;
    await().atMost(READY).until(() -> puts.accepted > whenBack + 200);
    puts.stop.set(true);
    putting.join();

    assertThat(puts.wrong).isEmpty();
    expectExactly(puts);
    return endedWith;
  }

  @Test
  void shouldTellWhatItsCopiesHoldUntilTheKilledOneIsMissed() throws Exception {
    for (int i = 0; i < KEYS; i++) {
      one.counts.put(key(i), i + 1);
    }
    two = again(two, "two");
    one = again(one, "one");
    awaitShared();
    await().atMost(READY).untilAsserted(() -> assertThat(copiedKeys(one)).isZero());

    two.process.destroyForcibly().waitFor();

    assertThat(copiedKeys(one)).isPositive();
    await().atMost(TAKEN_OVER).ignoreExceptions().until(() -> copiedKeys(one) == 0);
  }

  /** The same instance, restarted to keep copies. */
  private Member again(Member member, String name) throws Exception {
    member.process.destroy();
    member.process.waitFor();
    return serve(name, member.port, "--standby-replicas=1");
  }

  /** How many keys are told from a copy; all of them must be right. */
  private static int copiedKeys(Member member) throws Exception {
    int copied = 0;
    for (int i = 0; i < KEYS; i++) {
      var uri = "http://127.0.0.1:%d/v1/namespaces/load/keys/key%d?timeout=3s";
      var request = HttpRequest.newBuilder(URI.create(uri.formatted(member.port, i))).build();
      var response = CLIENT.send(request, BodyHandlers.ofString());
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      assertThat(response.body()).contains("\"count\":" + (i + 1) + ",");
      copied += response.headers().firstValue("Countess-Behind").isPresent() ? 1 : 0;
    }
    return copied;
  }

  @Test
  void shouldNotTellOldCountsAfterHavingBeenStoppedForLong() throws Exception {
    signal("STOP", two.process);
    expectEverythingAt(one, TAKEN_OVER);
    for (int i = 0; i < KEYS; i++) {
      one.counts.put(key(i), i + 1);
    }
    signal("CONT", two.process);

    for (int round = 0; round < 20; round++) {
      for (int i = 0; i < KEYS; i++) {
        try {
          assertThat(two.counts.count(key(i)).count()).as("key %d", i).isEqualTo(i + 1);
        } catch (ProblemException notYet) {
          assertThat(notYet.problem().status()).isEqualTo(503);
        }
      }
    }
    awaitShared();
  }

  /** Lines of which nobody can tell may count; all others are exact. */
  @Test
  void shouldSayOfWhichLinesOfALoadNobodyKnowsWhenAnInstanceIsKilled() throws Exception {
    var begun = new CountDownLatch(1);
    var loading = load(begun);
    begun.await();

    two.process.destroyForcibly();

    LoadSummary loaded = loading.join();
    LoadOutcomes outcomes = loaded.outcomes().orElseThrow();
    long unknown = outcomes.count(LineOutcome.UNKNOWN);
    assertThat(loaded.rejected()).as(loaded.errors().toString()).isZero();
    assertThat(outcomes.count(LineOutcome.ACCEPTED)).isEqualTo(LINES - unknown);
    assertThat(unknown).as("what was under way").isLessThanOrEqualTo(2048);
    await()
        .atMost(TAKEN_OVER)
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(one.counts.namespace(LOAD).totals().count())
                    .isBetween(LINES - unknown, LINES));
  }

  @Test
  void shouldHoldALoadUpWhileKafkaHangs() throws Exception {
    var begun = new CountDownLatch(1);
    var loading = load(begun);
    begun.await();

    signal("STOP", processes.get(0));
    var probe = one.counts.within(Duration.ofSeconds(3)); // shorter than a load gives up
    assertThatThrownBy(() -> probe.put(CounterName.of("probe", "hangs"), 1))
        .isInstanceOfAny(ProblemException.class, UncheckedIOException.class);
    signal("CONT", processes.get(0));

    LoadOutcomes outcomes = loading.join().outcomes().orElseThrow();
    assertThat(outcomes.count(LineOutcome.ACCEPTED)).as(outcomes.toString()).isEqualTo(LINES);
    assertThat(one.counts.namespace(LOAD).totals().count()).isEqualTo(LINES);
  }

  private CompletableFuture<LoadSummary> load(CountDownLatch begun) {
    var lines =
        LongStream.range(0, LINES)
            .mapToObj(i -> new EventLine(key((int) i % KEYS), Event.Put.ONE, OptionalLong.empty()))
            .iterator();
    var options = LoadOptions.APPLIED.telling(soFar -> begun.countDown());
    return CompletableFuture.supplyAsync(() -> one.counts.load(lines, options));
  }

  private static void signal(String name, Process process) throws Exception {
    var kill = new ProcessBuilder("kill", "-" + name, Long.toString(process.pid()));
    assertThat(kill.start().waitFor()).isZero();
  }

  /** Every partition takes a put and tells a count. */
  private static void expectEverythingAt(Member member, Duration within) {
    long deadline = System.nanoTime() + within.toNanos();
    for (int i = 0; i < KEYS; i++) {
      var counter = CounterName.of("probe", "key" + i);
      await()
          .atMost(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))
          .ignoreExceptions()
          .until(() -> member.counts.put(counter, 1) != null);
    }
    assertThat(member.counts.totals().keys()).isPositive();
  }

  private void expectExactly(Puts puts) {
    for (Member member : List.of(one, two)) {
      assertThat(member.counts.namespace(LOAD).totals().count())
          .isBetween(puts.accepted, puts.accepted + puts.unknown);
      assertThat(member.counts.keys(LOAD, Optional.empty(), Page.first(1000)))
          .satisfies(found -> assertThat(found.value().keys()).hasSize(KEYS));
      for (int i = 0; i < KEYS; i++) {
        long count = member.counts.count(key(i)).count();
        assertThat(count).as("key %d", i).isBetween(puts.least[i], puts.most[i]);
      }
    }
  }

  private void awaitShared() {
    await()
        .atMost(READY)
        .ignoreExceptions()
        .until(
            () ->
                one.partitions() > 0
                    && two.partitions() > 0
                    && one.partitions() + two.partitions() == PARTITIONS);
  }

  private Member serve(String name, int port, String... more) throws IOException {
    List<String> args = new ArrayList<>();
    args.add("serve");
    args.add("--data=" + data.resolve(name));
    args.add("--http-port=" + port);
    args.add("--bootstrap-servers=127.0.0.1:" + kafkaPort);
    args.add("--partitions=" + PARTITIONS);
    args.add("--replication=1");
    args.addAll(List.of(more));
    Process process = run(name, Main.class, args.toArray(String[]::new));
    return new Member(port, process, Counts.open(CountsConfig.of("http://127.0.0.1:" + port)));
  }

  private Process run(String name, Class<?> main, String... args) throws IOException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    String classes = System.getProperty("java.class.path");
    var command = new ArrayList<>(List.of(java, "-Xmx512m"));
    command.addAll(QUICK_START);
    command.addAll(List.of("-cp", classes, main.getName()));
    command.addAll(List.of(args));
    File log = data.resolve(name + ".log").toFile();
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(log))
            .start();
    processes.add(process);
    return process;
  }

  private static CounterName key(int i) {
    return CounterName.of("load", "key" + i);
  }

  /** Puts on one key after the other, and looks whether each count is what it has to be. */
  private static final class Puts implements Runnable {
    private static final int NOT_NOW = 503;

    private final Counts counts;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final List<String> wrong = new ArrayList<>();
    private final long[] least = new long[KEYS];
    private final long[] most = new long[KEYS];
    private volatile long accepted;
    private volatile long unknown;

    Puts(Counts counts) {
      this.counts = counts;
    }

    @Override
    public void run() {
      for (int i = 0; !stop.get(); i = (i + 1) % KEYS) {
        put(i);
        look(i);
      }
    }

    private void put(int i) {
      try {
        counts.put(key(i), 1);
        accepted++;
        least[i]++;
        most[i]++;
      } catch (ProblemException problem) {
        if (problem.problem().status() != NOT_NOW) {
          unknown++;
          most[i]++;
        }
      } catch (UncheckedIOException noAnswer) {
        unknown++;
        most[i]++;
      }
    }

    private void look(int i) {
      try {
        long count = counts.count(key(i)).count();
        if (count < least[i] || count > most[i]) {
          wrong.add("key %d: %d, not %d to %d".formatted(i, count, least[i], most[i]));
        }
      } catch (ProblemException notNow) {
        if (notNow.problem().status() != NOT_NOW) {
          wrong.add("key %d: %s".formatted(i, notNow.problem()));
        }
      } catch (UncheckedIOException noAnswer) {
        return; // an answer that does not come is no wrong one
      }
    }
  }
}

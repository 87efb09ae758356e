package io.countess.cli.serve;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.cli.Cli;
import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import io.countess.client.LoadSummary;
import io.countess.client.Puts;
import io.countess.client.PutsConfig;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.codec.EventLine;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** All of it in this process: the commands and the client against a server that runs. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServeTest {
  private static final Duration START = Duration.ofMinutes(2);

  private Path data;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final CompletableFuture<Integer> exitCode = new CompletableFuture<>();
  private Thread server;

  @BeforeAll
  void start(@TempDir Path dir) {
    data = dir;
    // One thread: a second one that joins late would take partitions over in the middle of a test.
    String[] args = {
      "--data",
      data.toString(),
      "--http-port",
      "0",
      "--kafka-port",
      "0",
      "--threads",
      "1",
      "--tenants",
      "--tenants-port",
      "0"
    };
    Cli cli = new Cli().with("COUNTESS_TENANTS_ADMIN_KEY", "the-key-of-the-admin");
    var command = ServeCommand.of(cli.terminal(out, err));
    server = new Thread(() -> exitCode.complete(command.execute(args)), "serve");
    server.start();
    await().atMost(START).until(() -> exitCode.isDone() || said("/tenants"));
    assertThat(exitCode).as(() -> err.toString(UTF_8)).isNotDone();
  }

  @AfterAll
  void stop() {
    server.interrupt();
    await().atMost(START).untilAsserted(() -> assertThat(exitCode).isCompletedWithValue(0));
  }

  @Test
  void shouldSayWhereEverythingIs() {
    assertThat(out.toString(UTF_8).lines().toList())
        .hasSize(7)
        .satisfies(lines -> assertThat(lines.get(0)).isEqualTo("Countess is up."))
        .satisfies(lines -> assertThat(lines.get(1)).contains(kafka(), "countess.events"))
        .satisfies(lines -> assertThat(lines.get(3)).endsWith(data.toString()))
        .satisfies(lines -> assertThat(lines.get(4)).contains("curl -X POST " + url() + "/v1/"))
        .satisfies(
            lines ->
                assertThat(lines.get(6))
                    .contains("curl -H \"X-API-Key: $COUNTESS_TENANTS_ADMIN_KEY\" -d "));
  }

  @Test
  void shouldPutAndCount() {
    assertThat(cli().run("put", "cli", "a b/ü", "-n", "3").exitCode()).isZero();
    assertThat(cli().run("count", "cli", "a b/ü").out()).isEqualTo("3\n");
    assertThat(cli().run("put", "--base64", "Y2xp", "/w==").exitCode()).isZero();
    assertThat(cli().run("keys", "cli").out()).contains("           1  0xff\n", "  a b/ü\n");
    assertThat(cli().run("reset", "cli", "a b/ü").exitCode()).isZero();
    assertThat(cli().run("count", "cli", "a b/ü").out()).isEqualTo("0\n");
  }

  @Test
  void shouldLimit() {
    assertThat(cli().run("policy", "set", "limited", "--kind", "total", "--limit", "1").out())
        .startsWith("{\"kind\":\"total\",\"initial\":0,\"limit\":1} version ");
    assertThat(cli().run("put", "limited", "k").exitCode()).isZero();
    assertThat(cli().run("put", "limited", "k").exitCode()).isEqualTo(3);
    assertThat(cli().run("set", "limited", "k", "-5").exitCode()).isEqualTo(3);
    assertThat(cli().run("policy", "get", "limited").out()).contains("\"limit\":1");
    assertThat(cli().run("namespaces").out()).contains("limited");
    assertThat(cli().run("policy", "reset", "limited").exitCode()).isZero();
    assertThat(cli().run("namespace", "limited").out()).contains("(default)");
  }

  @Test
  void shouldLoadLinesAndTellTheRejected() {
    byte[] lines = "{\"namespace\":\"l\",\"key\":\"k\"}\nno\n".repeat(1000).getBytes(UTF_8);
    var ran = cli().in(lines).run("load", "-");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).matches(" +1000 +0 +1000 .*\n");
    assertThat(ran.err().lines()).hasSize(1000).first().asString().startsWith("-:2: body is not");
    await().untilAsserted(() -> assertThat(cli().run("count", "l", "k").out()).isEqualTo("1000\n"));
  }

  @Test
  void shouldServeJavaClients() {
    try (var puts = Puts.open(PutsConfig.of(kafka()));
        var counts = Counts.open(CountsConfig.of(url()))) {
      var counter = CounterName.of("java", "{tag}k");
      puts.put(counter, Event.Put.of(2)).join();
      var position = puts.put(counter, Event.Put.of(3), Instant.now()).join();
      var counted = counts.including(position).count(counter);
      assertThat(counted.count()).isEqualTo(5);
      assertThat(counts.readiness().ready()).isTrue();
      LoadSummary loaded =
          counts.load(
              IntStream.range(0, 20_000)
                  .mapToObj(i -> new EventLine(counter, Event.Put.ONE, OptionalLong.empty()))
                  .iterator());
      assertThat(loaded.logged()).isEqualTo(20_000);
      assertThat(counts.including(loaded.position()).count(counter).count()).isEqualTo(20_005);
    }
  }

  @Test
  void shouldPutDeadLettersBack() throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", kafka());
    var text = new StringSerializer();
    try (var producer = new KafkaProducer<>(settings, text, text)) {
      producer.send(new ProducerRecord<>("countess.events", "dead/k", "nonsense")).get();
    }
    await()
        .untilAsserted(
            () -> assertThat(kafkaCli().run("dead-letters", "list").out()).contains("dead/k"));
    var letter = kafkaCli().run("dead-letters", "list").out().split(" ", 2)[0];
    var ran = kafkaCli().run("dead-letters", "put-back", letter);
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).startsWith(letter);
    await()
        .untilAsserted(
            () -> assertThat(kafkaCli().run("dead-letters", "list").out()).hasLineCount(1));
    assertThat(kafkaCli().run("dead-letters", "forget", "--all").exitCode()).isZero();
    assertThat(kafkaCli().run("dead-letters", "list").out()).isEmpty();
    assertThat(kafkaCli().run("dead-letters", "list", "--all").out()).hasLineCount(2);
  }

  private Cli cli() {
    return new Cli().with("COUNTESS_URL", url());
  }

  private Cli kafkaCli() {
    return new Cli().with("COUNTESS_BOOTSTRAP_SERVERS", kafka());
  }

  private boolean said(String word) {
    return out.toString(UTF_8).contains(word);
  }

  private String url() {
    return word(2);
  }

  private String kafka() {
    return word(1);
  }

  /** The second word of a line of what was said. */
  private String word(int line) {
    return out.toString(UTF_8).lines().toList().get(line).strip().split(" +", 3)[1];
  }
}

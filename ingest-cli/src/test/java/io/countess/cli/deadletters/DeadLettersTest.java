package io.countess.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.cli.Cli;
import io.countess.cli.console.FailedException;
import io.countess.client.EventPartitioner;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.MockConsumer;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class DeadLettersTest {
  private static final String TOPIC = "countess.dead-letters";
  private static final TopicPartition FIRST = new TopicPartition(TOPIC, 0);
  private static final TopicPartition SECOND = new TopicPartition(TOPIC, 1);

  private final MockConsumer<byte[], byte[]> kafka = new MockConsumer<>("earliest");
  private final Log log = new Log();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private DeadLetters letters;

  @BeforeEach
  void fill() {
    kafka.updatePartitions(TOPIC, List.of(info(TOPIC, 0), info(TOPIC, 1)));
    letters = new DeadLetters(kafka);
    kafka.updateBeginningOffsets(Map.of(FIRST, 0L, SECOND, 0L));
    kafka.updateEndOffsets(Map.of(FIRST, 3L, SECOND, 0L));
  }

  @Test
  void shouldListThoseThatNobodyDealtWith() {
    forget("0@0");
    list();
    assertThat(out.toString(UTF_8).lines().toList())
        .hasSize(2)
        .first()
        .asString()
        .matches("0@1 +2023-11-14T22:13:21Z +3@1 +logins/k1 +x is not a field here +\\{\"x\":1}");
  }

  @Test
  void shouldListAllAsJson() {
    forget("--all");
    list("--all", "--output", "json", "--limit", "1");
    assertThat(out.toString(UTF_8))
        .isEqualTo(
            "{\"id\":\"0@0\",\"at\":1700000000000,\"position\":\"3@0\",\"reason\":\"x is not a"
                + " field here\",\"key\":\"logins/k0\",\"value\":\"{\\\"x\\\":0}\"}\n");
  }

  @Test
  void shouldPutAllBackAsTheyWereAndMarkThem() {
    putBack("--all");
    assertThat(log.history())
        .extracting(record -> new String(record.key(), UTF_8))
        .containsExactly("logins/k0", "logins/k1", "logins/k2");
    ProducerRecord<byte[], byte[]> first = log.history().get(0);
    assertThat(first.topic()).isEqualTo("countess.events");
    assertThat(first.timestamp()).isEqualTo(1_700_000_000_000L);
    assertThat(first.headers()).isEmpty();
    assertThat(letters.isDealtWith(letter(2))).isTrue();
    putBack("--all");
    assertThat(log.history()).hasSize(3);
  }

  @Test
  void shouldPutOneBackUnderAnotherKey() {
    putBack("0@1", "--key", "a b/c");
    assertThat(log.history())
        .extracting(record -> new String(record.key(), UTF_8))
        .containsExactly("a%20b/c");
  }

  @Test
  void shouldNotPutBackTwiceUnlessTold() {
    putBack("0@1");
    assertThatThrownBy(() -> putBack("0@1"))
        .isInstanceOf(FailedException.class)
        .hasMessage("0@1 was dealt with already; --again puts it back once more");
    putBack("--all");
    putBack("0@1", "--again");
    assertThat(log.history())
        .extracting(record -> new String(record.key(), UTF_8))
        .containsExactly("logins/k1", "logins/k0", "logins/k2", "logins/k1");
  }

  @Test
  void shouldPassOverLettersThatTheLogRefusesAndLeaveThemUnmarked() {
    var strict = new TakingOnlyNow();
    assertThatThrownBy(() -> putBack(strict, "--all"))
        .isInstanceOf(FailedException.class)
        .hasMessage("3 letters were passed over, the others are put back");
    assertThat(err.toString(UTF_8))
        .startsWith(
            "countess: 0@0 is of 2023-11-14T22:13:20Z, which is too old for the log: --now gives it"
                + " the present time; 'dead-letters forget 0@0' passes it over\n")
        .hasLineCount(3);
    assertThat(letters.isDealtWith(letter(0))).isFalse();
    assertThatThrownBy(() -> putBack(strict, "0@0"))
        .isInstanceOf(FailedException.class)
        .hasMessageStartingWith("0@0 is of 2023-11-14T22:13:20Z, which is too old for the log");
    putBack(strict, "--all", "--now");
    assertThat(strict.history()).hasSize(3).allMatch(record -> record.timestamp() == null);
  }

  @Test
  void shouldForgetSomeOrAll() {
    forget("0@2", "0@0");
    list();
    assertThat(out.toString(UTF_8)).startsWith("0@1 ").hasLineCount(1);
    forget("--all");
    out.reset();
    list();
    assertThat(out.toString(UTF_8)).isEmpty();
  }

  @Test
  void shouldSayThatThereIsNoSuchLetter() {
    for (String id : new String[] {"0@3", "0@99", "1@0", "7@0"}) {
      assertThatThrownBy(() -> forget(id))
          .isInstanceOf(FailedException.class)
          .hasMessage("there is no dead letter " + id);
    }
  }

  @Test
  void shouldSayWhatIsMissingOrTooMuch() {
    var cli = new Cli();
    assertThat(cli.run("dead-letters", "put-back").err())
        .isEqualTo("countess: ID must be given, or --all instead\n");
    assertThat(cli.run("dead-letters", "put-back", "0@1", "--all").exitCode()).isEqualTo(2);
    assertThat(cli.run("dead-letters", "put-back", "--all", "--key", "a/b").err())
        .isEqualTo("countess: key is for exactly one ID\n");
    assertThat(cli.run("dead-letters", "put-back", "0@1", "--key", "ab").err())
        .startsWith("countess: key has no '/'");
    assertThat(cli.run("dead-letters", "list", "--limit", "0").exitCode()).isEqualTo(2);
    assertThat(cli.run("dead-letters", "forget", "0").err())
        .startsWith("countess: position is '0'; it must look like 0@17");
  }

  @Test
  void shouldExitWith4WhereThereIsNoKafka(@TempDir Path dir) throws IOException {
    var config = dir.resolve("short.properties");
    Files.writeString(config, "kafka.default.api.timeout.ms=300\n");
    var ran =
        new Cli()
            .with("COUNTESS_BOOTSTRAP_SERVERS", "127.0.0.1:1")
            .run("dead-letters", "list", "--config", config.toString());
    assertThat(ran.exitCode()).isEqualTo(4);
    assertThat(ran.err()).startsWith("countess: Kafka at 127.0.0.1:1: ").hasLineCount(1);
  }

  /** The mock forgets what it has given out. */
  private void refill() {
    for (int i = 0; i < 3; i++) {
      kafka.addRecord(letter(i, "logins/k" + i, "{\"x\":" + i + "}"));
    }
  }

  private void list(String... args) {
    refill();
    var command = new ListCommand(new Cli().terminal(out, err));
    parse(command, args);
    command.list(letters);
  }

  private void putBack(String... args) {
    putBack(log, args);
  }

  private void putBack(Producer<byte[], byte[]> into, String... args) {
    refill();
    var command = new PutBackCommand(new Cli().terminal(out, err));
    parse(command, args);
    var list = List.of(args);
    var key = Optional.<byte[]>empty();
    if (list.contains("--key")) {
      key = Optional.of(PutBackCommand.recordKey(list.get(list.indexOf("--key") + 1)));
    }
    command.run(letters, new PutBack(into, key, list.contains("--now")));
  }

  private void forget(String... args) {
    refill();
    var command = new ForgetCommand(new Cli().terminal(new ByteArrayOutputStream(), err));
    parse(command, args);
    command.run(letters);
  }

  private static DeadLetter letter(long offset) {
    return DeadLetter.of(letter(offset, "", ""));
  }

  private static void parse(Object command, String... args) {
    new CommandLine(command).setCaseInsensitiveEnumValuesAllowed(true).parseArgs(args);
  }

  private static ConsumerRecord<byte[], byte[]> letter(long offset, String key, String value) {
    var headers = new RecordHeaders();
    headers.add("countess-reason", "x is not a field here".getBytes(UTF_8));
    headers.add("countess-position", ("3@" + offset).getBytes(UTF_8));
    headers.add("countess-forwarded", new byte[] {1});
    return new ConsumerRecord<>(
        TOPIC,
        0,
        offset,
        1_700_000_000_000L + offset * 1000,
        TimestampType.CREATE_TIME,
        0,
        0,
        key.getBytes(UTF_8),
        value.getBytes(UTF_8),
        headers,
        Optional.empty());
  }

  /** A log that takes every record. */
  private static class Log extends MockProducer<byte[], byte[]> {
    Log() {
      super(
          new Cluster("test", List.of(), List.of(info("countess.events", 0)), Set.of(), Set.of()),
          true,
          new EventPartitioner(),
          new ByteArraySerializer(),
          new ByteArraySerializer());
    }
  }

  /** A log for which every record with a time of its own is too old. */
  private static final class TakingOnlyNow extends Log {
    @Override
    public synchronized Future<RecordMetadata> send(ProducerRecord<byte[], byte[]> record) {
      return record.timestamp() == null
          ? super.send(record)
          : CompletableFuture.failedFuture(new InvalidTimestampException("too old"));
    }
  }

  private static PartitionInfo info(String topic, int partition) {
    return new PartitionInfo(topic, partition, Node.noNode(), null, null);
  }
}

package io.countess.cli.deadletters;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.cli.Cli;
import io.countess.event.codec.TimeHeader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeadLettersTest {
  @SuppressWarnings("TimeInStaticInitializer") // one instant for all tests here
  private static final Instant TODAY = Instant.now().truncatedTo(ChronoUnit.MILLIS);

  private static Post post;

  @BeforeAll
  static void start(@TempDir Path data) {
    post = new Post(data);
  }

  @AfterAll
  static void stop() {
    post.close();
  }

  /** Letters stand at 0, 2 and 3. */
  @BeforeEach
  void fill() {
    post.empty();
    post.write(List.of(letter(0)));
    post.write(List.of(letter(1), letter(2)));
  }

  @Test
  void shouldListThoseThatNobodyDealtWith() {
    run("forget", "0@0");
    assertThat(run("list").out().lines().toList())
        .hasSize(2)
        .first()
        .asString()
        .matches(
            "0@2 +%s +3@17 +logins/k1 +x is not a field here +\\{\"x\":1}"
                .formatted(TODAY.plusMillis(1)));
  }

  @Test
  void shouldListAllAsJson() {
    run("forget", "--all");
    assertThat(run("list", "--all", "--output", "json", "--limit", "1").out())
        .isEqualTo(
            "{\"id\":\"0@0\",\"at\":%d,\"position\":\"3@17\",\"reason\":\"x is not a field"
                    .formatted(TODAY.toEpochMilli())
                + " here\",\"key\":\"logins/k0\",\"value\":\"{\\\"x\\\":0}\"}\n");
  }

  @Test
  void shouldPutAllBackAsTheyWereAndMarkThem() {
    assertThat(run("put-back", "--all").out()).matches("(0@[023] +\\d@\\d\n){3}");
    assertThat(post.keys()).containsExactlyInAnyOrder("logins/k0", "logins/k1", "logins/k2");
    ConsumerRecord<byte[], byte[]> last =
        post.log().stream()
            .filter(record -> new String(record.key(), UTF_8).equals("logins/k2"))
            .findFirst()
            .orElseThrow();
    assertThat(last.timestamp()).isEqualTo(TODAY.plusMillis(2).toEpochMilli());
    assertThat(new String(last.value(), UTF_8)).isEqualTo("{\"x\":2}");
    assertThat(last.headers()).isEmpty();
    assertThat(run("put-back", "--all").out()).isEmpty();
    assertThat(post.keys()).hasSize(3);
    assertThat(run("list").out()).isEmpty();
  }

  @Test
  void shouldPutOneBackUnderAnotherKey() {
    run("put-back", "0@2", "--key", "a b/c");
    assertThat(post.keys()).containsExactly("a%20b/c");
  }

  @Test
  void shouldNotPutBackTwiceUnlessTold() {
    run("put-back", "0@2");
    var ran = run("put-back", "0@3", "0@2");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualTo("countess: 0@2 was dealt with already; --again puts it back once more\n");
    run("put-back", "--all");
    run("put-back", "0@2", "--again");
    assertThat(post.keys())
        .containsExactlyInAnyOrder("logins/k1", "logins/k0", "logins/k2", "logins/k1");
  }

  /** The log takes it at any age, and it still says when its event happened. */
  @Test
  void shouldPutOneBackWithTheTimeThatItsHeaderSays() {
    Instant happened = TODAY.minus(Duration.ofDays(40));
    var older = Post.letter(TODAY.toEpochMilli(), "logins/older", "{}");
    older.headers().add("countess-time", TimeHeader.encode(happened.toEpochMilli()));
    post.write(List.of(older));
    assertThat(run("list").out()).contains("0@5  ", happened.toString());
    long before = System.currentTimeMillis();
    assertThat(run("put-back", "0@5").exitCode()).isZero();
    assertThat(post.log())
        .singleElement()
        .satisfies(
            record -> {
              assertThat(record.timestamp()).isGreaterThanOrEqualTo(before);
              assertThat(record.headers()).hasSize(1);
              assertThat(TimeHeader.decode(record.headers().iterator().next().value(), before))
                  .isEqualTo(happened.toEpochMilli());
            });
  }

  @Test
  void shouldPassOverLettersThatCanNotBePutBackAsTheyAre() {
    post.write(
        List.of(
            Post.letter(TODAY.minus(Duration.ofDays(8)).toEpochMilli(), "logins/old", ""),
            Post.letter(TODAY.toEpochMilli(), null, ""),
            letter(7)));
    post.limit("message.timestamp.before.max.ms", "518400000");
    var ran = run("put-back", "--all");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .matches(
            "countess: 0@5 is of \\S+, which is too old for the log: --now gives it the present"
                + " time; 'dead-letters forget 0@5' passes it over\n"
                + "countess: 0@6 has no key: give one with --key; 'dead-letters forget 0@6' passes"
                + " it over\n"
                + "countess: 2 letters were passed over, the others are put back\n");
    assertThat(post.keys()).hasSize(4).contains("logins/k7");
    assertThat(run("put-back", "0@5").err()).hasLineCount(1).contains("0@5 is of ");
    long before = System.currentTimeMillis();
    assertThat(run("put-back", "0@5", "--now").exitCode()).isZero();
    assertThat(post.log())
        .filteredOn(record -> new String(record.key(), UTF_8).equals("logins/old"))
        .allMatch(record -> record.timestamp() >= before)
        .hasSize(1);
    assertThat(run("list").out()).hasLineCount(1).startsWith("0@6 ");
  }

  /** What the limits of the log don't tell beforehand the broker refuses, with its batch. */
  @Test
  void shouldPutBackTheOthersOfABatchThatTheLogRefuses() {
    post.write(IntStream.range(3, 40).mapToObj(DeadLettersTest::letter).toList());
    post.write(List.of(Post.letter(TODAY.toEpochMilli(), "logins/big", "x".repeat(20_000))));
    post.limit("max.message.bytes", "10000");
    var ran = run("put-back", "--all");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).startsWith("countess: 0@43 is refused: ").hasLineCount(2);
    assertThat(post.keys()).hasSize(40).doesNotContain("logins/big").doesNotHaveDuplicates();
    assertThat(run("list").out()).hasLineCount(1).startsWith("0@43 ");
  }

  @Test
  void shouldForgetSomeOrAll() {
    run("forget", "0@3", "0@0");
    assertThat(run("list").out()).startsWith("0@2 ").hasLineCount(1);
    run("forget", "--all");
    assertThat(run("list").out()).isEmpty();
    assertThat(run("list", "--all").out()).hasLineCount(3);
    assertThat(post.keys()).isEmpty();
  }

  @Test
  void shouldTakeOverWhatEarlierBuildsMarked() {
    post.commit(1, "2");
    assertThat(run("list").out()).startsWith("0@2 ").hasLineCount(1);
    run("put-back", "--all");
    assertThat(post.keys()).containsExactly("logins/k1");
    // Kafka forgets the offsets of a group that is not used.
    post.commit(0, "");
    assertThat(run("list").out()).isEmpty();
  }

  @Test
  void shouldNotTakeMarksOfALostTopicForItsOwn() {
    run("forget", "--all");
    post.replaceLetters();
    post.write(List.of(letter(0)));
    assertThat(run("list").out()).hasLineCount(1);
    run("forget", "0@0");
    assertThat(run("list").out()).isEmpty();
  }

  @Test
  void shouldSayThatThereIsNoSuchLetter() {
    for (String id : new String[] {"0@1", "0@99", "7@0"}) {
      var ran = run("forget", id);
      assertThat(ran.exitCode()).isEqualTo(1);
      assertThat(ran.err()).isEqualTo("countess: there is no dead letter " + id + "\n");
    }
    assertThat(run("forget", "0@3", "0@9").out()).isEqualTo("0@3\n");
  }

  @Test
  void shouldSayWhatIsMissingOrTooMuch() {
    var cli = new Cli();
    assertThat(cli.run("dead-letters", "put-back").err())
        .isEqualTo("countess: ID must be given, or --all instead\n");
    assertThat(cli.run("dead-letters", "put-back", "0@1", "--all").exitCode()).isEqualTo(2);
    assertThat(cli.run("dead-letters", "put-back", "--all", "--key", "a/b").err())
        .isEqualTo("countess: --key is for exactly one ID\n");
    assertThat(cli.run("dead-letters", "put-back", "0@1", "--key", "ab").err())
        .startsWith("countess: --key has no '/'");
    assertThat(cli.run("dead-letters", "list", "--limit", "0").exitCode()).isEqualTo(2);
    assertThat(cli.run("dead-letters", "forget", "0").err())
        .startsWith("countess: position is '0'; it must look like 0@17");
  }

  @Test
  void shouldExitWith4WhereThereIsNoKafka(@TempDir Path dir) throws IOException {
    var config = dir.resolve("short.properties");
    Files.writeString(config, "\ufeffkafka.default.api.timeout.ms=300\n");
    var ran =
        new Cli()
            .with("COUNTESS_BOOTSTRAP_SERVERS", "127.0.0.1:1")
            .run("dead-letters", "list", "--config", config.toString());
    assertThat(ran.exitCode()).isEqualTo(4);
    assertThat(ran.err()).startsWith("countess: Kafka at 127.0.0.1:1: ").hasLineCount(1);
  }

  @Test
  void shouldFindKafkaByItsOwnVariableOrByTheFileOfServe(@TempDir Path dir) throws IOException {
    var list = new String[] {"dead-letters", "list"};
    assertThat(
            new Cli()
                .with("COUNTESS_KAFKA", post.address())
                .with("COUNTESS_BOOTSTRAP_SERVERS", "127.0.0.1:1")
                .run(list)
                .out())
        .hasLineCount(3);
    String port = post.address().split(":", 2)[1];
    for (String line :
        List.of("countess.kafka.port=" + port, "countess.bootstrap.servers=" + post.address())) {
      var file = Files.writeString(dir.resolve("countess.properties"), line);
      var ran = new Cli().run("dead-letters", "list", "--config", file.toString());
      assertThat(ran.out()).as(line).hasLineCount(3);
    }
  }

  private static Cli.Ran run(String... args) {
    var all = new ArrayList<>(List.of("dead-letters"));
    all.addAll(List.of(args));
    return new Cli()
        .with("COUNTESS_BOOTSTRAP_SERVERS", post.address())
        .run(all.toArray(String[]::new));
  }

  private static ProducerRecord<byte[], byte[]> letter(int i) {
    return Post.letter(TODAY.plusMillis(i).toEpochMilli(), "logins/k" + i, "{\"x\":" + i + "}");
  }
}

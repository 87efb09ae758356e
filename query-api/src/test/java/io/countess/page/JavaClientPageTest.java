package io.countess.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.Terms;
import io.countess.event.WindowPeriod;
import io.countess.server.Alone;
import io.countess.server.Countess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** docs/JAVA-CLIENT.md is true: its examples are these, and they do what it says. */
class JavaClientPageTest {
  private static final CounterName BOB = CounterName.of("visitors", "bob");

  @TempDir static Path data;
  private static Countess countess;
  private static Counts counts;

  private final JavaClientExamples examples =
      new JavaClientExamples(countess.url(), countess.kafka());

  @BeforeAll
  static void start() throws InterruptedException {
    countess = Alone.start(data, "memory");
    counts = Counts.open(CountsConfig.of(countess.url()));
  }

  @AfterAll
  static void stop() {
    counts.close();
    countess.close();
  }

  @Test
  void shouldShowWhatIsTriedHere() {
    assertThat(JavaClientPage.blocks())
        .containsExactlyElementsOf(JavaClientPage.examples().values());
  }

  @Test
  void shouldNameTheVersionThatIsBuilt() throws IOException {
    String pom = Files.readString(Path.of("..", "client", "pom.xml"));
    String version = pom.replaceAll("(?s).*?<version>(.*?)</version>.*", "$1");
    assertThat(JavaClientPage.text())
        .contains("<artifactId>countess-client</artifactId>")
        .contains("<version>" + version + "</version>");
  }

  @Test
  void shouldLimit() {
    examples.limit();
    assertThat(examples.log).containsExactly("welcome, 4 left", "1 of 5");
    for (int i = 0; i < 5; i++) {
      examples.limit();
    }
    assertThat(examples.log.get(10)).matches("wait for \\d{4,5} ms");
    assertThat(examples.log.get(11)).isEqualTo("5 of 5");
  }

  @Test
  void shouldTellFailures() {
    examples.failures(counts, BOB);
    assertThat(examples.log).isEmpty();
    try (var unknown = Counts.open(CountsConfig.of(countess.url() + "/nowhere"))) {
      examples.failures(unknown, BOB);
    }
    try (var nobody = Counts.open(CountsConfig.of("http://127.0.0.1:1"))) {
      examples.failures(nobody, BOB);
    }
    assertThat(examples.log).hasSize(2);
    assertThat(examples.log.get(0)).startsWith("the server says 404: ");
    assertThat(examples.log.get(1))
        .isEqualTo("no answer: http://127.0.0.1:1: the connection was refused");
  }

  @Test
  void shouldCountOnceUnderAnId() {
    examples.ids(counts, CounterName.of("orders", "alice"));
    assertThat(examples.log).containsExactly("true, still 1");
  }

  @Test
  void shouldDecideWithoutTheService() {
    var full = ByteString.utf8("closed");
    counts.setPolicy(full, new Policy.Total(0, none(), none(), none(), of(1)), OnChange.KEEP);
    var key = new CounterName(full, ByteString.utf8("k"));
    counts.put(key, 1);
    // A busy machine may take longer than the page allows it.
    await()
        .untilAsserted(
            () -> {
              examples.limiter(counts, key);
              assertThat(examples.log).contains("429 Too Many Requests");
            });
    examples.log.clear();
    try (var nobody = Counts.open(CountsConfig.of("http://127.0.0.1:1"))) {
      examples.limiter(nobody, key);
    }
    assertThat(examples.log.get(0)).isEqualTo("decided here: NO_ANSWER");
    assertThat(examples.log.get(1)).contains("unheard={NO_ANSWER=1}");
  }

  @Test
  void shouldClaimFromSeveral() {
    for (String namespace : List.of("seats", "meals")) {
      var quota = new Policy.Total(0, none(), none(), none(), of(10));
      counts.setPolicy(ByteString.utf8(namespace), quota, OnChange.KEEP);
    }
    examples.claims(counts);
    assertThat(counts.count(CounterName.of("meals", "{flight-7}")).exists()).isTrue();
    assertThat(counts.count(CounterName.of("meals", "{flight-7}")).count()).isZero();
  }

  @Test
  void shouldMoveFromOneToAnother() {
    var visitors = new Policy.Total(0, none(), none(), none(), none());
    counts.setPolicy(ByteString.utf8("rooms"), visitors, OnChange.KEEP);
    examples.batch(counts);
    assertThat(examples.log).containsExactly("ACCEPTED 2");
    assertThat(counts.count(CounterName.of("rooms", "{museum}hall")).count()).isEqualTo(-1);
    assertThat(counts.count(CounterName.of("rooms", "{museum}garden")).count()).isEqualTo(1);
  }

  @Test
  void shouldLoadTheUsageOnce() {
    var quota = new Policy.Total(0, none(), none(), none(), of(100));
    counts.setPolicy(ByteString.utf8("storage"), quota, OnChange.KEEP);
    examples.usage(counts);
    examples.usage(counts);
    assertThat(examples.log).containsExactly("usage of user-1", "granted false", "granted false");
    assertThat(counts.count(CounterName.of("storage", "user-1")).count()).isEqualTo(95);
  }

  @Test
  void shouldAppendToTheLog() {
    examples.puts(counts);
    assertThat(examples.log).containsExactly("views: 3");
  }

  @Test
  void shouldLoadMany() {
    examples.load(counts, List.of("v1", "v2", "v3", "v1"));
    assertThat(examples.log).containsExactly("4 logged, 0 rejected");
    // What the log has counts some milliseconds later.
    await()
        .untilAsserted(
            () -> {
              examples.log.clear();
              examples.pages(counts);
              assertThat(examples.log).containsExactly("v1=2", "v2=1", "v3=1");
            });
  }

  @Test
  void shouldTellWhatBecameOfMany() {
    var policy = new Policy.Expiring(Duration.ofMinutes(5), of(1));
    counts.setPolicy(ByteString.utf8("visits"), policy, OnChange.KEEP);
    examples.outcomes(counts, List.of("w1", "w2", "w1"));
    assertThat(examples.log).containsExactly("2 accepted, 1 not counted", "line 3: REFUSED");
    examples.log.clear();
    examples.outcomes(counts, List.of("w1", "w2", "w1"));
    assertThat(examples.log)
        .containsExactly("0 accepted, 1 not counted", "line 1: REPLAYED", "line 3: REFUSED");
    counts.setPolicy(
        ByteString.utf8("visits"),
        new Policy.Expiring(Duration.ofMinutes(5), none()),
        OnChange.KEEP);
  }

  @Test
  void shouldCountInAWindowThatHasEnded() {
    var policy =
        new Policy.Window(
            WindowPeriod.Calendar.MONTH,
            ZoneId.of("UTC"),
            none(),
            none(),
            none(),
            2,
            Terms.DEFAULT);
    counts.setPolicy(ByteString.utf8("bills"), policy, OnChange.KEEP);
    examples.windows(counts);
    assertThat(examples.log.get(0)).matches("\\d{4}-\\d{2}: 0 of 0");
  }

  @Test
  void shouldWriteValues() {
    var policy = new Policy.Value(Terms.DEFAULT);
    counts.setPolicy(ByteString.utf8("cache"), policy, OnChange.KEEP);
    examples.values(counts);
    assertThat(examples.log).containsExactly("hits in this minute: 1", "locked: false");
  }

  private static OptionalLong none() {
    return OptionalLong.empty();
  }

  private static OptionalLong of(long value) {
    return OptionalLong.of(value);
  }
}

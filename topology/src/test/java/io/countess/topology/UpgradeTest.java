package io.countess.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.store.RestoredStore;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.streams.test.TestRecord;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What the first version wrote is taken over. {@code changelog-v1.txt} was written by it, for
 * partition 0 of 4: the rows of its changelog, key and value in hexadecimal.
 */
class UpgradeTest {
  private static final Instant LAST = FoldFixture.START.plusSeconds(1521);
  private static final long FOLDED = 47;
  private static final String PLAIN = "k8";
  private FoldFixture fold;

  @BeforeEach
  void restore() throws IOException {
    fold = FoldFixture.ofPartitions(4, new RestoredStore(changelog()));
    for (long offset = 0; offset <= FOLDED; offset++) {
      fold.put("again", "key", 1, FoldFixture.START);
    }
    fold.heard.decisions.clear();
  }

  @AfterEach
  void close() {
    fold.close();
  }

  @Test
  void shouldKnowHowFarTheFirstVersionCame() {
    assertThat(fold.reader().progress().offset()).isEqualTo(FOLDED);
  }

  @Test
  void shouldCountAsTheFirstVersionDid() {
    assertThat(fold.count("plain", PLAIN, LAST)).isEqualTo(85);
    assertThat(fold.count("plain", PLAIN, FoldFixture.START.plusSeconds(7900))).isEqualTo(47);
    assertThat(fold.count("n0", "k3", LAST)).isEqualTo(7);
    assertThat(fold.count("total", "k0", LAST)).isEqualTo(1);
    assertThat(fold.reader().everything().countAt(LAST.toEpochMilli())).isEqualTo(86);
    assertThat(fold.reader().everything().keysAt(LAST.toEpochMilli())).isEqualTo(3);
  }

  @Test
  void shouldKnowItsPolicies() {
    assertThat(fold.put("plain", PLAIN, 916, LAST).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(fold.put("n0", "k3", 14, LAST).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(fold.put("total", "k0", 100, LAST).outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(fold.put("total", "k0", 99, LAST).count()).hasValue(100);
  }

  @Test
  void shouldCountOnAndExpireWhatTheFirstVersionLeft() {
    assertThat(fold.put("plain", PLAIN, 1, LAST).count()).hasValue(86);

    Instant muchLater = FoldFixture.START.plus(Duration.ofDays(301));
    fold.tick(muchLater);
    fold.wallClock(Duration.ofSeconds(2));

    assertThat(fold.keys("plain")).isEmpty();
    assertThat(fold.reader().everything().keysAt(muchLater.toEpochMilli())).isEqualTo(1);
  }

  @Test
  void shouldTakeIdsForItsCounters() {
    Event put = Event.Put.of(1).withId(Optional.of("a"));

    Decision first = fold.apply("plain", PLAIN, put, LAST);
    Decision again = fold.apply("plain", PLAIN, put, LAST);

    assertThat(first.count()).hasValue(86);
    assertThat(again.details().replayed()).isTrue();
  }

  private static List<TestRecord<byte[], byte[]>> changelog() throws IOException {
    var hex = HexFormat.of();
    var file = UpgradeTest.class.getResourceAsStream("changelog-v1.txt");
    try (var lines = new BufferedReader(new InputStreamReader(file, StandardCharsets.UTF_8))) {
      return lines
          .lines()
          .map(line -> line.split(" "))
          .map(row -> new TestRecord<>(hex.parseHex(row[0]), hex.parseHex(row[1])))
          .toList();
    }
  }
}

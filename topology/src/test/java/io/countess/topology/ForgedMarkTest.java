package io.countess.topology;

import static io.countess.topology.FoldFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.ByteString;
import io.countess.fold.ForwardMark;
import java.time.Duration;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.Test;

/** A mark that no fold wrote hides nothing that folds forward, and makes no change look applied. */
class ForgedMarkTest {
  private static final long AT = FoldFixture.START.toEpochMilli();
  private static final int HOME = 1;
  private static final int HERE = 0;
  private static final String NAMESPACE = Keys.namespaceIn(HOME, 2);
  private static final String KEY = NAMESPACE + "/" + Keys.keyIn(NAMESPACE, HERE, 2);
  private static final String TOTAL = "{\"op\":\"policy\",\"policy\":{\"kind\":\"total\"}}";

  private final SimulatedLog log = new SimulatedLog(2);
  private final SimulatedPartition home = new SimulatedPartition(HOME, log);
  private final SimulatedPartition here = new SimulatedPartition(HERE, log);

  private void forge(String key, String value, ForwardMark mark, Uuid of) {
    var headers = new RecordHeaders();
    Marks.write(mark, of, headers);
    log.append(new Forwarder.Outgoing(HERE, utf8(key), utf8(value), AT, headers));
  }

  private void forge(String key, String value, ForwardMark mark) {
    forge(key, value, mark, log.id());
  }

  private void settle() {
    while (home.isBehind() || here.isBehind()) {
      for (var partition : new SimulatedPartition[] {home, here}) {
        while (partition.isBehind()) {
          partition.fold();
        }
        partition.commit();
      }
    }
  }

  private long folded() {
    return here.reader().namespaces().get(ByteString.utf8(NAMESPACE)).tally().countAt(AT);
  }

  @Test
  void shouldNotLetAMarkFarAheadHideWhatIsForwarded() {
    forge(KEY, "", new ForwardMark(HOME, 1_000_000, -1, AT));
    log.append(HOME, KEY, "", AT);
    log.append(HOME, KEY, "", AT);
    settle();

    assertThat(folded())
        .as("the two that were forwarded, and that one like any other")
        .isEqualTo(3);
  }

  @Test
  void shouldApplyAndConfirmAPolicyBehindAForgedOne() {
    forge(NAMESPACE + "/", TOTAL, new ForwardMark(HOME, 1_000_000, -1, AT));
    forge("/", TOTAL.replace("\"policy\",", "\"defaults\","), new ForwardMark(HOME, 99, 3, AT));
    log.append(HOME, NAMESPACE + "/", TOTAL, AT);
    var applied = here.reader().progress().applied(HOME, 0, Duration.ofHours(1));
    assertThat(applied).isNotDone();

    settle();

    assertThat(applied).isCompleted();
    assertThat(here.reader().policy(ByteString.utf8(NAMESPACE)).version())
        .isEqualTo(home.reader().policy(ByteString.utf8(NAMESPACE)).version());
  }

  /** The record is the first of what its mark names, so it hides what stands before that. */
  @Test
  void shouldNotConfirmAChangeThatAForgedMarkHides() {
    log.append(HOME, NAMESPACE + "/", TOTAL, AT);
    log.append(HOME, NAMESPACE + "/", TOTAL, AT);
    forge(KEY, "", new ForwardMark(HOME, 1, -1, AT));
    settle();

    var progress = here.reader().progress();
    assertThat(progress.applied(HOME, 0, Duration.ofHours(1))).isNotDone();
    assertThat(progress.applied(HOME, 1, Duration.ofHours(1))).isNotDone();

    log.append(HOME, NAMESPACE + "/", TOTAL, AT);
    settle();
    assertThat(progress.applied(HOME, 2, Duration.ofHours(1))).isCompleted();
  }

  @Test
  void shouldPassOverWhatAnotherLogForwarded() {
    var other = new Uuid(7, 7);
    log.append(HOME, KEY, "", AT);
    log.append(HERE, KEY, "", AT);
    forge(KEY, "", new ForwardMark(HOME, 0, -1, AT), other);
    forge(KEY, "", new ForwardMark(HOME, 5000, -1, AT), other);
    settle();

    assertThat(folded()).as("once each, though the copy has one of them twice").isEqualTo(2);
  }
}

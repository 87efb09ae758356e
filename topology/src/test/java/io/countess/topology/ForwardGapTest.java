package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.fold.ForwardMark;
import io.countess.fold.Skipped;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/**
 * A chain of forwarded records that is broken goes on as soon as that is safe: when nothing that is
 * missing can still come, and what comes has not been folded.
 */
class ForwardGapTest {
  private static final String HERE = Keys.keyIn("n", 0, 4);
  private static final long AT = START.toEpochMilli();

  private final FoldFixture fold = FoldFixture.ofPartitions(4);

  private void forwarded(long offset, long previous) {
    take(new ForwardMark(2, offset, previous, AT));
  }

  private void take(ForwardMark mark) {
    fold.pipeForwarded("n/" + HERE, null, START, mark);
  }

  private long folded() {
    return fold.count("n", HERE, START);
  }

  @Test
  void shouldSayHowManyRepeatsAndGapsItPassedOver() {
    forwarded(17, -1);
    forwarded(17, -1);
    forwarded(30, 20);
    forwarded(20, 17);
    forwarded(30, 20);
    forwarded(17, -1);

    assertThat(folded()).isEqualTo(3);
    assertThat(fold.heard.skipped).containsExactly(Skipped.REPEAT, Skipped.GAP, Skipped.REPEAT);
  }

  /** What was forwarded up to 17 is no longer in the sender's log, and its state was lost. */
  @Test
  void shouldTakeWhatASenderForwardsThatHadToStartAnew() {
    forwarded(17, -1);

    forwarded(40, -1);
    forwarded(41, 40);

    assertThat(folded()).isEqualTo(3);
    assertThat(fold.heard.skipped).isEmpty();
  }

  /** The sender has lost its state, but not its log: it forwards all of it once more. */
  @Test
  void shouldTakeOnlyWhatIsNewFromASenderThatForwardsEverythingAgain() {
    for (long offset : new long[] {3, 8, 17}) {
      forwarded(offset, LongStream.of(-1, 3, 8).filter(p -> p < offset).max().orElseThrow());
    }
    forwarded(8, -1);
    forwarded(17, 8);
    forwarded(21, 17);

    assertThat(folded()).isEqualTo(4);
  }

  @Test
  void shouldGoOnBehindAForgedMark() {
    forwarded(17, -1);
    forwarded(30, 17);
    assertThat(folded()).as("nobody can tell that it is forged").isEqualTo(2);

    forwarded(35, 17);
    forwarded(36, 35);

    assertThat(folded()).isEqualTo(4);
  }

  /** Both the state and the beginning of the log are lost here: what is missing never comes. */
  @Test
  void shouldNotWaitForWhatCanNoLongerCome() {
    forwarded(500, 400);
    assertThat(folded()).isZero();

    take(new ForwardMark(2, 500, 400, AT, true));
    forwarded(501, 500);
    take(new ForwardMark(2, 500, 400, AT, true));

    assertThat(folded()).isEqualTo(2);
    assertThat(fold.heard.skipped).containsExactly(Skipped.GAP, Skipped.REPEAT);
  }

  @Test
  void shouldCallAMarkSettledOnlyOnceItsForerunnerHasArrived() {
    var log = new SimulatedLog(4);
    var sender = new SimulatedPartition(0, log);
    for (int i = 0; i < 4; i++) {
      log.append(0, "n/" + Keys.keyIn("n", 2, 4), "", AT);
    }
    sender.fold();
    sender.fold();
    sender.commit();
    sender.fold();
    sender.crash(0, 1);
    sender.fold();
    sender.fold();
    sender.commit();

    assertThat(LongStream.range(0, log.size(2)).mapToObj(offset -> mark(log, offset)))
        .containsExactly(
            new ForwardMark(0, 0, -1, AT, false),
            new ForwardMark(0, 1, 0, AT, false),
            new ForwardMark(0, 2, 1, AT, true),
            new ForwardMark(0, 2, 1, AT, true),
            new ForwardMark(0, 3, 2, AT, false));
  }

  private static ForwardMark mark(SimulatedLog log, long offset) {
    return Marks.of(log.read(2, offset).headers()).orElseThrow();
  }
}

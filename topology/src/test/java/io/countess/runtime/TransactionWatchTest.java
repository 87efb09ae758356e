package io.countess.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.OpenTransaction;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TransactionWatchTest {
  private static final TopicPartition LOG = new TopicPartition("countess.events", 2);
  private static final TopicPartition CHANGELOG =
      new TopicPartition("countess-counters-changelog", 2);
  private static final TopicPartition POSITIONS = new TopicPartition("__consumer_offsets", 0);
  private static final String OURS = "countess-5f-1";

  private final FakeTransactions brokers = new FakeTransactions();
  private long nanos = 77;
  private final TransactionWatch watch = new TransactionWatch(brokers, "countess", () -> nanos);

  private static Unfinished unfinished(TopicPartition where, int epoch) {
    return new Unfinished(where, 9, (short) epoch, 120, 0);
  }

  private void lookAfter(int seconds) {
    nanos += TimeUnit.SECONDS.toNanos(seconds);
    watch.look();
  }

  private void lookTimes(int looks) {
    for (int i = 0; i < looks; i++) {
      lookAfter(2);
    }
  }

  @Test
  void shouldEndOneThatItsCoordinatorHasEndedAndThePartitionHasNot() {
    var hanging = unfinished(CHANGELOG, 4);
    brokers.open.add(hanging);
    brokers.coordinate(9, OURS, TransactionState.COMPLETE_ABORT, 5);

    lookTimes(10);

    assertThat(brokers.aborted).containsExactly(hanging);
    assertThat(watch.ended()).isOne();
    assertThat(watch.open()).isEmpty();
    assertThat(watch.heldUp(CHANGELOG)).isZero();
  }

  @Test
  void shouldNameItFirstAndEndItOnlyWhenItIsStillOpenAfterwards() {
    brokers.open.add(unfinished(CHANGELOG, 4));
    brokers.coordinate(9, OURS, TransactionState.COMPLETE_COMMIT, 5);
    lookAfter(2);

    lookAfter(4);

    assertThat(brokers.aborted).isEmpty();
    assertThat(watch.open())
        .singleElement()
        .satisfies(
            open -> {
              assertThat(open.hanging()).isTrue();
              assertThat(open.transactionalId()).contains(OURS);
              assertThat(open.heldUp()).isEqualTo(Duration.ofSeconds(4));
              assertThat(open)
                  .hasToString(
                      "countess-counters-changelog-2 from offset 120 on, since 4 s: producer id 9,"
                          + " epoch 4, transactional id countess-5f-1");
            });
  }

  @Test
  void shouldLeaveOneAloneWhoseMarkerCameBetweenTheLooks() {
    brokers.open.add(unfinished(CHANGELOG, 4));
    brokers.coordinate(9, OURS, TransactionState.COMPLETE_COMMIT, 5);
    lookAfter(2);
    lookAfter(4);
    brokers.open.clear();
    brokers.open.add(new Unfinished(CHANGELOG, 9, (short) 5, 300, 0));
    brokers.coordinate(9, OURS, TransactionState.ONGOING, 5, CHANGELOG);

    lookTimes(10);

    assertThat(brokers.aborted).isEmpty();
  }

  @Test
  void shouldLeaveOneAloneThatGoesOn() {
    brokers.open.add(unfinished(CHANGELOG, 4));
    brokers.coordinate(9, OURS, TransactionState.ONGOING, 4, CHANGELOG);

    lookTimes(1000);

    assertThat(brokers.aborted).isEmpty();
    assertThat(watch.open()).isEmpty();
  }

  @Test
  void shouldLeaveOneAloneWhoseMarkersAreStillOnTheirWay() {
    brokers.open.add(unfinished(CHANGELOG, 4));
    brokers.coordinate(9, OURS, TransactionState.PREPARE_COMMIT, 5, CHANGELOG);

    lookTimes(1000);

    assertThat(brokers.aborted).isEmpty();
  }

  @Test
  void shouldNotBelieveCoordinatorsThatHaveNotHeardOfTheTransaction() {
    brokers.open.add(unfinished(CHANGELOG, 4));
    brokers.coordinate(9, OURS, TransactionState.COMPLETE_COMMIT, 4);

    lookTimes(1000);

    assertThat(brokers.aborted).isEmpty();
  }

  @Test
  void shouldEndAnEarlierOneWhileItsProducerHasBegunElsewhere() {
    var hanging = unfinished(CHANGELOG, 4);
    brokers.open.add(hanging);
    brokers.coordinate(9, OURS, TransactionState.ONGOING, 6, new TopicPartition("other", 0));

    lookTimes(10);

    assertThat(brokers.aborted).containsExactly(hanging);
  }

  @Test
  void shouldEndOneThatNobodyKnowsOnlyWhenItIsOlderThanAnyMayBe() {
    var hanging = unfinished(CHANGELOG, 4);
    brokers.open.add(hanging);
    lookAfter(2);

    lookAfter(14 * 60);
    lookTimes(3);
    assertThat(brokers.aborted).isEmpty();

    brokers.whole = false;
    lookAfter(10 * 60);
    lookTimes(3);
    assertThat(brokers.aborted).isEmpty();

    brokers.whole = true;
    lookTimes(3);
    assertThat(brokers.aborted).containsExactly(hanging);
  }

  @Test
  void shouldEndAmongThePositionsOfGroupsOnlyTheFoldsOwn() {
    var ours = new Unfinished(POSITIONS, 9, (short) 4, 120, 0);
    var theirs = new Unfinished(POSITIONS, 10, (short) 4, 130, 0);
    brokers.open.add(ours);
    brokers.open.add(theirs);
    brokers.coordinate(9, OURS, TransactionState.COMPLETE_ABORT, 5);
    brokers.coordinate(10, "countessa-1", TransactionState.COMPLETE_ABORT, 5);

    lookTimes(600);

    assertThat(brokers.aborted).containsExactly(ours);
    assertThat(watch.open()).isEmpty();
  }

  @Test
  void shouldEndInTheLogWhatIsKnownToBeAborted() {
    var hanging = unfinished(LOG, 4);
    brokers.open.add(hanging);
    brokers.coordinate(9, "loader", TransactionState.COMPLETE_ABORT, 5);

    lookTimes(10);

    assertThat(brokers.aborted).containsExactly(hanging);
  }

  @Test
  void shouldNotEndInTheLogWhatMayHaveBeenCommitted() {
    brokers.open.add(unfinished(LOG, 4));
    brokers.coordinate(9, "loader", TransactionState.COMPLETE_COMMIT, 5);

    lookTimes(600);

    assertThat(brokers.aborted).isEmpty();
    assertThat(watch.open()).singleElement().matches(OpenTransaction::hanging);
  }

  @Test
  void shouldNameWhatAProducerLeavesOpenInTheLogAndNotEndIt() {
    brokers.open.add(unfinished(LOG, 4));
    brokers.coordinate(9, "loader", TransactionState.ONGOING, 4, LOG);

    lookTimes(5);
    assertThat(watch.open()).isEmpty();
    assertThat(watch.heldUp(LOG)).isEqualTo(Duration.ofSeconds(8));

    lookTimes(5);

    assertThat(watch.open())
        .singleElement()
        .satisfies(
            open -> {
              assertThat(open.hanging()).isFalse();
              assertThat(open.heldUp()).isEqualTo(Duration.ofSeconds(18));
              assertThat(open.producerId()).isEqualTo(9);
            });
    assertThat(brokers.aborted).isEmpty();
  }

  @Test
  void shouldNotTakeOneAfterTheOtherForOneThatIsOld() {
    brokers.coordinate(9, "loader", TransactionState.ONGOING, 4, LOG);
    for (int i = 0; i < 50; i++) {
      brokers.open.clear();
      brokers.open.add(new Unfinished(LOG, 9, (short) 4, i, 0));
      lookAfter(2);
    }

    assertThat(watch.open()).isEmpty();
    assertThat(watch.heldUp(LOG)).isZero();
    assertThat(brokers.asked).isZero();
  }

  @Test
  void shouldKeepInMindSinceWhenWhileBrokersDoNotAnswer() {
    brokers.open.add(unfinished(LOG, 4));
    lookAfter(2);
    brokers.away = true;
    lookAfter(20);
    brokers.away = false;

    lookAfter(2);

    assertThat(watch.heldUp(LOG)).isEqualTo(Duration.ofSeconds(22));
  }

  @Test
  void shouldGoOnNamingWhatItMayNotEnd() {
    brokers.mayAbort = false;
    brokers.open.add(unfinished(CHANGELOG, 4));
    brokers.coordinate(9, OURS, TransactionState.COMPLETE_ABORT, 5);

    lookTimes(10);

    assertThat(watch.open()).singleElement().matches(OpenTransaction::hanging);
    assertThat(watch.ended()).isZero();
  }
}

package io.countess.fold;

import io.countess.answer.JournalPage.Op;
import io.countess.count.Counting;
import io.countess.count.Folded;
import io.countess.event.Batch;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.state.JournalRow;
import io.countess.state.PartitionState;
import java.util.Optional;

/** Writes down what events did to counters whose policy has a journal. */
final class Journaling {
  private Journaling() {}

  /**
   * Carries out what an event of a record led to in a counter, and writes it down.
   *
   * @param event the record's own, or one of several in it
   */
  static void carryOut(
      PartitionState state, Incoming in, Event event, Counter counter, Folded folded) {
    counter.apply(state, folded);
    if (counter.counting().journalMillis() != 0
        && folded.decision().outcome() == Outcome.ACCEPTED) {
      write(state, in, event, counter, folded);
    }
  }

  /** What was accepted is an operation, also where it changed nothing. */
  private static void write(
      PartitionState state, Incoming in, Event event, Counter counter, Folded folded) {
    Counting counting = counter.counting();
    Decision decision = folded.decision();
    long instant = decision.atMillis();
    long age = Counter.age(state, in);
    boolean isClaimed = in.whole() instanceof Event.Claim && event instanceof Event.Put;
    var row =
        new JournalRow(
            age + counting.journalMillis(),
            instant,
            isClaimed ? Op.CLAIM : Op.of(event),
            counting.number(counter.before(), instant),
            counting.number(folded.after(), instant),
            in.whole().id(),
            in.whole() instanceof Batch batch ? batch.note() : Optional.empty());
    state.journals().add(counter.key(), in.offset(), row, age);
  }
}

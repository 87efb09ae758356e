package io.countess.client;

import io.countess.answer.Answer;
import io.countess.answer.JournalPage;
import io.countess.answer.JournalPlace;
import io.countess.answer.codec.JournalPageJson;
import io.countess.event.CounterName;
import java.util.Optional;

/**
 * What happened to a counter whose policy has a journal ({@code journal}), the newest first. Of one
 * whose policy has none there may be entries of an earlier policy.
 */
public final class Journal {
  private final Counts counts;
  private final CounterName counter;

  Journal(Counts counts, CounterName counter) {
    this.counts = counts;
    this.counter = counter;
  }

  /**
   * The newest entries.
   *
   * @param limit how many at most; a server gives 1 to {@link Page#MAX_LIMIT}
   */
  public Answer.Found<JournalPage> newest(int limit) {
    return page(Optional.empty(), limit);
  }

  /**
   * The entries before a place.
   *
   * @param place as an earlier page called {@code next}, or as an entry has it
   */
  public Answer.Found<JournalPage> before(JournalPlace place, int limit) {
    return page(Optional.of(place), limit);
  }

  private Answer.Found<JournalPage> page(Optional<JournalPlace> before, int limit) {
    var target =
        Target.counter(counter)
            .below("journal")
            .with("before", before.map(JournalPlace::toString))
            .with("limit", Integer.toString(limit));
    return counts.ask(target).found(new JournalPageJson());
  }
}

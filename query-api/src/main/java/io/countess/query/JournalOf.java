package io.countess.query;

import io.countess.answer.JournalPage;
import io.countess.answer.JournalPlace;
import io.countess.answer.codec.AnswerForm;
import io.countess.answer.codec.JournalPageJson;
import io.countess.event.CounterName;
import java.util.Optional;

/**
 * What happened to a counter whose policy has a journal, or had one then, the newest first. It is
 * answered with {@link io.countess.answer.Answer.Invalid} where {@code before} is in another
 * partition than the counter.
 *
 * @param before only what happened before that; empty for the newest
 * @param limit 1 to {@link #MAX_PAGE}
 */
public record JournalOf(CounterName counter, Optional<JournalPlace> before, int limit)
    implements Question<JournalPage> {
  /** Checks the limit. */
  public JournalOf {
    KeyPages.requirePage("limit", limit);
  }

  @Override
  public <R> R match(Cases<R> cases) {
    return cases.journal(this);
  }

  @Override
  public AnswerForm<JournalPage> form() {
    return new AnswerForm<>(JournalPageJson::write, JournalPageJson::new);
  }
}

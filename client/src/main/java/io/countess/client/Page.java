package io.countess.client;

import io.countess.answer.Cursor;
import java.util.Optional;

/**
 * Which part of a listing is asked for.
 *
 * @param after where an earlier page ended, as it said itself; empty for the first page
 * @param limit how many entries at most; a server gives 1 to 1000
 */
public record Page(Optional<Cursor> after, int limit) {
  /** The most that a server gives. */
  public static final int MAX_LIMIT = 1000;

  /** The first page. */
  public static Page first(int limit) {
    return new Page(Optional.empty(), limit);
  }

  /** The page after the one that said {@code next}. */
  public Page from(Cursor next) {
    return new Page(Optional.of(next), limit);
  }

  Target of(Target listing) {
    var sized = listing.with("limit", Integer.toString(limit));
    return after.isPresent() ? sized.with("after", after.get().text()) : sized;
  }
}

package io.countess.cli.load;

import io.countess.client.LoadSummary.Rejection;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** The lines that became no events, for readers on other threads. */
final class Tally {
  /** How many rejected lines are told; the rest is only counted. */
  static final int MAX_REJECTIONS = 1000;

  private final Optional<String> strictly;
  private final List<Rejection> rejections = new ArrayList<>();
  private Optional<Consumer<Rejection>> told = Optional.empty();
  private long rejected;
  private long unmatched;

  /**
   * @param strictly why lines about something else are rejected, if they are
   */
  Tally(Optional<String> strictly) {
    this.strictly = strictly;
  }

  /** All rejected lines of {@code file} are told to {@code report}, too. */
  synchronized void telling(ReportFile report, String file) {
    told = Optional.of(rejection -> report.add(file, rejection));
  }

  synchronized void reject(long line, String reason) {
    var rejection = new Rejection(line, reason);
    rejected++;
    if (rejections.size() < MAX_REJECTIONS) {
      rejections.add(rejection);
    }
    told.ifPresent(to -> to.accept(rejection));
  }

  /** A line is about something else. */
  synchronized void unmatched(long line) {
    if (strictly.isPresent()) {
      reject(line, strictly.get());
    } else {
      unmatched++;
    }
  }

  /** How many lines could not be events. */
  synchronized long rejectedLines() {
    return rejected;
  }

  /** Why, for the first {@link #MAX_REJECTIONS}. */
  synchronized List<Rejection> rejections() {
    return List.copyOf(rejections);
  }

  /** How many lines are about something else, and not rejected. */
  synchronized long unmatchedLines() {
    return unmatched;
  }
}

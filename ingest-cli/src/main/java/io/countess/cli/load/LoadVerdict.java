package io.countess.cli.load;

import io.countess.answer.LineOutcome;
import io.countess.answer.LoadOutcomes;
import io.countess.cli.console.ExitCode;
import io.countess.client.LoadSummary;
import java.util.stream.Stream;

/** How a load ends, for scripts: the gravest of what became of its lines. */
enum LoadVerdict {
  /** Every line was taken; where that was waited for, every one counts. */
  GOOD(ExitCode.OK),
  /** Limits, ids or their own times kept some lines from counting. */
  NOT_COUNTED(ExitCode.REFUSED),
  /** Some lines can't be taken as they are. */
  WRONG(ExitCode.FAILED),
  /** Nobody could tell of some lines whether they count. */
  UNKNOWN(ExitCode.NO_ANSWER);

  private final int exitCode;

  LoadVerdict(int exitCode) {
    this.exitCode = exitCode;
  }

  static LoadVerdict of(LoadSummary summary) {
    LoadOutcomes outcomes = summary.outcomes().orElse(LoadOutcomes.NONE);
    if (has(outcomes, LineOutcome.UNKNOWN)) {
      return UNKNOWN;
    }
    if (summary.rejected() > 0 || has(outcomes, LineOutcome.IMPOSSIBLE, LineOutcome.CONFLICT)) {
      return WRONG;
    }
    return has(outcomes, LineOutcome.REFUSED, LineOutcome.LATE, LineOutcome.OVER_IDS)
        ? NOT_COUNTED
        : GOOD;
  }

  private static boolean has(LoadOutcomes outcomes, LineOutcome... any) {
    return Stream.of(any).anyMatch(outcome -> outcomes.count(outcome) > 0);
  }

  /** The graver of two. */
  LoadVerdict and(LoadVerdict other) {
    return compareTo(other) >= 0 ? this : other;
  }

  int exitCode() {
    return exitCode;
  }
}

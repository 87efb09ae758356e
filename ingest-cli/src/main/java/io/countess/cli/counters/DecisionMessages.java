package io.countess.cli.counters;

import io.countess.answer.Coverage;
import io.countess.cli.console.ExitCode;
import io.countess.cli.console.Printable;
import io.countess.cli.console.Terminal;
import io.countess.event.Decision;
import io.countess.event.Outcome;
import io.countess.event.WindowSpan;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Says on standard error what decisions mean, and gives their exit codes. */
final class DecisionMessages {
  private final Terminal terminal;

  DecisionMessages(Terminal terminal) {
    this.terminal = terminal;
  }

  /** In one word what became of a command. */
  static String word(Decision decision) {
    return decision.details().replayed() ? "replayed" : decision.outcome().wireName();
  }

  /** The count, limit or remainder, whichever kind of counter it is from. */
  static String number(OptionalLong whole, OptionalDouble real) {
    if (real.isPresent()) {
      return Double.toString(real.getAsDouble());
    }
    return whole.isPresent() ? Long.toString(whole.getAsLong()) : "-";
  }

  /** The cells that every decision has: its count, limit and what remains. */
  static String[] cells(Decision decision) {
    var gauge = decision.details().gauge();
    var none = OptionalDouble.empty();
    var value = decision.details().value();
    if (value.isPresent()) {
      String held = value.get().after().map(it -> it.number().toPlainString()).orElse("-");
      return new String[] {held, "-", "-"};
    }
    return new String[] {
      number(decision.count(), gauge.map(it -> OptionalDouble.of(it.value())).orElse(none)),
      number(decision.limit(), gauge.map(Decision.GaugeValue::limit).orElse(none)),
      number(decision.remaining(), gauge.map(Decision.GaugeValue::remaining).orElse(none))
    };
  }

  /** Says why {@code decision} is not a plain yes, if so, and gives the exit code. */
  int on(Decision decision) {
    return switch (decision.outcome()) {
      case LATE -> {
        tellLate("it counts nothing", decision);
        yield ExitCode.OK;
      }
      case ACCEPTED -> {
        if (decision.details().wouldRefuse()) {
          tell(
              "accepted only because the policy observes", decision.reason(), OptionalLong.empty());
        } else if (decision.reason().isPresent()) {
          tell("nothing was changed", decision.reason(), OptionalLong.empty());
        }
        decision.details().window().ifPresent(this::tellEnded);
        yield ExitCode.OK;
      }
      case REFUSED -> tell(decision, ExitCode.REFUSED);
      case IMPOSSIBLE -> tell(decision, ExitCode.FAILED);
      case CONFLICT, OUTDATED -> tell(decision, ExitCode.CONFLICT);
    };
  }

  /** The same of a claim: one that came too late took nothing, so it was not granted. */
  int onClaim(Decision decision) {
    if (decision.outcome() == Outcome.LATE) {
      tellLate("nothing was taken", decision);
      return ExitCode.REFUSED;
    }
    return on(decision);
  }

  /** Says {@code what}, why, and how long to wait. */
  void tell(String what, Optional<String> reason, OptionalLong retryAfterMillis) {
    var message = new StringBuilder("countess: ").append(what);
    reason.ifPresent(why -> message.append(": ").append(why));
    if (retryAfterMillis.isPresent()) {
      var wait = Duration.ofMillis(retryAfterMillis.getAsLong());
      message.append("; it fits again in ").append(wait.toMillis() / 1000.0).append(" s");
    }
    terminal.err().println(Printable.of(message.toString()));
  }

  /** Says that a copy answered which may lack as many records of a partition, if one did. */
  void tellBehind(Coverage coverage) {
    coverage
        .behind()
        .forEach(
            (partition, records) ->
                terminal
                    .err()
                    .printf(
                        "countess: partition %d is moving; a copy answered that lacks up to %d records"
                            + " of the log%n",
                        partition, records));
  }

  private void tellEnded(WindowSpan window) {
    terminal.err().println("countess: counted in the window " + window + ", which had ended");
  }

  private void tellLate(String what, Decision decision) {
    String latest = Instant.ofEpochMilli(decision.atMillis()).toString();
    String why = "it had ended by " + latest + ", the latest instant that its counter has seen";
    terminal.err().println("countess: late: " + what + ", since " + why);
  }

  private int tell(Decision decision, int exitCode) {
    tell(decision.outcome().wireName(), decision.reason(), decision.retryAfterMillis());
    return exitCode;
  }
}

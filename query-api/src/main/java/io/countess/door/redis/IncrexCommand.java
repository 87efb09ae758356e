package io.countess.door.redis;

import io.countess.door.redis.Values.Written;
import io.countess.event.HeldNumber;
import io.countess.event.InvalidInputException;
import io.countess.event.Outcome;
import io.countess.event.Write;
import java.math.BigDecimal;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * {@code INCREX} of Redis 8.8: an increment within bounds and with an end. What would leave the
 * bounds, or those of its type, changes nothing, or with {@code SATURATE} comes up to the bound.
 */
final class IncrexCommand {
  private static final BigDecimal MOST_REAL =
      new BigDecimal("9".repeat(HeldNumber.MOST_BEFORE)).setScale(1);

  private final Values values;

  IncrexCommand(Values values) {
    this.values = values;
  }

  /** What the options say, as they are read. */
  private static final class Options {
    private final Args args;
    private int at = 2;
    private boolean isReal;
    private boolean hasBy;
    private BigDecimal by = BigDecimal.ONE;
    private int least = -1;
    private int most = -1;
    private boolean saturates;
    private boolean hasEnd;
    private Write.End end;
    private boolean onlyIfNone;
    private Told wrong;

    Options(Args args) {
      this.args = args;
    }

    void read() {
      while (wrong == null && at < args.size()) {
        read(args.word(at));
        at++;
      }
      boolean needsEnd = onlyIfNone && (end == null || end instanceof Write.Never);
      wrong = wrong == null && needsEnd ? Refusals.SYNTAX : wrong;
    }

    private void read(String word) {
      switch (word) {
        case "saturate" -> saturates = true;
        case "enx" -> onlyIfNone = true;
        case "persist" -> take(new Ends.Given(new Write.Never(), null));
        case "byint", "byfloat" -> takeBy(word.equals("byfloat"));
        case "lbound" -> least = takeIndex(least);
        case "ubound" -> most = takeIndex(most);
        default -> {
          Optional<Ends> unit = Ends.of(word);
          if (unit.isEmpty() || !hasNext()) {
            wrong = Refusals.SYNTAX;
          } else {
            take(unit.get().option(args, ++at, "increx"));
          }
        }
      }
    }

    private boolean hasNext() {
      return at + 1 < args.size();
    }

    private void take(Ends.Given given) {
      wrong = hasEnd ? Refusals.SYNTAX : given.wrong();
      hasEnd = true;
      end = given.end();
    }

    private int takeIndex(int before) {
      if (before >= 0 || !hasNext()) {
        wrong = Refusals.SYNTAX;
        return before;
      }
      return ++at;
    }

    private void takeBy(boolean real) {
      if (hasBy || !hasNext()) {
        wrong = Refusals.SYNTAX;
        return;
      }
      hasBy = true;
      isReal = real;
      by = number(++at);
    }

    private BigDecimal number(int index) {
      Optional<BigDecimal> number =
          isReal ? Numerals.real(args.get(index)) : wholeNumber(args, index);
      if (number.isEmpty()) {
        wrong = isReal ? Told.invalid("ERR value is not a valid float") : Refusals.NO_WHOLE;
      }
      return number.orElse(BigDecimal.ZERO);
    }

    private static Optional<BigDecimal> wholeNumber(Args args, int index) {
      var whole = args.whole(index);
      return whole.isPresent()
          ? Optional.of(BigDecimal.valueOf(whole.getAsLong()))
          : Optional.empty();
    }

    /** A bound that is given, or that of the type. */
    private BigDecimal bound(int index, long ofWhole, BigDecimal ofReal) {
      if (index >= 0) {
        return number(index);
      }
      return isReal ? ofReal : BigDecimal.valueOf(ofWhole);
    }

    Write write() {
      BigDecimal min = bound(least, Long.MIN_VALUE, MOST_REAL.negate());
      BigDecimal max = bound(most, Long.MAX_VALUE, MOST_REAL);
      var add = new Write.Add(by, Optional.of(min), Optional.of(max), saturates);
      var when = onlyIfNone ? Write.EndIf.ABSENT : Write.EndIf.ANY;
      return new Write(
          Optional.of(add),
          Optional.ofNullable(end).map(it -> new Write.Expiry(it, when)),
          Write.If.ANY,
          Optional.empty());
    }
  }

  CompletionStage<Told> increx(Call call) {
    var options = new Options(call.args());
    options.read();
    if (options.wrong != null) {
      return options.wrong.now();
    }
    try {
      Write write = options.write();
      return options.wrong != null
          ? options.wrong.now()
          : values.write(call, call.args().get(1), write, it -> told(it, options.isReal));
    } catch (InvalidInputException outOfOrder) {
      return Told.invalid(outOfOrder).now();
    }
  }

  /** The number, and how much was added to it. */
  private static Told told(Written written, boolean isReal) {
    if (written.outcome() == Outcome.IMPOSSIBLE) {
      return CountCommands.whyNotWhole(written);
    }
    BigDecimal before = CountCommands.number(written.change().before());
    // What is made to end in the past is gone, and counts as 0.
    BigDecimal after = CountCommands.number(written.change().after());
    BigDecimal added = written.isDone() ? after.subtract(before) : BigDecimal.ZERO;
    return Told.of(Reply.many(shown(after, isReal), shown(added, isReal)));
  }

  private static Reply shown(BigDecimal number, boolean isReal) {
    return isReal ? new Reply.Real(Numerals.text(number)) : Reply.whole(number.longValue());
  }
}

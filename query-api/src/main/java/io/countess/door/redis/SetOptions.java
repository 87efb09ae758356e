package io.countess.door.redis;

import io.countess.event.Write;
import java.math.BigDecimal;
import java.util.Optional;

/** What follows the value of a {@code SET}. */
final class SetOptions {
  private final Args args;
  private Write.If onlyIf = Write.If.ANY;
  private Write.End end;
  private boolean gets;
  private Told wrong;

  SetOptions(Args args) {
    this.args = args;
  }

  void read() {
    for (int at = 3; wrong == null && at < args.size(); at++) {
      at += read(at);
    }
  }

  /** Reads an option, and tells how many arguments follow it. */
  private int read(int at) {
    switch (args.word(at)) {
      case "nx" -> take(Write.If.ABSENT);
      case "xx" -> take(Write.If.PRESENT);
      case "get" -> gets = true;
      case "keepttl" -> take(new Ends.Given(new Write.Kept(), null));
      default -> {
        Optional<Ends> unit = Ends.of(args.word(at));
        if (unit.isEmpty() || end != null || at + 1 == args.size()) {
          wrong = Refusals.SYNTAX;
          return 0;
        }
        take(unit.get().option(args, at + 1, "set"));
        return 1;
      }
    }
    return 0;
  }

  private void take(Write.If other) {
    wrong = onlyIf == Write.If.ANY || onlyIf == other ? wrong : Refusals.SYNTAX;
    onlyIf = other;
  }

  private void take(Ends.Given given) {
    wrong = end != null ? Refusals.SYNTAX : given.wrong();
    end = given.end();
  }

  /** What is wrong with them, or null. */
  Told wrong() {
    return wrong;
  }

  /** Whether what was there is told. */
  boolean gets() {
    return gets;
  }

  Write write(BigDecimal number) {
    return new Write(
        Optional.of(new Write.Replace(Optional.of(number))),
        Optional.ofNullable(end).map(Write.Expiry::of),
        onlyIf,
        Optional.empty());
  }
}

package io.countess.topology;

import io.countess.event.Durations;
import io.countess.event.Write;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Optional;

/** Writes in the words of docs/LOG.md. */
final class WriteWords {
  private WriteWords() {}

  static String of(Write write) {
    String onlyIf = write.onlyIf() == Write.If.ANY ? "" : ", if " + name(write.onlyIf());
    String change = write.change().map(WriteWords::of).orElse("");
    String expiry = write.expiry().map(WriteWords::of).orElse("");
    String comma = change.isEmpty() || expiry.isEmpty() ? "" : ", ";
    return change + comma + expiry + onlyIf;
  }

  private static String of(Write.Change change) {
    if (change instanceof Write.Add add) {
      return "add "
          + add.n().toPlainString()
          + bound(", at least ", add.min())
          + bound(", at most ", add.max())
          + (add.saturates() ? ", saturating" : "");
    }
    return bound("to ", ((Write.Replace) change).number(), "to nothing");
  }

  private static String bound(String words, Optional<BigDecimal> bound) {
    return bound(words, bound, "");
  }

  private static String bound(String words, Optional<BigDecimal> number, String none) {
    return number.map(it -> words + it.toPlainString()).orElse(none);
  }

  private static String of(Write.Expiry expiry) {
    String when = expiry.when() == Write.EndIf.ANY ? "" : " if its end is " + name(expiry.when());
    return of(expiry.end()) + when;
  }

  private static String of(Write.End end) {
    if (end instanceof Write.After after) {
      return "ttl " + Durations.format(after.ttl());
    }
    if (end instanceof Write.At at) {
      return "end " + at.millis();
    }
    return end instanceof Write.Kept ? "end kept" : "no end";
  }

  private static String name(Enum<?> each) {
    return each.name().toLowerCase(Locale.ROOT).replace("_", " and ");
  }
}

package io.countess.cli.soak;

import io.countess.event.Write;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.Random;

/** Draws writes of whole numbers, whose ends come while the soak runs. */
final class WriteDraw {
  private WriteDraw() {}

  static Write write(Random random, String id) {
    int what = random.nextInt(10);
    var onlyIf = Write.If.values()[random.nextInt(6) % 3 * random.nextInt(2)];
    Optional<Write.Change> change =
        what < 6
            ? Optional.of(add(random))
            : what < 8
                ? Optional.of(new Write.Replace(what < 7 ? Optional.empty() : number(random)))
                : Optional.empty();
    boolean ends = what > 7 || what != 6 && random.nextInt(3) == 0;
    return new Write(
        change, ends ? Optional.of(expiry(random)) : Optional.empty(), onlyIf, Optional.of(id));
  }

  private static Optional<BigDecimal> number(Random random) {
    return Optional.of(BigDecimal.valueOf(random.nextInt(20)));
  }

  private static Write.Add add(Random random) {
    var n = BigDecimal.valueOf(random.nextInt(12) - 4);
    return random.nextBoolean()
        ? new Write.Add(n)
        : new Write.Add(
            n,
            Optional.of(BigDecimal.ZERO),
            Optional.of(BigDecimal.valueOf(25)),
            random.nextBoolean());
  }

  private static Write.Expiry expiry(Random random) {
    var ends = Write.EndIf.values();
    return new Write.Expiry(
        random.nextInt(5) == 0
            ? new Write.Never()
            : new Write.After(Duration.ofMillis(500 + random.nextInt(9000))),
        ends[random.nextBoolean() ? 0 : random.nextInt(ends.length)]);
  }
}

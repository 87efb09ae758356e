package io.countess.event;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * Writes a counter of the kind {@code value}: the number that it holds, when that ends, or both.
 * What it asks for happens in one step, or not at all.
 *
 * @param change to the number; empty where it stays as it is
 * @param expiry when it ends. Empty leaves the end of what is held, and gives none to what replaces
 *     it
 * @param onlyIf what the counter has to hold for it; with neither it is refused where it holds
 *     nothing to be changed
 */
public record Write(
    Optional<Change> change, Optional<Expiry> expiry, If onlyIf, Optional<String> id)
    implements Event {

  public Write {
    id.ifPresent(text -> Event.requireId("id", text));
    boolean removes = change.isPresent() && change.get() instanceof Replace with && with.isEmpty();
    boolean keeps = expiry.isPresent() && expiry.get().end() instanceof Kept;
    if (change.isEmpty() && (expiry.isEmpty() || keeps)) {
      throw new InvalidInputException(
          "add", "is missing; a write has one of add, to, ttl, expires and expiresAt");
    }
    if (removes && expiry.isPresent()) {
      throw new InvalidInputException("to", "is null; what is not there has no end");
    }
    if (keeps && !(change.get() instanceof Replace)) {
      throw new InvalidInputException("expires", "is 'keep'; that is for a write with to");
    }
  }

  /** One that changes the number, whatever the counter holds. */
  public static Write of(Change change) {
    return new Write(Optional.of(change), Optional.empty(), If.ANY, Optional.empty());
  }

  /** One that changes the end of what the counter holds. */
  public static Write of(Expiry expiry) {
    return new Write(Optional.empty(), Optional.of(expiry), If.ANY, Optional.empty());
  }

  /** The same, which gives an end too. */
  public Write ending(Expiry other) {
    return new Write(change, Optional.of(other), onlyIf, id);
  }

  /** The same, on condition of what the counter holds. */
  public Write onlyIf(If condition) {
    return new Write(change, expiry, condition, id);
  }

  /** What a counter has to hold for a write. */
  public enum If {
    /** Anything or nothing. */
    ANY,
    /** Nothing. */
    ABSENT,
    /** A number. */
    PRESENT
  }

  /** What becomes of the number. */
  public sealed interface Change permits Add, Replace {}

  /**
   * Adds to the number, or to 0 where there is none.
   *
   * @param n with no digit behind the point it is added as a whole number of 64 bits, to nothing
   *     but such numbers
   * @param min the least sum, if any
   * @param max the greatest sum, if any
   * @param saturates whether a sum beyond a bound becomes that bound, and is not refused
   */
  public record Add(
      BigDecimal n, Optional<BigDecimal> min, Optional<BigDecimal> max, boolean saturates)
      implements Change {
    public Add {
      n = HeldNumber.requireAmount("add", n);
      boolean whole = n.scale() == 0;
      min = min.map(bound -> requireBound("min", bound, whole));
      max = max.map(bound -> requireBound("max", bound, whole));
      if (min.isPresent() && max.isPresent() && min.get().compareTo(max.get()) > 0) {
        throw new InvalidInputException(
            "min", "is %s; it must not be above max".formatted(min.get().toPlainString()));
      }
      if (saturates && min.isEmpty() && max.isEmpty()) {
        throw new InvalidInputException("saturate", "needs a min or a max");
      }
    }

    /** Adds within no bounds. */
    public Add(BigDecimal n) {
      this(n, Optional.empty(), Optional.empty(), false);
    }

    /** Adds a whole number within no bounds. */
    public Add(long n) {
      this(BigDecimal.valueOf(n));
    }

    private static BigDecimal requireBound(String field, BigDecimal bound, boolean whole) {
      BigDecimal held = HeldNumber.require(field, bound);
      if (whole && !HeldNumber.isWhole(held)) {
        throw new InvalidInputException(
            field,
            "is %s; where add is a whole number of 64 bits, it must be one"
                .formatted(held.toPlainString()));
      }
      return held;
    }
  }

  /**
   * Puts another number in its place.
   *
   * @param number empty for nothing: the counter is deleted
   */
  public record Replace(Optional<BigDecimal> number) implements Change {
    public Replace {
      number = number.map(given -> HeldNumber.require("to", given));
    }

    /** Puts a whole number there. */
    public Replace(long number) {
      this(Optional.of(BigDecimal.valueOf(number)));
    }

    private boolean isEmpty() {
      return number.isEmpty();
    }
  }

  /**
   * When the number ends.
   *
   * @param when for which end that it has. Where another one keeps its end, a write that changes
   *     the number is carried out for all that; one that does not is refused
   */
  public record Expiry(End end, EndIf when) {
    /** Whatever end it has. */
    public static Expiry of(End end) {
      return new Expiry(end, EndIf.ANY);
    }
  }

  /** An end, as a write asks for it. */
  public sealed interface End permits Kept, Never, After, At {}

  /** That of the number before, for one that replaces it. */
  public record Kept() implements End {}

  /** None. */
  public record Never() implements End {}

  /** So long after the instant of decision. */
  public record After(Duration ttl) implements End {
    public After {
      Durations.requirePositiveMillis("ttl", ttl);
    }
  }

  /** At an instant; one that has passed deletes the counter. */
  public record At(long millis) implements End {
    public At {
      Instants.requireMillis("expiresAt", millis);
    }
  }

  /** Which end a number has to have to get another one. */
  public enum EndIf {
    /** Any, or none. */
    ANY,
    /** None. */
    ABSENT,
    /** One. */
    PRESENT,
    /** An earlier one than it gets; no end is later than any. */
    LATER,
    /** A later one than it gets, or none. */
    SOONER,
    /** A later one than it gets. */
    PRESENT_SOONER
  }

  @Override
  public Event withId(Optional<String> other) {
    return new Write(change, expiry, onlyIf, other);
  }

  /** Whether what was put before is no more, once it is carried out. */
  public boolean replaces() {
    return change.isPresent() && change.get() instanceof Replace;
  }
}

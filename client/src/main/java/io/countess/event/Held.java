package io.countess.event;

import java.math.BigDecimal;
import java.util.OptionalLong;

/**
 * What a counter of the kind {@code value} holds.
 *
 * @param number as {@link HeldNumber} has it
 * @param endMillis the first instant at which it is gone, in milliseconds since the epoch; empty
 *     where it stays
 */
public record Held(BigDecimal number, OptionalLong endMillis) {
  /** Checks the number. */
  public Held {
    number = HeldNumber.require("value", number);
  }
}

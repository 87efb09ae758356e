package io.countess.state;

import io.countess.count.Counting;
import java.util.OptionalLong;

/**
 * How a namespace counts now.
 *
 * @param counting the arithmetic of its policy
 * @param version of its own policy; empty where it has none and the default is in force
 * @param epoch its rows have this epoch; others are left over from before a reset
 */
public record PolicyInForce(Counting counting, OptionalLong version, long epoch) {}

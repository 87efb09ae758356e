package io.countess.runtime;

import java.util.OptionalLong;

/**
 * How far a partition has been read and folded.
 *
 * @param next the offset before which nothing is left to fold
 * @param nextMillis the time of the oldest record that has been read and is not folded; empty where
 *     there is none, or that is not known
 */
public record Reached(long next, OptionalLong nextMillis) {}

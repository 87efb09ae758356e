package io.countess.client;

import io.countess.event.Durations;
import io.countess.event.InvalidInputException;
import java.time.Duration;

/**
 * How a {@link Limiter} decides where the server is not heard.
 *
 * @param fallback what it decides then
 * @param timeout how long a caller waits at most
 * @param mostWaiting how many callers wait at a time; the rest are decided at once. So no more
 *     threads of a service than that hang where the server does
 * @param mostFailures after how many calls without an answer in a row the server is left alone
 * @param pause for how long, before one call tries it again; from 10 ms
 * @param mostLater how many puts that passed without the server are kept, to be sent to it later; 0
 *     for none
 */
public record LimiterConfig(
    Fallback fallback,
    Duration timeout,
    int mostWaiting,
    int mostFailures,
    Duration pause,
    int mostLater) {
  /** What is decided without the server. */
  public enum Fallback {
    /** All may pass. */
    OPEN,
    /** Nothing may. */
    CLOSED
  }

  private static final int DEFAULT_WAITING = 64;
  private static final int DEFAULT_FAILURES = 5;
  private static final Duration DEFAULT_PAUSE = Duration.ofSeconds(1);
  private static final int DEFAULT_LATER = 10_000;
  private static final int MOST = 1_000_000;

  /** Checks the ranges. */
  public LimiterConfig {
    CountsConfig.requireTimeout("timeout", timeout);
    requireFrom(1, "mostWaiting", mostWaiting);
    requireFrom(1, "mostFailures", mostFailures);
    requireFrom(0, "mostLater", mostLater);
    if (pause.compareTo(Duration.ofMillis(10)) < 0 || pause.compareTo(Duration.ofHours(1)) > 0) {
      throw new InvalidInputException(
          "pause", "is " + Durations.show(pause) + "; it must be from 10ms to 1h");
    }
  }

  /** All may pass where the server is not heard within {@code timeout}. */
  public static LimiterConfig failOpen(Duration timeout) {
    return withDefaults(Fallback.OPEN, timeout);
  }

  /** Nothing may pass where the server is not heard within {@code timeout}. */
  public static LimiterConfig failClosed(Duration timeout) {
    return withDefaults(Fallback.CLOSED, timeout);
  }

  /** The same with another bound on the callers that wait. */
  public LimiterConfig withMostWaiting(int most) {
    return new LimiterConfig(fallback, timeout, most, mostFailures, pause, mostLater);
  }

  /** The same, leaving the server alone after other failures for another time. */
  public LimiterConfig withPause(int failures, Duration time) {
    return new LimiterConfig(fallback, timeout, mostWaiting, failures, time, mostLater);
  }

  /** The same, keeping another number of puts that are sent later. */
  public LimiterConfig withMostLater(int most) {
    return new LimiterConfig(fallback, timeout, mostWaiting, mostFailures, pause, most);
  }

  private static LimiterConfig withDefaults(Fallback fallback, Duration timeout) {
    return new LimiterConfig(
        fallback, timeout, DEFAULT_WAITING, DEFAULT_FAILURES, DEFAULT_PAUSE, DEFAULT_LATER);
  }

  private static void requireFrom(int least, String field, int value) {
    if (value < least || value > MOST) {
      throw new InvalidInputException(
          field, "is " + value + "; it must be from " + least + " to " + MOST);
    }
  }
}

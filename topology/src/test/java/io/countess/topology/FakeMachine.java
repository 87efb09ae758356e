package io.countess.topology;

import io.countess.state.TimeSource;
import java.time.Duration;
import java.time.Instant;

/** A machine whose clocks a test moves. */
final class FakeMachine {
  private long wallMillis;
  private long nanos = System.nanoTime();

  FakeMachine(Instant wall) {
    wallMillis = wall.toEpochMilli();
  }

  long wallMillis() {
    return wallMillis;
  }

  /** Time passes. */
  void pass(Duration time) {
    wallMillis += time.toMillis();
    nanos += time.toNanos();
  }

  /** Somebody sets the wall clock. */
  void step(Duration by) {
    wallMillis += by.toMillis();
  }

  TimeSource source() {
    return new TimeSource(() -> wallMillis, () -> nanos);
  }
}

package io.countess.runtime;

import io.countess.background.PeriodicTasks;
import io.countess.state.TimeSource;
import java.time.Clock;
import java.time.Duration;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Checks that are repeated while the fold runs: whether its threads are still heard of and don't
 * hang, and whether the clock is right. It also marks the fold's state as in use.
 */
final class Upkeep implements AutoCloseable {
  private static final Duration RENEW = Duration.ofMillis(500);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final Duration LOOK_AT_CLOCK = Duration.ofSeconds(1);
  private static final Duration STAMP = Duration.ofHours(1);

  private final Leases leases;
  private final StallWatch stalls;
  private final ClockWatch clocks;
  private final StateDirectory stateDirectory;
  private final PeriodicTasks tasks = new PeriodicTasks("countess-upkeep");

  Upkeep(KafkaStreams streams, StateDirectory stateDirectory, LongSupplier clockBehindMillis) {
    var ages = new ThreadAges(streams);
    this.leases = new Leases(TimeSource.SYSTEM, ages::ofHeartbeats);
    this.stalls = new StallWatch(ages::ofPolls);
    this.clocks = new ClockWatch(clockBehindMillis);
    this.stateDirectory = stateDirectory;
  }

  void start() {
    tasks.every(RENEW, leases::renew);
    tasks.every(LOOK, stalls::look);
    tasks.every(LOOK_AT_CLOCK, clocks::look);
    tasks.every(STAMP, () -> stateDirectory.touch(Clock.systemUTC().instant()));
  }

  /** The leases of the fold's threads. */
  Leases leases() {
    return leases;
  }

  /** Whether some thread hangs. */
  boolean isStalled() {
    return stalls.isStalled();
  }

  @Override
  public void close() {
    tasks.close();
  }
}

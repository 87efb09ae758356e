package io.countess.runtime;

import io.countess.client.DaemonThreads;
import io.countess.state.TimeSource;
import java.time.Clock;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Checks that are repeated while the fold runs: whether its threads are still heard of and don't
 * hang, and whether the clock is right. It also marks the fold's state as in use.
 */
final class Upkeep implements AutoCloseable {
  private static final long RENEW_MILLIS = 500;
  private static final long LOOK_MILLIS = 5000;
  private static final long LOOK_AT_CLOCK_MILLIS = 1000;
  private static final long STAMP_MILLIS = TimeUnit.HOURS.toMillis(1);

  private final Leases leases;
  private final StallWatch stalls;
  private final ClockWatch clocks;
  private final StateDirectory stateDirectory;
  private final ScheduledExecutorService executor =
      Executors.newSingleThreadScheduledExecutor(new DaemonThreads("countess-upkeep"));

  Upkeep(KafkaStreams streams, StateDirectory stateDirectory, LongSupplier clockBehindMillis) {
    var ages = new ThreadAges(streams);
    this.leases = new Leases(TimeSource.SYSTEM, ages::ofHeartbeats);
    this.stalls = new StallWatch(ages::ofPolls);
    this.clocks = new ClockWatch(clockBehindMillis);
    this.stateDirectory = stateDirectory;
  }

  void start() {
    every(RENEW_MILLIS, leases::renew);
    every(LOOK_MILLIS, stalls::look);
    every(LOOK_AT_CLOCK_MILLIS, clocks::look);
    every(STAMP_MILLIS, () -> stateDirectory.touch(Clock.systemUTC().instant()));
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
    executor.shutdownNow();
  }

  private void every(long millis, Runnable work) {
    executor.scheduleAtFixedRate(work, millis, millis, TimeUnit.MILLISECONDS);
  }
}

package io.countess.bench;

import io.countess.event.Durations;
import io.countess.event.InvalidInputException;
import io.countess.server.CountessConfig;
import io.countess.server.Setting;
import io.countess.server.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;

/**
 * What is measured, and how much of it.
 *
 * @param store what holds the state of Countess: {@code rocksdb} or {@code memory}
 * @param commitInterval of everything that commits
 * @param records of each run in bulk
 * @param keys that they are drawn from
 * @param rounds in which everything is measured once
 * @param span how long each run takes that goes by time
 */
record Plan(
    String store, Duration commitInterval, int records, int keys, int rounds, Duration span) {
  private static final int MAX_RECORDS = 50_000_000;
  private static final int MAX_KEYS = 10_000_000;
  private static final int MAX_ROUNDS = 20;
  private static final Duration MAX_SPAN = Duration.ofMinutes(1);

  /** Checks the ranges. */
  Plan {
    require("records", records, 1000, MAX_RECORDS);
    require("keys", keys, 10, MAX_KEYS);
    require("rounds", rounds, 1, MAX_ROUNDS);
    require("span (in ms)", span.toMillis(), 100, MAX_SPAN.toMillis());
  }

  /** How Countess runs on {@code data}: as it is served, on free ports. */
  CountessConfig countess(Path data) {
    // The environment is left out, so that a run means the same wherever it is made.
    return CountessConfig.of(Settings.read(settings(data), Map.of()));
  }

  /** The settings of {@link #countess}. */
  Map<Setting, String> settings(Path data) {
    var settings = new EnumMap<Setting, String>(Setting.class);
    settings.put(Setting.DATA, data.toString());
    settings.put(Setting.STORE, store);
    settings.put(Setting.COMMIT_INTERVAL, Durations.format(commitInterval));
    settings.put(Setting.HTTP_PORT, "0");
    settings.put(Setting.KAFKA_PORT, "0");
    return settings;
  }

  private static void require(String option, long value, long from, long to) {
    if (value < from || value > to) {
      throw new InvalidInputException(
          option, "is %d; it must be from %d to %d".formatted(value, from, to));
    }
  }
}

package io.countess.runtime;

import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Says where a thread of the fold hangs. One that has not asked for records for so long has been
 * put out of the group, and others may hold its partitions. Nobody else would say why.
 */
final class StallWatch {
  /** Longer than any step of a fold that gets answers from Kafka takes. */
  static final long STALLED_SECONDS = 30;

  private static final Logger LOG = LoggerFactory.getLogger(StallWatch.class);

  private final Supplier<Map<String, OptionalLong>> pollAges;
  private final Set<String> stalled = ConcurrentHashMap.newKeySet();

  /**
   * @param pollAges how long ago each thread last asked for records, in whole seconds, by the
   *     thread's name
   */
  StallWatch(Supplier<Map<String, OptionalLong>> pollAges) {
    this.pollAges = pollAges;
  }

  /** Looks at the threads; wants to be called every few seconds. */
  void look() {
    Map<String, OptionalLong> ages = pollAges.get();
    stalled.retainAll(ages.keySet());
    ages.forEach((thread, age) -> note(thread, age.orElse(0)));
  }

  /** Whether some thread hangs. */
  boolean isStalled() {
    return !stalled.isEmpty();
  }

  private void note(String thread, long ageSeconds) {
    if (ageSeconds < STALLED_SECONDS) {
      if (stalled.remove(thread)) {
        LOG.warn("thread {} of the fold goes on", thread);
      }
    } else if (stalled.add(thread)) {
      LOG.warn(
          "thread {} of the fold has hung for {} s, here:{}",
          thread,
          ageSeconds,
          stack(thread).orElse(" it is gone"));
    }
  }

  private static Optional<String> stack(String thread) {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(entry -> entry.getKey().getName().equals(thread))
        .findFirst()
        .map(
            entry ->
                Arrays.stream(entry.getValue())
                    .map(frame -> System.lineSeparator() + "\tat " + frame)
                    .collect(Collectors.joining()));
  }
}

package io.countess.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.store.OpenStore.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Readers beside the fold: they hold nothing up, and see no less than what was there. */
class ScanTest {
  private static final long NOW = 1_767_225_600_000L;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void shouldShowWhatWasCountedBeforeItBeganThoughItIsCommittedAndEvictedMeanwhile(Kind kind) {
    try (var open = OpenStore.open(kind, directory, 0)) {
      open.put("n", "a", 1, NOW);
      open.put("n", "b", 1, NOW);
      open.commit();
      open.put("n", "b", 4, NOW);
      open.put("n", "c", 4, NOW);
      var counts = new TreeMap<String, Long>();

      open.reader.scan(
          ByteString.utf8("n"),
          ByteString.EMPTY,
          ByteString.EMPTY,
          (key, state) -> {
            open.commit();
            return counts.put(key.toString(), state.countAt(NOW)) == null;
          });

      assertThat(counts).containsExactly(entry("a", 1), entry("b", 5), entry("c", 4));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldStopWhereTheVisitorHasEnough(Kind kind) {
    try (var open = OpenStore.open(kind, directory, 100)) {
      for (String key : new String[] {"a", "b", "d"}) {
        open.put("n", key, 1, NOW);
      }
      open.commit();
      open.put("n", "c", 1, NOW);
      open.put("n", "e", 1, NOW);
      for (int enough = 1; enough <= 5; enough++) {
        var keys = new ArrayList<String>();
        int most = enough;

        open.reader.scan(
            ByteString.utf8("n"),
            ByteString.EMPTY,
            ByteString.EMPTY,
            (key, state) -> keys.add(key.toString()) && keys.size() < most);

        assertThat(keys).isEqualTo(List.of("a", "b", "c", "d", "e").subList(0, enough));
      }
    }
  }

  /** The fold goes on counting, committing, removing and evicting while two others read. */
  @ParameterizedTest
  @EnumSource
  void shouldNeitherMissARowNorGoBackWhileTheFoldGoesOn(Kind kind) throws Exception {
    var done = new AtomicBoolean();
    var readers = Executors.newFixedThreadPool(2);
    try (var open = OpenStore.open(kind, directory, 20)) {
      List<String> stays = IntStream.range(10, 60).mapToObj(i -> "s" + i).toList();
      stays.forEach(key -> open.put("n", key, 1, NOW));
      List<Future<Integer>> reading =
          List.of(
              readers.submit(scanning(open, stays, done)),
              readers.submit(finding(open, stays, done)));
      fold(open, stays);
      done.set(true);
      for (Future<Integer> read : reading) {
        assertThat(read.get(30, TimeUnit.SECONDS)).isPositive();
      }
    } finally {
      done.set(true);
      readers.shutdownNow();
    }
  }

  private static void fold(OpenStore open, List<String> stays) {
    for (int round = 0; round < 60; round++) {
      for (int i = round % 3; i < stays.size(); i += 3) {
        open.put("n", stays.get(i), 1, NOW);
      }
      for (int i = 0; i < 40; i++) {
        open.put("n", "comes and goes " + i, 1, NOW);
      }
      if (round % 2 == 0) {
        open.commit();
      }
      for (int i = 0; i < 40; i++) {
        open.apply(CounterName.of("n", "comes and goes " + i), new Event.Reset(), NOW);
      }
      open.commit();
    }
  }

  private static Callable<Integer> scanning(
      OpenStore open, List<String> stays, AtomicBoolean done) {
    return () -> {
      var highest = new TreeMap<String, Long>();
      int rounds = 0;
      do {
        var seen = new TreeMap<String, Long>();
        open.reader.scan(
            ByteString.utf8("n"),
            ByteString.EMPTY,
            ByteString.utf8("s"),
            (key, state) -> seen.put(key.toString(), state.countAt(NOW)) == null);
        assertThat(seen.keySet()).containsExactlyElementsOf(stays);
        seen.forEach((key, n) -> assertRises(highest, key, n));
      } while (rounds++ >= 0 && !done.get());
      return rounds;
    };
  }

  private static Callable<Integer> finding(OpenStore open, List<String> stays, AtomicBoolean done) {
    return () -> {
      var highest = new TreeMap<String, Long>();
      int rounds = 0;
      do {
        stays.forEach(key -> assertRises(highest, key, open.count("n", key, NOW)));
      } while (rounds++ >= 0 && !done.get());
      return rounds;
    };
  }

  private static void assertRises(Map<String, Long> highest, String key, long n) {
    assertThat(n).as(key).isGreaterThanOrEqualTo(highest.getOrDefault(key, 1L));
    highest.put(key, n);
  }

  private static Map.Entry<String, Long> entry(String key, long n) {
    return Map.entry(key, n);
  }
}

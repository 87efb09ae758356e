package io.countess.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.count.LimitsState;
import io.countess.count.State;
import io.countess.count.StateForm;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Partitions;
import io.countess.event.RecordKey;
import io.countess.state.Namespace;
import io.countess.state.PartitionReader;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Three partitions fold, forward, commit and crash in any order, with records in wrong partitions
 * and policies that change all the while. Each put counts once, a record that is folded again is
 * decided as before, and what is in the state depends on the log and on nothing else.
 */
class CrashTest {
  @Property(tries = 150)
  void shouldCountExactlyOnceAndDecideTheSameAgain(@ForAll long seed) {
    assertExact(new CrashRun(new SplittableRandom(seed)));
  }

  @Property(tries = 150)
  void shouldDoSoToWhereStateIsOlderThanWhatWasCommitted(@ForAll long seed) {
    assertExact(CrashRun.losingState(new SplittableRandom(seed)));
  }

  private static void assertExact(CrashRun run) {
    run.go(600);
    run.settle();

    assertEachPutCountedOnce(run);
    assertDecidedAlike(run);
    assertPoliciesArrivedEverywhere(run);
    assertStateIsWhatTheLogSays(run);
  }

  private static void assertEachPutCountedOnce(CrashRun run) {
    run.sums.forEach(
        (key, sum) -> {
          byte[] recordKey = RecordKey.of(CounterName.of("sums", key));
          var home = run.folds.get(Partitions.of(recordKey, CrashRun.PARTITIONS)).reader();
          State state = home.counter(CounterName.of("sums", key)).state();
          assertThat(state == null ? 0 : state.countAt(run.now)).as(key).isEqualTo(sum);
        });
  }

  private static void assertDecidedAlike(CrashRun run) {
    for (SimulatedPartition fold : run.folds) {
      fold.decisions.forEach(
          (offset, decisions) ->
              assertThat(decisions).as("at " + offset).containsOnly(decisions.get(0)));
    }
  }

  private static void assertPoliciesArrivedEverywhere(CrashRun run) {
    for (String namespace : List.of("sums", "n0", "n1", "n2")) {
      var policies =
          run.folds.stream()
              .map(fold -> fold.reader().policy(ByteString.utf8(namespace)))
              .map(policy -> policy.counting().policy() + " " + policy.version())
              .toList();
      assertThat(policies).as(namespace).containsOnly(policies.get(0));
    }
  }

  /** Each partition's log, read by its fold alone: no crashes, no commits, no Kafka Streams. */
  private static void assertStateIsWhatTheLogSays(CrashRun run) {
    for (int p = 0; p < CrashRun.PARTITIONS; p++) {
      var alone = new FoldAlone(p, new BrokersLog(run.log, CrashRun.PARTITIONS), 1000);
      var live = run.folds.get(p).decisions;
      for (long i = 0; i < run.log.size(p); i++) {
        List<Decision> decided = alone.fold(run.log.read(p, i), i).decided();
        var lived = new HashSet<>(live.getOrDefault(i, List.of()));
        assertThat(lived).as("at " + i).isEqualTo(new HashSet<>(decided));
      }
      PartitionReader reader = run.folds.get(p).reader();
      // A tick can take the clock ahead of the machine's: what was before is no matter of totals.
      long present = Math.max(run.now, reader.clock().latestMillis());
      assertThat(view(reader, present)).isEqualTo(view(alone.reader(), present));
    }
  }

  /** What can be seen of a partition at instants that are not over. */
  private static Map<String, Object> view(PartitionReader reader, long now) {
    var view = new TreeMap<String, Object>();
    for (long at : new long[] {now, now + 4000, now + 100_000}) {
      for (String namespace : List.of("sums", "n0", "n1", "n2", "unseen")) {
        view.putAll(counts(reader, namespace, at));
      }
      assertTallied(reader, at);
    }
    return view;
  }

  /** The sum of a namespace has no counts that drain. */
  private static final Set<StateForm> LEAKY = Set.of(StateForm.LEAKY, StateForm.LEAKY_WITH_GAPS);

  private static void assertTallied(PartitionReader reader, long at) {
    long count = 0;
    long keys = 0;
    for (Namespace namespace : reader.namespaces().values()) {
      var live = new ArrayList<State>();
      reader.scan(
          namespace.name(),
          ByteString.EMPTY,
          ByteString.EMPTY,
          (key, state) -> state.lastEndMillis() <= at || live.add(state));
      long sum =
          live.stream()
              .map(state -> state instanceof LimitsState several ? several.each()[0] : state)
              .filter(state -> state != null && !LEAKY.contains(state.form()))
              .mapToLong(state -> state.countAt(at))
              .sum();
      assertThat(namespace.tally().countAt(at)).as("sum").isEqualTo(sum);
      assertThat(namespace.tally().keysAt(at)).as("keys").isEqualTo(live.size());
      count += sum;
      keys += live.size();
    }
    assertThat(reader.everything().countAt(at)).as("sum of all").isEqualTo(count);
    assertThat(reader.everything().keysAt(at)).as("keys of all").isEqualTo(keys);
  }

  private static Map<String, Object> counts(PartitionReader reader, String namespace, long at) {
    var counts = new TreeMap<String, Object>();
    ByteString name = ByteString.utf8(namespace);
    counts.put(namespace, reader.policy(name).counting().policy());
    counts.put(namespace + " version", reader.policy(name).version());
    reader.scan(
        name,
        ByteString.EMPTY,
        ByteString.EMPTY,
        (key, state) -> {
          if (state.countAt(at) != 0) {
            counts.put(namespace + "/" + key + " at " + at, state.countAt(at));
          }
          return true;
        });
    return counts;
  }
}

package io.countess.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.count.State;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Partitions;
import io.countess.event.RecordKey;
import io.countess.state.PartitionReader;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/**
 * Three partitions fold, forward, commit and crash in any order, with records in wrong partitions
 * and policies that change all the while. Each put counts once, a record that is folded again is
 * decided as before, and what is in the state depends on the log and on nothing else.
 */
class CrashTest {
  private static final int PARTITIONS = 3;
  private static final long START = FoldFixture.START.toEpochMilli();
  private static final List<String> POLICIES =
      List.of(
          "{\"kind\":\"expiring\",\"ttl\":\"5s\",\"limit\":4}",
          "{\"kind\":\"expiring\",\"ttl\":\"90s\"}",
          "{\"kind\":\"leaky\",\"rate\":\"1/s\",\"capacity\":3}",
          "{\"kind\":\"total\",\"limit\":9}",
          "null");

  @Property(tries = 150)
  void shouldCountExactlyOnceAndDecideTheSameAgain(@ForAll long seed) {
    var run = new Run(new SplittableRandom(seed));
    run.go(600);
    run.settle();

    run.assertEachPutCountedOnce();
    run.assertDecidedAlike();
    run.assertPoliciesArrivedEverywhere();
    run.assertStateIsWhatTheLogSays();
  }

  private static final class Run {
    private final SplittableRandom random;
    private final SimulatedLog log = new SimulatedLog(PARTITIONS);
    private final List<SimulatedPartition> folds =
        IntStream.range(0, PARTITIONS).mapToObj(p -> new SimulatedPartition(p, log)).toList();
    private final Map<String, Long> sums = new HashMap<>();
    private long now = START;

    Run(SplittableRandom random) {
      this.random = random;
      append("sums/", policy("{\"kind\":\"total\"}", "keep"));
      settle();
    }

    void go(int steps) {
      for (int i = 0; i < steps; i++) {
        now += random.nextInt(10) == 0 ? random.nextInt(40_000) : random.nextInt(300);
        step(folds.get(random.nextInt(PARTITIONS)), random.nextInt(100));
      }
    }

    private void step(SimulatedPartition fold, int what) {
      if (what < 25) {
        put();
      } else if (what < 28) {
        change();
      } else if (what < 75) {
        fold.fold();
      } else if (what < 83) {
        fold.deliver(1 + random.nextInt(3));
      } else if (what < 91) {
        fold.commit();
      } else if (what < 96) {
        fold.housekeeping(now);
      } else {
        fold.crash(random.nextInt(4));
      }
    }

    private void put() {
      String key = "k" + random.nextInt(6);
      if (random.nextBoolean()) {
        long n = random.nextInt(-3, 10);
        sums.merge(key, n, Long::sum);
        append("sums/" + key, "{\"n\":" + n + "}");
      } else {
        String op = random.nextInt(12) == 0 ? "{\"op\":\"reset\"}" : "{\"n\":1}";
        append("n" + random.nextInt(3) + "/" + key, op);
      }
    }

    private void change() {
      String policy = POLICIES.get(random.nextInt(POLICIES.size()));
      String onChange = random.nextBoolean() ? "reset" : "keep";
      if (random.nextInt(4) > 0) {
        append("n" + random.nextInt(3) + "/", policy(policy, onChange));
      } else if (!policy.equals("null")) {
        append("/", policy(policy, onChange).replace("\"policy\",", "\"defaults\","));
      }
    }

    private static String policy(String policy, String onChange) {
      return "{\"op\":\"policy\",\"policy\":" + policy + ",\"onChange\":\"" + onChange + "\"}";
    }

    /** As a producer that knows nothing of partitions would. */
    private void append(String key, String value) {
      long at = now - (random.nextInt(5) == 0 ? random.nextInt(20_000) : 0);
      log.append(random.nextInt(PARTITIONS), key, value, at);
    }

    void settle() {
      while (folds.stream().anyMatch(SimulatedPartition::isBehind)) {
        for (SimulatedPartition fold : folds) {
          while (fold.isBehind()) {
            fold.fold();
          }
          fold.commit();
        }
      }
    }

    void assertEachPutCountedOnce() {
      sums.forEach(
          (key, sum) -> {
            byte[] recordKey = RecordKey.of(CounterName.of("sums", key));
            var home = folds.get(Partitions.of(recordKey, PARTITIONS)).reader();
            long epoch = home.policy(ByteString.utf8("sums")).epoch();
            State state = home.state(recordKey, epoch);
            assertThat(state == null ? 0 : state.countAt(now)).as(key).isEqualTo(sum);
          });
    }

    void assertDecidedAlike() {
      for (SimulatedPartition fold : folds) {
        fold.decisions.forEach(
            (offset, decisions) ->
                assertThat(decisions).as("at " + offset).containsOnly(decisions.get(0)));
      }
    }

    void assertPoliciesArrivedEverywhere() {
      for (String namespace : List.of("sums", "n0", "n1", "n2")) {
        var policies =
            folds.stream()
                .map(fold -> fold.reader().policy(ByteString.utf8(namespace)))
                .map(policy -> policy.counting().policy() + " " + policy.version())
                .toList();
        assertThat(policies).as(namespace).containsOnly(policies.get(0));
      }
    }

    /** Folds each partition anew, without crashes, commits or housekeeping. */
    void assertStateIsWhatTheLogSays() {
      for (int p = 0; p < PARTITIONS; p++) {
        var anew = new SimulatedPartition(p, log);
        int size = log.size(p);
        for (int i = 0; i < size; i++) {
          anew.fold();
        }
        assertThat(view(folds.get(p).reader())).isEqualTo(view(anew.reader()));
        folds
            .get(p)
            .decisions
            .forEach(
                (offset, decisions) ->
                    assertThat(anew.decisions.get(offset)).containsOnly(decisions.get(0)));
      }
    }

    /** What can be seen of a partition at instants that are not over. */
    private Map<String, Object> view(PartitionReader reader) {
      var view = new TreeMap<String, Object>();
      for (long at : new long[] {now, now + 4000, now + 100_000}) {
        view.put("count " + at, reader.everything().countAt(at));
        for (String namespace : List.of("sums", "n0", "n1", "n2", "unseen")) {
          view.putAll(counts(reader, namespace, at));
        }
      }
      return view;
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
}

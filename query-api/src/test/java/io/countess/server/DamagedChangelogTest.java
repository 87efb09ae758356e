package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Between a stop and the next start the changelog of each partition is cut, flipped or deleted at a
 * random place, and local state is there or gone. Each put counts once, and policies hold.
 *
 * <p>{@code -Dcountess.damage.rounds=200} goes on for longer, {@code -Dcountess.damage.seed=} draws
 * the same again.
 */
class DamagedChangelogTest {
  private static final Logger LOG = LoggerFactory.getLogger(DamagedChangelogTest.class);
  private static final int ROUNDS = Integer.getInteger("countess.damage.rounds", 6);
  private static final long SEED = Long.getLong("countess.damage.seed", System.nanoTime());
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final List<String> STORES = List.of("rocksdb", "memory");
  private static final List<String> NAMESPACES = List.of("totals", "expiring", "gauges");
  private static final int KEYS = 8;

  @TempDir Path data;

  private final SplittableRandom random = new SplittableRandom(SEED);
  private final Map<CounterName, Long> model = new HashMap<>();
  private final Map<String, Policy> policies = new HashMap<>();

  @Test
  void shouldCountEachPutOnceWhateverTheChangelogLoses() throws Exception {
    for (int round = 0; round < ROUNDS; round++) {
      String store = STORES.get(round % 2);
      var damage = new Damage(data, random);
      String what = round == 0 ? "none" : damage.strike();
      LOG.warn("seed {}, round {}, {}: {}", SEED, round, store, what);
      try (Countess countess = Alone.start(data, store);
          Counts counts = Counts.open(CountsConfig.of(countess.url()))) {
        assertCounts(counts, what);
        work(counts);
        if (random.nextBoolean()) {
          MisplacedPuts.produce(countess.kafka(), name("totals", 0), 5);
          model.merge(name("totals", 0), 5L, Long::sum);
          long wanted = model.get(name("totals", 0));
          await().atMost(SOON).until(() -> counts.count(name("totals", 0)).count() == wanted);
        }
        assertCounts(counts, "after work");
      }
    }
  }

  private void work(Counts counts) {
    for (int i = 0; i < 120; i++) {
      if (random.nextInt(30) == 0 || policies.isEmpty()) {
        change(counts);
      }
      String namespace = NAMESPACES.get(random.nextInt(NAMESPACES.size()));
      CounterName counter = name(namespace, random.nextInt(KEYS));
      long n = 1 + random.nextLong(9);
      counts.put(counter, n);
      model.merge(counter, n, Long::sum);
    }
  }

  /** None of them has a kind of another one, so all counts stay. */
  private void change(Counts counts) {
    OptionalLong limit = OptionalLong.of(1_000_000 + random.nextInt(1000));
    policies.put("totals", Policy.Total.unbounded());
    policies.put("gauges", Policy.Gauge.unbounded());
    policies.put("expiring", new Policy.Expiring(Duration.ofDays(2), limit));
    policies.forEach(
        (name, policy) -> counts.setPolicy(ByteString.utf8(name), policy, OnChange.KEEP));
  }

  private void assertCounts(Counts counts, String when) {
    model.forEach(
        (counter, n) ->
            assertThat(counts.count(counter).count())
                .as("%s of %s: %s", counter, SEED, when)
                .isEqualTo(n));
    policies.forEach(
        (name, policy) ->
            assertThat(counts.policy(ByteString.utf8(name)).policy()).as(when).isEqualTo(policy));
    if (policies.isEmpty()) {
      return;
    }
    long totals =
        model.entrySet().stream()
            .filter(entry -> entry.getKey().namespace().equals(ByteString.utf8("totals")))
            .mapToLong(Map.Entry::getValue)
            .sum();
    assertThat(counts.namespace(ByteString.utf8("totals")).totals().count()).isEqualTo(totals);
  }

  private static CounterName name(String namespace, int key) {
    return CounterName.of(namespace, "key" + key);
  }
}

package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.client.Counted;
import io.countess.client.Counts;
import io.countess.client.KeysPage;
import io.countess.client.Page;
import io.countess.client.ProblemException;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.codec.EventLine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two instances over one log are one service: whichever is asked, the answer is the same. */
class ManyInstancesTest {
  private static final ByteString LOGINS = ByteString.utf8("logins");
  private static final int KEYS = 60;

  @TempDir Path data;
  private Group group;
  private Group.Member one;
  private Group.Member two;

  @BeforeEach
  void start() throws Exception {
    group = new Group(data);
    one = group.start("one");
    two = group.start("two");
    Group.awaitShared(one, two);
  }

  @AfterEach
  void stop() {
    group.close();
  }

  @Test
  void shouldAnswerEverythingAtEveryInstance() {
    one.counts().setPolicy(LOGINS, Policy.Total.unbounded(), OnChange.RESET);
    for (int i = 0; i < KEYS; i++) {
      var decision = both().get(i % 2).put(key(i), i + 1);
      assertThat(decision.outcome()).isEqualTo(Outcome.ACCEPTED);
      Counted seen = both().get(1 - i % 2).including(decision.position().get()).count(key(i));
      assertThat(seen.count()).isEqualTo(i + 1);
    }

    for (Counts counts : both()) {
      assertThat(allKeys(counts, 7))
          .isEqualTo(IntStream.range(0, KEYS).mapToObj(i -> key(i).key()).sorted().toList());
      assertThat(counts.top(LOGINS, 3).keys())
          .extracting(KeysPage.KeyCount::count)
          .containsExactly(60L, 59L, 58L);
      assertThat(counts.namespace(LOGINS).totals().count()).isEqualTo(60 * 61 / 2);
      assertThat(counts.namespace(LOGINS).totals().keys()).isEqualTo(KEYS);
      assertThat(counts.namespace(LOGINS).policy().policy()).isEqualTo(Policy.Total.unbounded());
      assertThat(counts.totals().count()).isEqualTo(60 * 61 / 2);
      assertThat(counts.namespaces(Page.first(10)).namespaces()).hasSize(1);
    }
  }

  @Test
  void shouldDecideByTheNewPolicyEverywhereOnceItIsAcknowledged() {
    for (int limit = 1; limit <= 5; limit++) {
      both().get(limit % 2).setPolicy(LOGINS, total(limit), OnChange.RESET);
      for (int i = 0; i < 20; i++) {
        Counts counts = both().get(i % 2);
        assertThat(counts.put(key(i), limit).outcome()).isEqualTo(Outcome.ACCEPTED);
        assertThat(counts.put(key(i), 1).outcome()).isEqualTo(Outcome.REFUSED);
      }
    }
  }

  @Test
  void shouldLoadThroughEveryInstance() {
    two.counts().setPolicy(LOGINS, Policy.Total.unbounded(), OnChange.RESET);
    var lines =
        IntStream.range(0, 6000)
            .mapToObj(i -> new EventLine(key(i % KEYS), Event.ONE, OptionalLong.empty()))
            .toList();
    var loaded = one.counts().load(lines.iterator());
    assertThat(loaded.logged()).isEqualTo(6000);

    var seen = two.counts().including(loaded.position());

    assertThat(seen.totals().count()).isEqualTo(6000);
    assertThat(seen.count(key(5)).count()).isEqualTo(100);
  }

  @Test
  void shouldCountOnWhileAnInstanceStopsAndComesBack() throws Exception {
    one.counts().setPolicy(LOGINS, Policy.Total.unbounded(), OnChange.RESET);
    var putter = new Putter(one.counts());
    var putting = CompletableFuture.runAsync(putter);
    await().until(() -> putter.accepted > 200);

    group.stop(two);
    long whenStopped = putter.accepted;
    await().atMost(Group.READY).until(() -> putter.accepted > whenStopped + 200);
    two = group.start("two");
    Group.awaitShared(one, two);
    long whenBack = putter.accepted;
    await().atMost(Group.READY).until(() -> putter.accepted > whenBack + 200);
    putter.stop.set(true);
    putting.join();

    assertThat(putter.wrong).isEmpty();
    for (Counts counts : both()) {
      assertThat(counts.namespace(LOGINS).totals().count())
          .isBetween(putter.accepted, putter.accepted + putter.unknown);
    }
  }

  private List<Counts> both() {
    return List.of(one.counts(), two.counts());
  }

  private static List<ByteString> allKeys(Counts counts, int pageSize) {
    List<ByteString> all = new ArrayList<>();
    Page page = Page.first(pageSize);
    for (Optional<Page> next = Optional.of(page); next.isPresent(); ) {
      KeysPage found = counts.keys(LOGINS, Optional.empty(), next.get());
      found.keys().forEach(entry -> all.add(entry.key()));
      next = found.next().map(cursor -> new Page(Optional.of(cursor), pageSize));
    }
    assertThat(new TreeSet<>(all)).hasSameSizeAs(all);
    return Collections.unmodifiableList(all);
  }

  private static Policy total(long limit) {
    var none = OptionalLong.empty();
    return new Policy.Total(0, none, none, none, OptionalLong.of(limit));
  }

  private static CounterName key(int i) {
    return CounterName.of("logins", "key" + i);
  }

  /** Puts on one key after the other, and looks whether the count is what it has to be. */
  private static final class Putter implements Runnable {
    private static final int NOT_SENT = 503;

    private final Counts counts;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final List<String> wrong = Collections.synchronizedList(new ArrayList<>());
    private final long[] least = new long[KEYS];
    private final long[] most = new long[KEYS];
    private volatile long accepted;
    private volatile long unknown;

    Putter(Counts counts) {
      this.counts = counts;
    }

    @Override
    public void run() {
      for (int i = 0; !stop.get(); i = (i + 1) % KEYS) {
        put(i);
        try {
          long count = counts.count(key(i)).count();
          if (count < least[i] || count > most[i]) {
            wrong.add("key %d: %d, not %d to %d".formatted(i, count, least[i], most[i]));
          }
        } catch (ProblemException notNow) {
          assertThat(notNow.problem().status()).isEqualTo(NOT_SENT);
        }
      }
    }

    private void put(int i) {
      try {
        counts.put(key(i), 1);
        accepted++;
        least[i]++;
        most[i]++;
      } catch (ProblemException problem) {
        if (problem.problem().status() != NOT_SENT) {
          unknown++;
          most[i]++;
        }
      }
    }
  }
}

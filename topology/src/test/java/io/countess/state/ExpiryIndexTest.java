package io.countess.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.LongRange;

/** Which rows are looked at when, against a sorted map of all entries. */
class ExpiryIndexTest {
  private static final long NOW = 1_767_225_600_000L;

  private enum Act {
    ARM,
    FLUSH,
    FIRE,
    REOPEN
  }

  private record Action(Act act, long seconds) {}

  private final InMemoryRows beneath = new InMemoryRows();
  private final Checkpoint checkpoint = new Checkpoint(1);

  @Property
  void shouldVisitEachEntryOnceWhenItIsDueAndFlushed(@ForAll("actions") List<Action> actions) {
    var model = new Model();
    for (Action action : actions) {
      model.take(action);
      assertThat(model.index.isDue(model.floor)).isEqualTo(model.isDue());
      assertThat(model.index.nextDueSeconds()).isEqualTo(model.nextDue());
    }
  }

  @Provide
  Arbitrary<List<Action>> actions() {
    var acts =
        Arbitraries.frequency(
            Tuple.of(20, Act.ARM),
            Tuple.of(4, Act.FLUSH),
            Tuple.of(8, Act.FIRE),
            Tuple.of(1, Act.REOPEN));
    var seconds = Arbitraries.longs().between(0, 30);
    return Combinators.combine(acts, seconds).as(Action::new).list().ofMaxSize(200);
  }

  /** Entries by when they are due: those that a flush has written, and those that wait for one. */
  private static final class Model {
    private final InMemoryRows beneath = new InMemoryRows();
    private final Checkpoint checkpoint = new Checkpoint(1);
    private ExpiryIndex index = new ExpiryIndex(beneath, StoreKeys.EXPIRY);
    private final TreeMap<Long, List<String>> flushed = new TreeMap<>();
    private final Map<String, Long> pending = new HashMap<>();
    private long floor = NOW / 1000;
    private int keys;

    void take(Action action) {
      switch (action.act()) {
        case ARM -> arm(action.seconds());
        case FLUSH -> flush();
        case FIRE -> fire(action.seconds() / 4);
        case REOPEN -> {
          flush();
          index = new ExpiryIndex(beneath, StoreKeys.EXPIRY);
          index.open();
        }
      }
    }

    private void arm(long seconds) {
      String key = "n/" + keys++;
      int due = index.arm(storeKey(key), (floor + seconds) * 1000, floor * 1000);
      pending.put(key, Integer.toUnsignedLong(due));
    }

    private void flush() {
      var out = new Batch(beneath, 0);
      index.flush(out, checkpoint);
      out.write();
      pending.forEach((key, due) -> flushed.computeIfAbsent(due, d -> new ArrayList<>()).add(key));
      pending.clear();
    }

    private void fire(long seconds) {
      floor += seconds;
      var visited = new ArrayList<String>();
      index.fire(
          floor,
          (key, due) -> {
            assertThat((long) due).isEqualTo(flushed.firstKey());
            visited.add(new String(key, StandardCharsets.UTF_8));
          });
      if (!isDue()) {
        assertThat(visited).isEmpty();
        return;
      }
      assertThat(visited).isNotEmpty();
      List<String> earliest = flushed.firstEntry().getValue();
      assertThat(earliest).containsAll(visited);
      earliest.removeAll(visited);
      flushed.values().removeIf(List::isEmpty);
    }

    boolean isDue() {
      return !flushed.isEmpty() && flushed.firstKey() <= floor;
    }

    long nextDue() {
      long next = flushed.isEmpty() ? ExpiryIndex.NOTHING : flushed.firstKey();
      return pending.values().stream().mapToLong(d -> d).reduce(next, Math::min);
    }
  }

  @Property
  void shouldComeDueAfterTheRowIsDeadAndNotMuchLater(
      @ForAll @LongRange(min = 1, max = 400L * 24 * 3_600_000) long life) {
    var index = new ExpiryIndex(beneath, StoreKeys.EXPIRY);

    int seconds = index.arm(storeKey("n/k"), NOW + life, NOW);

    long due = Integer.toUnsignedLong(seconds) * 1000;
    assertThat(due).isGreaterThanOrEqualTo(NOW + life);
    assertThat(due).isLessThanOrEqualTo(NOW + life + life / 32 + 2000);
  }

  @Example
  void shouldWriteManyEntriesOfOneSecondInBlocks() {
    var index = new ExpiryIndex(beneath, StoreKeys.EXPIRY);
    for (int key = 0; key < 1000; key++) {
      index.arm(storeKey("n/" + key), NOW + 1000, NOW);
    }
    var out = new Batch(beneath, 0);
    index.flush(out, checkpoint);
    out.write();

    assertThat(beneath.size()).isEqualTo(4);
    var visited = new ArrayList<String>();
    for (int block = 0; block < 4; block++) {
      index.fire(NOW, (key, due) -> visited.add(new String(key, StandardCharsets.UTF_8)));
    }
    assertThat(visited).hasSize(1000).doesNotHaveDuplicates();
  }

  @Example
  void shouldRemoveItsBlocksOnceTheyAreWorkedOff() {
    var index = new ExpiryIndex(beneath, StoreKeys.EXPIRY);
    index.arm(storeKey("n/k"), NOW, NOW);
    var out = new Batch(beneath, 0);
    index.flush(out, checkpoint);
    out.write();
    index.fire(NOW, (key, due) -> {});
    index.flush(out, checkpoint);
    out.write();

    assertThat(beneath.size()).isZero();
    assertThat(index.nextDueSeconds()).isEqualTo(ExpiryIndex.NOTHING);
  }

  private static byte[] storeKey(String recordKey) {
    return StoreKeys.of(StoreKeys.COUNTER, recordKey.getBytes(StandardCharsets.UTF_8));
  }
}

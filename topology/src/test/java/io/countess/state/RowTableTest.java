package io.countess.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** The table of decoded rows, against a map; and under readers that take no locks. */
class RowTableTest {
  private enum Act {
    TOGGLE,
    USE,
    DIRTY,
    EVICT,
    CLEAR
  }

  private record Action(Act act, int key) {}

  @Property(tries = 100)
  void shouldHoldWhatAMapHolds(@ForAll("actions") List<Action> actions) {
    var table = new RowTable();
    var model = new HashMap<Integer, Row>();
    for (Action action : actions) {
      take(action, table, model);
      assertThat(table.size()).isEqualTo(model.size());
    }
    for (int key = 0; key < 4000; key++) {
      assertThat(table.get(name(key), collidingHash(key))).isSameAs(model.get(key));
    }
    var visited = new ArrayList<Row>();
    table.forEach(visited::add);
    assertThat(visited).containsExactlyInAnyOrderElementsOf(model.values());
  }

  private static void take(Action action, RowTable table, Map<Integer, Row> model) {
    Row row = model.get(action.key());
    switch (action.act()) {
      case TOGGLE -> toggle(action.key(), table, model);
      case USE -> {
        if (row != null) {
          row.used = true;
        }
      }
      case DIRTY -> {
        if (row != null) {
          row.dirty = !row.dirty;
        }
      }
      case EVICT -> evict(action.key() / 4, table, model);
      case CLEAR -> {
        table.clear();
        model.clear();
      }
    }
  }

  private static void toggle(int key, RowTable table, Map<Integer, Row> model) {
    Row row = model.remove(key);
    if (row == null) {
      row = row(key, collidingHash(key));
      model.put(key, row);
      table.add(row);
    } else {
      table.remove(row);
    }
  }

  private static void evict(int target, RowTable table, Map<Integer, Row> model) {
    table.evict(target);
    long dirty = model.values().stream().filter(row -> row.dirty).count();

    assertThat((long) table.size()).isLessThanOrEqualTo(Math.max(target, dirty));
    model.entrySet().removeIf(e -> isGone(e.getKey(), e.getValue(), table));
  }

  private static boolean isGone(int key, Row row, RowTable table) {
    boolean gone = table.get(name(key), collidingHash(key)) == null;
    assertThat(gone && row.dirty).as("evicted although changed").isFalse();
    return gone;
  }

  @Provide
  Arbitrary<List<Action>> actions() {
    var acts =
        Arbitraries.frequency(
            Tuple.of(2000, Act.TOGGLE),
            Tuple.of(300, Act.USE),
            Tuple.of(300, Act.DIRTY),
            Tuple.of(3, Act.EVICT),
            Tuple.of(1, Act.CLEAR));
    return Combinators.combine(acts, Arbitraries.integers().between(0, 3999))
        .as(Action::new)
        .list()
        .ofMinSize(1000)
        .ofMaxSize(6000);
  }

  @Example
  void shouldKeepWhatWasUsedLatelyWhenItEvicts() {
    var table = new RowTable();
    for (int key = 0; key < 100; key++) {
      Row row = row(key, collidingHash(key));
      row.used = key < 10;
      table.add(row);
    }

    table.evict(10);

    for (int key = 0; key < 10; key++) {
      assertThat(table.get(name(key), collidingHash(key))).isNotNull();
    }
  }

  @Example
  void shouldNotGrowWhileRowsComeAndGo() {
    var table = new RowTable();
    for (int key = 0; key < 200_000; key++) {
      Row row = row(key, RowTable.hash(name(key), 0));
      table.add(row);
      table.remove(row);
    }
    assertThat(table.size()).isZero();
  }

  @Example
  void shouldSpreadKeysThatDifferLittle() {
    long distinct =
        IntStream.range(0, 100_000).map(key -> RowTable.hash(name(key), 0)).distinct().count();

    assertThat(distinct).isGreaterThan(99_900);
  }

  /** The writer makes the table grow, shrink, fill with graves and evict all the while. */
  @Example
  void shouldNeverHideARowThatIsThereThroughoutFromReaders() throws Exception {
    var table = new RowTable();
    var stays = new ArrayList<Row>();
    for (int key = 0; key < 500; key++) {
      Row row = row(key, RowTable.hash(name(key), 0));
      row.dirty = true;
      table.add(row);
      stays.add(row);
    }
    var done = new AtomicBoolean();
    var readers = Executors.newFixedThreadPool(2);
    try {
      Callable<Long> reading = () -> readUntil(done, table, stays);
      List<Future<Long>> reads = List.of(readers.submit(reading), readers.submit(reading));
      churn(table);
      done.set(true);
      for (Future<Long> read : reads) {
        assertThat(read.get(30, TimeUnit.SECONDS)).isPositive();
      }
    } finally {
      done.set(true);
      readers.shutdownNow();
    }
  }

  private static long readUntil(AtomicBoolean done, RowTable table, List<Row> stays) {
    long rounds = 0;
    do {
      for (int key = 0; key < stays.size(); key++) {
        Row found = table.get(name(key), stays.get(key).hash);
        assertThat(found).isSameAs(stays.get(key));
      }
      rounds++;
    } while (!done.get());
    return rounds;
  }

  private static void churn(RowTable table) {
    for (int round = 0; round < 40; round++) {
      var rows = new ArrayList<Row>();
      for (int key = 1000; key < 1000 + 250 * round; key++) {
        Row row = row(key, RowTable.hash(name(key), 0));
        table.add(row);
        rows.add(row);
      }
      rows.stream().filter(row -> row.hash % 2 == 0).forEach(table::remove);
      table.evict(500);
    }
  }

  private static Row row(int key, int hash) {
    return new Row(StoreKeys.of(StoreKeys.COUNTER, name(key)), hash, 0);
  }

  private static byte[] name(int key) {
    return ("n/" + key).getBytes(StandardCharsets.UTF_8);
  }

  /** Few hashes for many keys, negative ones too. */
  private static int collidingHash(int key) {
    return key % 37 - 18;
  }
}

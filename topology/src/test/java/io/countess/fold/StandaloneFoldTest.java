package io.countess.fold;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.count.KeptWindows;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.WindowSpan;
import io.countess.state.InMemoryRows;
import io.countess.state.LogId;
import io.countess.state.PartitionReader;
import io.countess.state.PartitionState;
import io.countess.state.Rows;
import io.countess.state.StandbyView;
import io.countess.state.TimeSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;

/** A log can be folded by hand, with nothing but its records. */
class StandaloneFoldTest {
  private static final long AT = 1_767_225_600_000L;

  private static final long BEYOND = 1000;
  private static final long DAY = 86_400_000;

  private static final List<String> LOG =
      List.of(
          "n/ {\"op\":\"policy\",\"policy\":{\"kind\":\"total\",\"limit\":9}}",
          "n/k {\"n\":5}",
          "n/k {\"n\":6}",
          "n/k {\"n\":4}");

  private final InMemoryRows rows = new InMemoryRows();
  private final Heard heard = new Heard();

  @Test
  void shouldDecideEachRecordOfALog() {
    StandaloneFold fold = open(new LogId(1, 1));

    fold(fold, 4);

    assertThat(heard.decided)
        .containsExactly("n/ ACCEPTED", "n/k ACCEPTED", "n/k REFUSED", "n/k ACCEPTED");
    assertThat(count(fold)).isEqualTo(9);
  }

  @Test
  void shouldGoOnWhereItsRowsStop() {
    StandaloneFold first = open(new LogId(1, 1));
    fold(first, 2);
    first.flush();
    fold(first, 3);

    StandaloneFold second = open(new LogId(1, 1));

    assertThat(second.next()).isEqualTo(2);
    assertThat(count(second)).isEqualTo(5);
    fold(second, 4);
    assertThat(count(second)).isEqualTo(9);
  }

  @Test
  void shouldRefuseRowsOfAnotherLog() {
    StandaloneFold first = open(new LogId(1, 1));
    fold(first, 2);
    first.flush();

    assertThatThrownBy(() -> open(new LogId(1, 2)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("partition 0 is of another log");
  }

  @Test
  void shouldRefuseRowsOfWhichOneIsMissing() {
    StandaloneFold first = open(new LogId(1, 1));
    fold(first, 2);
    first.flush();
    delete("Cn/k");

    assertThatThrownBy(() -> open(new LogId(1, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("the rows of partition 0 are not all of one flush");
  }

  @Test
  void shouldShowAPutTogetherWithThePolicyThatItBrings() {
    StandaloneFold fold = open(new LogId(1, 1));
    var folding = CompletableFuture.runAsync(() -> bringLimits(fold));
    int seen = 0;
    while (!folding.isDone()) {
      PartitionReader.Counted counted = fold.reader().counter(CounterName.of("n", "k"));
      if (counted.state() != null) {
        var policy = (Policy.Total) counted.counting().policy();
        assertThat(policy.limit()).hasValue(BEYOND + counted.state().countAt(AT));
        seen++;
      }
    }
    folding.join();
    assertThat(seen).isPositive();
  }

  /** Each put adds one, and says a limit that is as far away as that of the one before. */
  private static void bringLimits(StandaloneFold fold) {
    for (int i = 1; i <= 100_000; i++) {
      String value = "{\"n\":1,\"policy\":{\"kind\":\"total\",\"limit\":%d}}";
      fold.fold(new Written(fold.next(), "n/k " + value.formatted(BEYOND + i)));
    }
  }

  @Test
  void shouldShowKeptWindowsInACopyOfItsRows() {
    StandaloneFold fold = open(new LogId(1, 1));
    String policy = "{\"kind\":\"window\",\"period\":\"day\",\"keep\":2}";
    fold.fold(new Written(0, "n/ {\"op\":\"policy\",\"policy\":" + policy + "}"));
    for (int day = 0; day < 4; day++) {
      fold.fold(new Written(1 + day, AT + day * DAY, "n/k {\"n\":%d}".formatted(5 + day)));
    }
    fold.flush();

    PartitionReader copy = StandbyView.look(rows, 0, 1);

    KeptWindows kept = copy.counterWithWindows(CounterName.of("n", "k")).windows();
    assertThat(kept.all()).extracting(KeptWindows.Window::n).containsExactly(6L, 7L, 8L);
    assertThat(kept)
        .isEqualTo(fold.reader().counterWithWindows(CounterName.of("n", "k")).windows());
    assertThat(inWindow(copy, kept.all().get(0).span())).containsExactly("k 6");
  }

  private static List<String> inWindow(PartitionReader copy, WindowSpan span) {
    var found = new ArrayList<String>();
    var all = new PartitionReader.KeyRange(ByteString.EMPTY, ByteString.EMPTY);
    var window = new PartitionReader.InWindow(span, AT + 3 * DAY);
    copy.scanWindow(ByteString.utf8("n"), all, window, (key, n) -> found.add(key + " " + n));
    return found;
  }

  private StandaloneFold open(LogId id) {
    var state = new PartitionState(rows, 100);
    return StandaloneFold.open(0, state, TimeSource.SYSTEM, new OnePartition(id), heard);
  }

  private static void fold(StandaloneFold fold, int end) {
    for (long offset = fold.next(); offset < end; offset++) {
      fold.fold(new Written(offset, LOG.get((int) offset)));
    }
  }

  private static long count(StandaloneFold fold) {
    return fold.reader().counter(CounterName.of("n", "k")).state().countAt(AT);
  }

  private void delete(String key) {
    Rows.Writer out = rows.writer();
    out.put(key.getBytes(UTF_8), null);
    out.write();
  }

  private record OnePartition(LogId id) implements FoldedLog {
    @Override
    public int partitions() {
      return 1;
    }

    @Override
    public long endOffset(int partition) {
      return LOG.size();
    }
  }

  /** A record that stands as its key, a space and its value. */
  private record Written(long offset, long timestamp, String text) implements LogRecord {
    Written(long offset, String text) {
      this(offset, AT, text);
    }

    @Override
    public byte[] key() {
      return part(0);
    }

    @Override
    public byte[] value() {
      return part(1);
    }

    private byte[] part(int which) {
      return text.split(" ", 2)[which].getBytes(UTF_8);
    }

    @Override
    public byte[] header(String name) {
      return null;
    }

    @Override
    public boolean hasHeader(String name) {
      return false;
    }

    @Override
    public void forEachHeader(BiConsumer<String, byte[]> action) {}

    @Override
    public long headerBytes() {
      return 0;
    }
  }

  private static final class Heard implements Effects {
    private final List<String> decided = new ArrayList<>();

    @Override
    public void decided(byte[] key, LogRecord record, Decision decision) {
      Outcome outcome = decision.outcome();
      decided.add(new String(key, UTF_8) + " " + outcome);
    }

    @Override
    public void answer(byte[] caller, Decision decision) {}

    @Override
    public void overIds() {}

    @Override
    public void bury(LogRecord record, String reason) {
      throw new AssertionError(reason);
    }

    @Override
    public void forward(int to, byte[] key, LogRecord record, ForwardMark mark) {
      throw new AssertionError("to " + to + " " + Arrays.toString(key));
    }

    @Override
    public void skipped(Skipped reason) {
      throw new AssertionError(reason.toString());
    }
  }
}

package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.countess.answer.KeyPage;
import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import io.countess.client.Page;
import io.countess.client.ProblemException;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;

/** Local state is a copy: whatever is damaged of it is dropped, and restored from the changelog. */
class DamagedStateTest {
  private static final List<List<String>> ROUNDS =
      List.of(
          List.of("MANIFEST-.*", "CURRENT", ".*\\.sst", "OPTIONS-.*"),
          List.of(".*\\.sst", ".*\\.sst", "IDENTITY", "LOCK"),
          List.of("gone", "no directory", "checkpoint", ".*\\.sst"),
          List.of("at the start", "at the start", "at the end", "at the end"),
          List.of("emptied", "emptied", "emptied", "none"));
  private static final int KEYS = 300;
  private static final int MANY_KEYS = 10_000;

  @TempDir Path data;

  private final SplittableRandom random = new SplittableRandom(4711);

  @Test
  void shouldRestoreWhateverIsDamaged() throws Exception {
    for (int round = 0; round <= ROUNDS.size(); round++) {
      try (Countess countess = Alone.start(data, "rocksdb");
          Counts counts = Counts.open(CountsConfig.of(countess.url()))) {
        counts.setPolicy(ByteString.utf8("n"), Policy.Total.unbounded(), OnChange.KEEP);
        for (int i = 0; i < KEYS; i++) {
          CounterName key = CounterName.of("n", "a rather long key, so that it fills blocks " + i);
          assertThat(counts.put(key, 1).count()).as("%d, %s", round, key).hasValue(round + 1);
        }
        assertThat(counts.namespace(ByteString.utf8("n")).totals().keys()).isEqualTo(KEYS);
      }
      if (round < ROUNDS.size()) {
        damage(ROUNDS.get(round));
      }
    }
  }

  @Test
  void shouldNeverListLessWhereABlockIsDamagedWhileItRuns() throws Exception {
    try (Countess countess = Alone.start(data, "rocksdb");
        Counts counts = Counts.open(CountsConfig.of(countess.url()))) {
      counts.setPolicy(ByteString.utf8("n"), Policy.Total.unbounded(), OnChange.KEEP);
      counts.load(new ByteArrayInputStream(lines(MANY_KEYS)));
    }
    try (Countess countess = Alone.start(data, "rocksdb");
        Counts counts = Counts.open(CountsConfig.of(countess.url()))) {
      for (int partition = 0; partition < 4; partition++) {
        damage(state().resolve("0_" + partition), "in the middle");
      }
      assertThatThrownBy(() -> list(counts))
          .isInstanceOf(ProblemException.class)
          .extracting(failure -> ((ProblemException) failure).problem().status())
          .isEqualTo(503);
      await()
          .atMost(Duration.ofSeconds(60))
          .ignoreExceptionsMatching(DamagedStateTest::isNotNow)
          .untilAsserted(() -> assertThat(list(counts)).isEqualTo(MANY_KEYS));
      CounterName key = CounterName.of("n", "a rather long key, so that it fills blocks 1");
      assertThat(counts.put(key, 1).count()).hasValue(2);
    }
  }

  /** Refused, or on a busy machine too late. */
  private static boolean isNotNow(Throwable failure) {
    return failure instanceof ProblemException || failure instanceof UncheckedIOException;
  }

  private static byte[] lines(int keys) {
    return IntStream.range(0, keys)
        .mapToObj(i -> "a rather long key, so that it fills blocks " + i)
        .map("{\"namespace\":\"n\",\"key\":\"%s\"}%n"::formatted)
        .collect(Collectors.joining())
        .getBytes(StandardCharsets.UTF_8);
  }

  private static int list(Counts counts) {
    var page = Page.first(Page.MAX_LIMIT);
    int listed = 0;
    while (true) {
      KeyPage keys =
          counts
              .within(Duration.ofSeconds(2))
              .keys(ByteString.utf8("n"), Optional.empty(), page)
              .value();
      listed += keys.keys().size();
      if (keys.next().isEmpty()) {
        return listed;
      }
      page = page.from(keys.next().get());
    }
  }

  private Path state() {
    return data.resolve("state").resolve("countess");
  }

  private void damage(List<String> kinds) throws IOException, RocksDBException {
    Path state = state();
    Damage.flip(state.resolve("kafka-streams-process-metadata"), random);
    Files.writeString(state.resolve(".lock"), "not empty");
    for (int partition = 0; partition < kinds.size(); partition++) {
      damage(state.resolve("0_" + partition), kinds.get(partition));
    }
  }

  /** As Kafka Streams can leave it: without a row, and as new as it was. */
  private static void empty(Path store) throws RocksDBException {
    var columns = new ArrayList<ColumnFamilyDescriptor>();
    for (byte[] name : RocksDB.listColumnFamilies(new Options(), store.toString())) {
      columns.add(new ColumnFamilyDescriptor(name));
    }
    var handles = new ArrayList<ColumnFamilyHandle>();
    try (var db = RocksDB.open(new DBOptions(), store.toString(), columns, handles)) {
      db.deleteRange(new byte[] {0}, new byte[] {(byte) 0xff});
    }
  }

  private void damage(Path task, String kind) throws IOException, RocksDBException {
    Path store = task.resolve("rocksdb").resolve("counters");
    switch (kind) {
      case "gone" -> Damage.delete(store);
      case "emptied" -> empty(store);
      case "checkpoint" -> Files.writeString(task.resolve(".checkpoint"), "no checkpoint");
      case "no directory" -> {
        Damage.delete(task);
        Files.writeString(task, "no directory");
      }
      case "at the start" -> flipTables(store, size -> 3);
      case "in the middle" -> flipTables(store, size -> size / 2);
      case "at the end" -> flipTables(store, size -> size - 60);
      default -> {
        try (Stream<Path> files = Files.list(store)) {
          for (Path file : files.filter(f -> f.getFileName().toString().matches(kind)).toList()) {
            Damage.flip(file, random);
          }
        }
      }
    }
  }

  private static void flipTables(Path store, LongUnaryOperator place) throws IOException {
    try (Stream<Path> files = Files.list(store)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".sst")).toList()) {
        Damage.flipAt(file, place.applyAsLong(Files.size(file)));
      }
    }
  }
}

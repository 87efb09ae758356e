package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
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
          List.of("emptied", "emptied", "emptied", "none"));
  private static final int KEYS = 300;

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

  private void damage(List<String> kinds) throws IOException, RocksDBException {
    Path state = data.resolve("state").resolve("countess");
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
      default -> {
        try (Stream<Path> files = Files.list(store)) {
          for (Path file : files.filter(f -> f.getFileName().toString().matches(kind)).toList()) {
            Damage.flip(file, random);
          }
        }
      }
    }
  }
}

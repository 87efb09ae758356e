package io.countess.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.streams.state.internals.OffsetCheckpoint;
import org.rocksdb.ColumnFamilyDescriptor;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.ColumnFamilyOptions;
import org.rocksdb.CompactionStyle;
import org.rocksdb.DBOptions;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the stores on disk before Kafka Streams opens them. They are copies: one that can't be
 * opened is dropped, and restored from its changelog. The blocks with its rows are not read for
 * that, which would take seconds for each gigabyte. A damaged block is noticed when it is met.
 *
 * @param root what Kafka Streams keeps of the application
 * @param store its name
 */
record LocalStores(Path root, String store) {
  private static final Logger LOG = LoggerFactory.getLogger(LocalStores.class);
  private static final String TASK = "\\d+_\\d+";
  private static final String CHECKPOINT = ".checkpoint";

  /** Drops what is damaged; only for who holds the lock on the directory. */
  void dropDamaged() {
    if (Files.isDirectory(root)) {
      RocksDB.loadLibrary();
      try (Stream<Path> inside = Files.list(root)) {
        inside.filter(path -> path.getFileName().toString().matches(TASK)).toList().parallelStream()
            .forEach(this::dropIfDamaged);
      } catch (IOException failure) {
        throw new UncheckedIOException("the state in " + root + " can't be listed", failure);
      }
    }
  }

  private void dropIfDamaged(Path task) {
    damage(task)
        .ifPresent(
            damage -> {
              LOG.warn(
                  "The local state in {} is damaged ({}): it is dropped, and restored from its"
                      + " changelog in Kafka. No count is lost.",
                  task,
                  damage);
              delete(task);
            });
  }

  private Optional<String> damage(Path task) {
    if (!Files.isDirectory(task)) {
      return Optional.of("it is no directory");
    }
    Path directory = task.resolve("rocksdb").resolve(store);
    try {
      if (Files.exists(task.resolve(CHECKPOINT))) {
        new OffsetCheckpoint(task.resolve(CHECKPOINT).toFile()).read();
      }
      if (Files.exists(directory)) {
        open(directory.toString());
      }
      return Optional.empty();
    } catch (RocksDBException | IOException | IllegalArgumentException damaged) {
      return Optional.of(String.valueOf(damaged.getMessage()));
    }
  }

  private static void open(String path) throws RocksDBException {
    var columns = new ArrayList<ColumnFamilyDescriptor>();
    try (var options = new Options()) {
      RocksDB.listColumnFamilies(options, path)
          .forEach(name -> columns.add(new ColumnFamilyDescriptor(name, asItIs())));
    }
    if (columns.isEmpty()) {
      // Either nothing was written yet, or it can't be read: that is not told here, but below.
      if (Files.notExists(Path.of(path).resolve("CURRENT"))) {
        return;
      }
      columns.add(new ColumnFamilyDescriptor(RocksDB.DEFAULT_COLUMN_FAMILY, asItIs()));
    }
    List<ColumnFamilyHandle> handles = new ArrayList<>();
    try (var options = new DBOptions();
        var database = RocksDB.open(options, path, columns, handles)) {
      for (int column = 0; column < handles.size(); column++) {
        if (!Arrays.equals(columns.get(column).getName(), RocksDB.DEFAULT_COLUMN_FAMILY)) {
          readAll(database, handles.get(column));
        }
      }
    } finally {
      columns.forEach(column -> column.getOptions().close());
    }
  }

  /** Of what Kafka Streams notes beside the rows: a few, which it reads when it opens the store. */
  private static void readAll(RocksDB database, ColumnFamilyHandle notes) throws RocksDBException {
    try (RocksIterator rows = database.newIterator(notes)) {
      for (rows.seekToFirst(); rows.isValid(); rows.next()) {
        rows.value();
      }
      rows.status();
    }
  }

  private static ColumnFamilyOptions asItIs() {
    return new ColumnFamilyOptions()
        .setCompactionStyle(CompactionStyle.UNIVERSAL)
        .setDisableAutoCompactions(true);
  }

  private static void delete(Path task) {
    try (Stream<Path> walk = Files.walk(task)) {
      for (Path path : walk.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException("damaged state in " + task + " can't be deleted", failure);
    }
  }
}

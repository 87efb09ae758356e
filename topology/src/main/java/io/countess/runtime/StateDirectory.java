package io.countess.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The directory of local state. State that has not been used for longer than changelogs keep their
 * tombstones might miss some, and would bring deleted counters back: it is discarded. So is state
 * that was last used in times to come, as after a clock that was ahead: nobody knows how old it is.
 * While state is in use a file says so, which a process that is killed leaves behind.
 */
final class StateDirectory {
  private static final Duration GOOD_FOR = Duration.ofDays(6);

  /** Tombstones are kept for a day longer than state is good for: clocks may err by as much. */
  private static final Duration CLOCKS_ERR_BY = Duration.ofDays(1);

  private static final String STAMP = "last-used";
  private static final String IN_USE = "in-use";

  private final Path root;

  StateDirectory(Path root) {
    this.root = root;
  }

  /** Makes the directory where there is none, and empties it where it is too old. */
  boolean prepare(Instant now) {
    try {
      Files.createDirectories(root);
      Path stamp = root.resolve(STAMP);
      boolean old =
          Files.exists(stamp) && !isGood(Files.getLastModifiedTime(stamp).toInstant(), now);
      if (old) {
        discard();
      }
      touch(now);
      return old;
    } catch (IOException failure) {
      throw unusable(failure);
    }
  }

  private static boolean isGood(Instant used, Instant now) {
    return !used.isBefore(now.minus(GOOD_FOR)) && !used.isAfter(now.plus(CLOCKS_ERR_BY));
  }

  /**
   * Takes the state into use; only for who holds the lock that Kafka Streams has on it.
   *
   * @return whether it was left in use, so that it may hold what was never committed
   */
  boolean open() {
    try {
      Path inUse = root.resolve(IN_USE);
      boolean left = Files.exists(inUse);
      if (!left) {
        Files.createFile(inUse);
      }
      return left;
    } catch (IOException failure) {
      throw unusable(failure);
    }
  }

  /** Says that the state was left as it should be. */
  void close() {
    try {
      Files.deleteIfExists(root.resolve(IN_USE));
    } catch (IOException failure) {
      throw unusable(failure);
    }
  }

  /** Says that the state has been used now. */
  void touch(Instant now) {
    try {
      Path stamp = root.resolve(STAMP);
      if (Files.notExists(stamp)) {
        Files.createFile(stamp);
      }
      Files.setLastModifiedTime(stamp, FileTime.from(now));
    } catch (IOException failure) {
      throw unusable(failure);
    }
  }

  private UncheckedIOException unusable(IOException failure) {
    return new UncheckedIOException("the state directory " + root + " can't be used", failure);
  }

  private void discard() throws IOException {
    List<Path> inside;
    try (Stream<Path> all = Files.walk(root)) {
      inside = all.filter(path -> !path.equals(root)).sorted(Comparator.reverseOrder()).toList();
    }
    for (Path path : inside) {
      Files.delete(path);
    }
  }
}

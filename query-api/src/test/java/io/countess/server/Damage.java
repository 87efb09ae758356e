package io.countess.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** What can happen to the files of a service that is stopped. */
final class Damage {
  private static final String CHANGELOG = "countess-counters-changelog-";
  private static final int PARTITIONS = 4;

  /** The base offset of a batch, and behind it how many bytes follow these two. */
  private static final int BATCH_LENGTH = 8;

  private static final int BATCH_HEAD = 12;

  private final Path data;
  private final SplittableRandom random;

  Damage(Path data, SplittableRandom random) {
    this.data = data;
    this.random = random;
  }

  /** Damages the changelog of some partitions, each in its own way; says what was done. */
  String strike() throws IOException {
    var done = new StringBuilder();
    // As after a crash: the broker looks at what it finds, and cuts it where it is not whole.
    delete(data.resolve("kafka").resolve(".kafka_cleanshutdown"));
    for (int partition = 0; partition < PARTITIONS; partition++) {
      done.append(strike(data.resolve("kafka").resolve(CHANGELOG + partition))).append(", ");
    }
    if (random.nextBoolean()) {
      delete(data.resolve("state"));
      done.append("without local state");
    }
    return done.toString();
  }

  private String strike(Path partition) throws IOException {
    Path segment = segment(partition);
    long size = Files.size(segment);
    switch (random.nextInt(6)) {
      case 0:
        return "whole";
      case 1:
        delete(segment);
        return "deleted";
      case 2:
        delete(partition);
        return "deleted with its directory";
      case 3:
        long cut = random.nextLong(size + 1);
        try (var file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
          file.truncate(cut);
        }
        return "cut at " + cut + " of " + size;
      case 4:
        return "without " + cutOut(segment);
      default:
        return "flipped at " + flip(segment, random) + " of " + size;
    }
  }

  /**
   * Takes some batches out of the middle, as where a segment is deleted: a compacted topic has gaps
   * anyway, and the broker sees nothing wrong.
   */
  private String cutOut(Path segment) throws IOException {
    ByteBuffer log = ByteBuffer.wrap(Files.readAllBytes(segment));
    var batches = new ArrayList<Integer>();
    int at = 0;
    while (at + BATCH_HEAD <= log.limit() && log.getInt(at + BATCH_LENGTH) > 0) {
      batches.add(at);
      at += BATCH_HEAD + log.getInt(at + BATCH_LENGTH);
    }
    if (batches.size() < 3) {
      return "none";
    }
    int first = 1 + random.nextInt(batches.size() - 2);
    int end = first + 1 + random.nextInt(batches.size() - 1 - first);
    try (var file = FileChannel.open(segment, StandardOpenOption.WRITE)) {
      log.position(batches.get(end)).limit(at);
      int kept = file.write(log.slice(), batches.get(first));
      file.truncate(batches.get(first) + kept);
    }
    return "%d-%d of %d".formatted(batches.get(first), batches.get(end), at);
  }

  /** Changes one byte of a file, if it has any; says which. */
  static long flip(Path path, SplittableRandom random) throws IOException {
    long size = Files.size(path);
    long at = size == 0 ? 0 : random.nextLong(size);
    flipAt(path, at);
    return at;
  }

  /** Changes the byte at a place of a file, if it has one. */
  static void flipAt(Path path, long at) throws IOException {
    try (var file = FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      var one = ByteBuffer.allocate(1);
      if (file.read(one, at) == 1) {
        file.write(ByteBuffer.wrap(new byte[] {(byte) (one.get(0) ^ 0x41)}), at);
      }
    }
  }

  private static Path segment(Path partition) throws IOException {
    try (Stream<Path> files = Files.list(partition)) {
      return files
          .filter(file -> file.toString().endsWith(".log"))
          .max(Comparator.naturalOrder())
          .orElseThrow();
    }
  }

  /** Deletes a file or a directory, if it is there. */
  static void delete(Path path) throws IOException {
    List<Path> all;
    if (Files.notExists(path)) {
      return;
    }
    try (Stream<Path> walk = Files.walk(path)) {
      all = walk.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path each : all) {
      Files.delete(each);
    }
  }
}

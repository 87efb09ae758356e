package io.countess.server;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/** What can happen to the files of a service that is stopped. */
final class Damage {
  private static final String CHANGELOG = "countess-counters-changelog-";
  private static final int PARTITIONS = 4;

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
    switch (random.nextInt(5)) {
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
      default:
        return "flipped at " + flip(segment, random) + " of " + size;
    }
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

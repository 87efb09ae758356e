package io.countess.door.envoy;

import io.countess.door.FileProblems;
import io.countess.event.ByteOrderMark;
import io.countess.event.InvalidInputException;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

/**
 * Where the configuration is: a file, or all of a directory whose names end in {@code .yaml} or
 * {@code .yml}.
 */
record RuleFiles(Path path) {
  /** The setting that names it. */
  static final String SETTING = "envoy-config";

  private static final int MOST_FILES = 1000;
  private static final long MOST_BYTES = 8L << 20;

  /**
   * Reads all of it.
   *
   * @throws InvalidInputException naming the file, the line, and what is wrong there
   */
  Rules read() {
    var reader = new RuleReader();
    for (Path file : files()) {
      reader.add(file.toString(), text(file));
    }
    return reader.read();
  }

  /**
   * By what a file is told from the one that stood there before.
   *
   * @param key of the file, where the system has such; another one where a link leads elsewhere now
   */
  record Stamp(Path file, FileTime modified, long size, Object key) {}

  /** The stamps of all files; none where they can't be read. */
  List<Stamp> stamps() {
    try {
      var stamps = new ArrayList<Stamp>();
      for (Path file : files()) {
        var it = Files.readAttributes(file, BasicFileAttributes.class);
        stamps.add(new Stamp(file, it.lastModifiedTime(), it.size(), String.valueOf(it.fileKey())));
      }
      return stamps;
    } catch (IOException | InvalidInputException gone) {
      return List.of();
    }
  }

  private List<Path> files() {
    if (!Files.isDirectory(path)) {
      return List.of(path);
    }
    var files = new ArrayList<Path>();
    try (DirectoryStream<Path> all = Files.newDirectoryStream(path, "[!.]*.{yaml,yml}")) {
      all.forEach(files::add);
    } catch (IOException unreadable) {
      throw unreadable(path, unreadable);
    }
    if (files.isEmpty() || files.size() > MOST_FILES) {
      throw new InvalidInputException(
          SETTING,
          "%s holds %d files that end in .yaml; there must be 1 to %d"
              .formatted(path, files.size(), MOST_FILES));
    }
    files.sort(null);
    return files;
  }

  private static String text(Path file) {
    try {
      if (Files.size(file) > MOST_BYTES) {
        throw new InvalidInputException(SETTING, file + " has more than " + MOST_BYTES + " bytes");
      }
      return ByteOrderMark.readFile(file);
    } catch (IOException unreadable) {
      throw unreadable(file, unreadable);
    }
  }

  private static InvalidInputException unreadable(Path file, IOException why) {
    return new InvalidInputException(SETTING, file + " can't be read: " + FileProblems.reason(why));
  }
}

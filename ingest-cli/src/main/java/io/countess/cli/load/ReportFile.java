package io.countess.cli.load;

import io.countess.answer.LineOutcome;
import io.countess.answer.LineResult;
import io.countess.answer.codec.LineResultJson;
import io.countess.cli.console.ExitCode;
import io.countess.cli.console.FailedException;
import io.countess.client.LoadSummary.Rejection;
import io.countess.event.codec.Json;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * Lines that did not count, or would not have, as NDJSON: {@code file}, {@code line}, {@code
 * outcome}, and where they are known {@code namespace}, {@code key} and {@code reason}. Many
 * threads may add. Where it can't be written the load goes on, and its end tells.
 */
final class ReportFile implements AutoCloseable {
  private final Path path;
  private final OutputStream out;
  private IOException failure;
  private boolean isEmpty = true;

  private ReportFile(Path path, OutputStream out) {
    this.path = path;
    this.out = out;
  }

  /**
   * Makes the file.
   *
   * @throws FailedException where there is one already, or it can't be made
   */
  static ReportFile create(Path path) {
    try {
      var file =
          Files.newOutputStream(path, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
      return new ReportFile(path, new BufferedOutputStream(file));
    } catch (FileAlreadyExistsException there) {
      String message =
          "--report %s is there already; name a new file, or remove it".formatted(path);
      throw new FailedException(ExitCode.USAGE, message, there);
    } catch (IOException unwritable) {
      boolean isNowhere = unwritable instanceof NoSuchFileException;
      String why = isNowhere ? "there is no such directory" : reason(unwritable);
      String message = "--report %s can't be written: %s".formatted(path, why);
      throw new FailedException(ExitCode.USAGE, message, unwritable);
    }
  }

  /** Adds a line that the server told of. */
  synchronized void add(String file, LineResult line) {
    if (failure != null) {
      return;
    }
    isEmpty = false;
    try {
      out.write(
          Json.object(
              json -> {
                json.writeStringField("file", file);
                LineResultJson.write(line, json);
              }));
      out.write('\n');
    } catch (IOException unwritable) {
      failure = unwritable;
    }
  }

  /** Adds a line that could not become an event, and was not sent. */
  void add(String file, Rejection line) {
    var reason = Optional.of(line.reason());
    add(file, new LineResult(line.line(), LineOutcome.REJECTED, Optional.empty(), reason));
  }

  /** Hands over what was added. */
  synchronized void flush() {
    try {
      out.flush();
    } catch (IOException unwritable) {
      failure = failure == null ? unwritable : failure;
    }
  }

  /** Why it does not hold all lines, if it does not. */
  synchronized Optional<String> failure() {
    return Optional.ofNullable(failure)
        .map(why -> "%s can't be written any further: %s".formatted(path, reason(why)));
  }

  @Override
  public synchronized void close() {
    try {
      out.close();
    } catch (IOException unwritable) {
      failure = failure == null ? unwritable : failure;
    }
  }

  /** Closes it where nothing was done: an empty file would be in the way of the next try. */
  synchronized void abandon() {
    close();
    try {
      if (isEmpty) {
        Files.delete(path);
      }
    } catch (IOException stays) {
      failure = failure == null ? stays : failure;
    }
  }

  private static String reason(IOException why) {
    return Source.reason(why);
  }
}

package io.countess.door.tenants;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.door.FileProblems;
import io.countess.event.InvalidInputException;
import io.countess.event.codec.Json;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Writes each request down, a line of JSON each. */
final class AccessLog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(AccessLog.class);
  private static final Pattern UUID =
      Pattern.compile(
          "\\p{XDigit}{8}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{4}-\\p{XDigit}{12}");
  private static final double NANOS_PER_MILLI = 1e6;

  private final Optional<BufferedWriter> file;
  private boolean hasFailed;

  private AccessLog(Optional<BufferedWriter> file) {
    this.file = file;
  }

  /**
   * Opens it.
   *
   * @param path nowhere where it is empty; what is in the file stays
   * @throws InvalidInputException where the file can't be written
   */
  static AccessLog open(Optional<Path> path) {
    return new AccessLog(path.map(AccessLog::append));
  }

  private static BufferedWriter append(Path path) {
    try {
      return Files.newBufferedWriter(path, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    } catch (IOException failure) {
      throw new InvalidInputException(
          "tenants-access-log", path + " can't be written: " + FileProblems.reason(failure));
    }
  }

  /** A request with its answer. */
  record Line(String requestId, String method, String path, ApiReply reply, long nanos) {}

  void write(Line line) {
    if (file.isPresent()) {
      write(file.get(), Json.object(out -> write(out, line)));
    }
  }

  private static void write(JsonGenerator out, Line line) throws IOException {
    int status = line.reply().status();
    out.writeStringField("level", status >= 500 ? "error" : status >= 400 ? "warn" : "info");
    out.writeStringField("time", GoTime.format(System.currentTimeMillis()));
    out.writeStringField("request_id", line.requestId());
    out.writeStringField("method", line.method());
    out.writeStringField("path", UUID.matcher(line.path()).replaceAll(":id"));
    out.writeNumberField("status", status);
    out.writeNumberField("duration_ms", line.nanos() / NANOS_PER_MILLI);
    if (status >= 400) {
      out.writeStringField("error", new String(line.reply().body(), StandardCharsets.UTF_8));
    }
  }

  /** Each line is there at once, for whoever follows the file. */
  private synchronized void write(BufferedWriter out, byte[] line) {
    try {
      out.write(new String(line, StandardCharsets.UTF_8));
      out.newLine();
      out.flush();
      hasFailed = false;
    } catch (IOException failure) {
      if (!hasFailed) {
        LOG.warn("requests can't be written down: {}", FileProblems.reason(failure));
      }
      hasFailed = true;
    }
  }

  @Override
  public synchronized void close() {
    try {
      if (file.isPresent()) {
        file.get().close();
      }
    } catch (IOException failure) {
      LOG.warn("requests can't be written down: {}", FileProblems.reason(failure));
    }
  }
}

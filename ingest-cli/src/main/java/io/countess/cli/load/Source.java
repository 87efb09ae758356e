package io.countess.cli.load;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.FailedException;
import io.countess.cli.console.Terminal;
import io.countess.event.ByteOrderMark;
import io.countess.event.codec.GunzipStream;
import java.io.BufferedInputStream;
import java.io.FileInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/**
 * What is loaded.
 *
 * @param name as it was given
 * @param lines its bytes, unpacked
 * @param packed counts the bytes as they are read, before they are unpacked
 * @param packedBytes how many there are, where that is known
 */
record Source(String name, InputStream lines, Meter packed, OptionalLong packedBytes) {
  /** A process may open the second one anew, which a pipe does not always allow. */
  private static final List<String> STANDARD_INPUT = List.of("-", "/dev/stdin");

  private static final OptionalLong NONE = OptionalLong.empty();
  private static final int BUFFER_BYTES = 64 * 1024;

  static boolean isStandardInput(String name) {
    return STANDARD_INPUT.contains(name);
  }

  /**
   * Opens a file or a pipe, or standard input for {@code -}; either may be packed with gzip.
   *
   * @throws FailedException where it can't be read
   */
  static Source open(String name, Terminal terminal) {
    try {
      if (isStandardInput(name)) {
        return of(name, terminal.in(), NONE);
      }
      var file = Path.of(name);
      var size = Files.isRegularFile(file) ? OptionalLong.of(Files.size(file)) : NONE;
      return of(name, open(file), size);
    } catch (IOException unreadable) {
      throw new FailedException(
          ExitCode.USAGE, name + " can't be read: " + reason(unreadable), unreadable);
    }
  }

  /** On Java 17 a channel asks a pipe how far it is read, which a pipe can't say. */
  private static InputStream open(Path file) throws IOException {
    boolean isPipe = Files.exists(file) && !Files.isRegularFile(file) && !Files.isDirectory(file);
    return isPipe ? new FileInputStream(file.toFile()) : Files.newInputStream(file);
  }

  private static Source of(String name, InputStream in, OptionalLong size) throws IOException {
    var packed = new Meter(in);
    var buffered = new BufferedInputStream(packed, BUFFER_BYTES);
    var lines = isGzip(buffered) ? new GunzipStream(buffered) : buffered;
    return new Source(name, ByteOrderMark.without(lines), packed, size);
  }

  /** Why a file can't be used. */
  static String reason(IOException unreadable) {
    if (unreadable instanceof NoSuchFileException) {
      return "there is no such file";
    }
    return unreadable instanceof AccessDeniedException
        ? "access is denied"
        : unreadable.getMessage();
  }

  private static boolean isGzip(BufferedInputStream in) throws IOException {
    in.mark(2);
    byte[] magic = in.readNBytes(2);
    in.reset();
    return magic.length == 2 && magic[0] == 0x1f && magic[1] == (byte) 0x8b;
  }
}

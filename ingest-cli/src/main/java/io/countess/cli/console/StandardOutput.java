package io.countess.cli.console;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Optional;

/** Standard output or error of the process, which remembers why it could not be written. */
final class StandardOutput extends PrintStream {
  private static final int BUFFER_BYTES = 16 * 1024;

  private final Remembering file;

  private StandardOutput(Remembering file, boolean flushEachLine) {
    super(new BufferedOutputStream(file, BUFFER_BYTES), flushEachLine, StandardCharsets.UTF_8);
    this.file = file;
  }

  static StandardOutput of(FileDescriptor descriptor, boolean flushEachLine) {
    return new StandardOutput(new Remembering(descriptor), flushEachLine);
  }

  /** Standard output that was closed when the process was started: nothing can be written. */
  static StandardOutput closed() {
    return of(new FileDescriptor(), false);
  }

  /** Why not all of it was written; nothing where the reader went away, as head does. */
  Optional<String> failure() {
    flush();
    return Optional.ofNullable(file.failure)
        .map(IOException::getMessage)
        .filter(why -> !why.toLowerCase(Locale.ROOT).contains("broken pipe"));
  }

  private static final class Remembering extends FileOutputStream {
    private final boolean isOpen;
    private volatile IOException failure;

    Remembering(FileDescriptor descriptor) {
      super(descriptor);
      isOpen = descriptor.valid();
    }

    @Override
    public void write(byte[] bytes, int from, int length) throws IOException {
      try {
        if (!isOpen) {
          throw new IOException("it is closed");
        }
        super.write(bytes, from, length);
      } catch (IOException failed) {
        failure = failed;
        throw failed;
      }
    }
  }
}

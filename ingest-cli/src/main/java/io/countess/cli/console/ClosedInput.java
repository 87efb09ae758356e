package io.countess.cli.console;

import java.io.IOException;
import java.io.InputStream;

/** Standard input that was closed when the process was started: not even empty. */
final class ClosedInput extends InputStream {
  @Override
  public int read() throws IOException {
    throw new IOException("standard input is closed");
  }
}

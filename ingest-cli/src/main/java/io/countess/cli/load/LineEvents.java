package io.countess.cli.load;

import java.io.IOException;
import java.io.InputStream;

/** The events of a source whose lines have a form. */
final class LineEvents extends EventStream {
  private final InputStream in;
  private final LineForm form;
  private final BoundedLines lines;
  private long number;

  LineEvents(InputStream in, LineForm form, Tally tally) {
    super(tally);
    this.in = in;
    this.form = form;
    this.lines = new BoundedLines(in, form.mostBytes());
  }

  @Override
  byte[] next() throws IOException {
    if (!lines.next()) {
      return null;
    }
    number++;
    if (lines.isTooLong()) {
      String reason = "%s is %d bytes long; at most %d bytes are allowed";
      return rejected(number, reason.formatted(form.what(), lines.length(), form.mostBytes()));
    }
    return lines.isBlank() ? BLANK : line(number, () -> form.read(lines.line()));
  }

  @Override
  boolean isReady() {
    return lines.isReady();
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

package io.countess.door.http;

import java.io.IOException;
import java.io.OutputStream;

/** What follows the head of a reply. */
sealed interface Body {
  /** Writes it all. */
  void writeTo(OutputStream out) throws IOException;

  /** All of it in memory, with its length in the head. */
  record Whole(byte[] bytes) implements Body {
    @Override
    public void writeTo(OutputStream out) throws IOException {
      out.write(bytes);
    }
  }

  /**
   * Written as it is sent, at the pace of its reader, on the thread that answers: a listing of any
   * length takes no memory. What fails on the way cuts the connection off, so that nobody takes it
   * for all.
   */
  record Streamed(Writer writer) implements Body {
    @Override
    public void writeTo(OutputStream out) throws IOException {
      writer.write(out);
    }
  }

  /** Writes a body. */
  interface Writer {
    void write(OutputStream out) throws IOException;
  }
}

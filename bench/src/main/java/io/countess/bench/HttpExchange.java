package io.countess.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * A keep-alive connection. Knows of HTTP what is needed to see that an answer is complete and good:
 * the status, which has to be 200, and {@code Content-Length}.
 */
final class HttpExchange extends StreamExchange {
  private static final int MAX_ANSWER_BYTES = 16 * 1024;
  private static final String LENGTH = "\r\ncontent-length:";

  private int expectedBytes;

  HttpExchange(InetSocketAddress server, Selector selector) throws IOException {
    super(server, selector, MAX_ANSWER_BYTES);
  }

  @Override
  void begin() {
    expectedBytes = 0;
  }

  @Override
  boolean isComplete(byte[] bytes, int length) {
    if (expectedBytes == 0) {
      expectedBytes = expected(bytes, length);
    }
    return expectedBytes > 0 && length >= expectedBytes;
  }

  /** How many bytes the whole answer has; 0 where that is not known yet. */
  private static int expected(byte[] bytes, int length) {
    int head = endOfHead(bytes, length);
    if (head < 0) {
      return 0;
    }
    var text = new String(bytes, 0, head, StandardCharsets.ISO_8859_1);
    if (!text.startsWith("HTTP/1.1 200")) {
      throw new BenchException("the server answered " + text.lines().findFirst().orElse(""));
    }
    int at = text.toLowerCase(Locale.ROOT).indexOf(LENGTH);
    if (at < 0) {
      throw new BenchException("the server's answer has no Content-Length");
    }
    int from = at + LENGTH.length();
    int to = text.indexOf('\r', from);
    return head + Integer.parseInt(text.substring(from, to).strip());
  }

  /** Where it ends: behind an empty line. */
  private static int endOfHead(byte[] bytes, int length) {
    for (int i = 0; i + 4 <= length; i++) {
      if (bytes[i] == '\r'
          && bytes[i + 1] == '\n'
          && bytes[i + 2] == '\r'
          && bytes[i + 3] == '\n') {
        return i + 4;
      }
    }
    return -1;
  }
}

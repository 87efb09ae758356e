package io.countess.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;

/**
 * A connection that speaks the Redis protocol. A request of it is a number of commands in one
 * piece, and is answered when each of them is. Knows integers, strings and errors.
 */
final class RespExchange extends StreamExchange {
  private static final int MAX_ANSWER_BYTES = 64 * 1024;

  private final int commands;
  private int at;
  private int answered;

  /**
   * Connects.
   *
   * @param commands of each request
   */
  RespExchange(InetSocketAddress server, int commands, Selector selector) throws IOException {
    super(server, selector, MAX_ANSWER_BYTES);
    this.commands = commands;
  }

  @Override
  void begin() {
    at = 0;
    answered = 0;
  }

  @Override
  boolean isComplete(byte[] bytes, int length) {
    int end = endOfReply(bytes, length);
    while (end > 0) {
      at = end;
      answered++;
      end = endOfReply(bytes, length);
    }
    return answered == commands;
  }

  /** Where the reply ends that begins at {@code at}; 0 where not all of it is there. */
  private int endOfReply(byte[] bytes, int length) {
    int end = endOfLine(bytes, length);
    if (end == 0) {
      return 0;
    }
    byte type = bytes[at];
    var line = new String(bytes, at + 1, end - 2 - at - 1, StandardCharsets.ISO_8859_1);
    if (type == '$') {
      int text = Integer.parseInt(line);
      int all = text < 0 ? end : end + text + 2;
      return all <= length ? all : 0;
    }
    if (type != ':' && type != '+') {
      throw new BenchException("the server answered " + (char) type + line);
    }
    return end;
  }

  private int endOfLine(byte[] bytes, int length) {
    for (int i = at; i + 1 < length; i++) {
      if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
        return i + 2;
      }
    }
    return 0;
  }
}

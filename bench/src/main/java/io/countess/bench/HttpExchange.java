package io.countess.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One keep-alive connection that has one request under way at a time. Knows of HTTP what is needed
 * to see that an answer is complete and good: the status and {@code Content-Length}.
 */
final class HttpExchange implements Exchange {
  private static final int MAX_ANSWER_BYTES = 16 * 1024;
  private static final byte[] END_OF_HEAD = "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1);
  private static final String LENGTH = "\r\ncontent-length:";

  private final SocketChannel channel;
  private final ByteBuffer answer = ByteBuffer.allocate(MAX_ANSWER_BYTES);
  private long sentNanos;
  private int expectedBytes;

  private HttpExchange(SocketChannel channel) {
    this.channel = channel;
  }

  /** Connects, and will be selected when something can be read. */
  static HttpExchange open(InetSocketAddress server, Selector selector) throws IOException {
    SocketChannel channel = SocketChannel.open(server);
    channel.socket().setTcpNoDelay(true);
    channel.configureBlocking(false);
    var exchange = new HttpExchange(channel);
    channel.register(selector, SelectionKey.OP_READ, exchange);
    return exchange;
  }

  @Override
  public void send(byte[] request) throws IOException {
    answer.clear();
    expectedBytes = 0;
    sentNanos = System.nanoTime();
    // Far smaller than a socket's buffer, which is empty: it goes out in one piece.
    if (channel.write(ByteBuffer.wrap(request)) != request.length) {
      throw new BenchException("a request could not be sent in one piece");
    }
  }

  @Override
  public long sentNanos() {
    return sentNanos;
  }

  @Override
  public boolean read() throws IOException {
    if (channel.read(answer) < 0) {
      throw new BenchException("the server closed a connection");
    }
    if (expectedBytes == 0) {
      expectedBytes = expected();
    }
    return expectedBytes > 0 && answer.position() >= expectedBytes;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** How many bytes the whole answer has; 0 where that is not known yet. */
  private int expected() {
    int head = endOfHead();
    if (head < 0) {
      return 0;
    }
    var text = new String(answer.array(), 0, head, StandardCharsets.ISO_8859_1);
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

  private int endOfHead() {
    byte[] bytes = answer.array();
    for (int i = 0; i + END_OF_HEAD.length <= answer.position(); i++) {
      if (bytes[i] == '\r'
          && bytes[i + 1] == '\n'
          && bytes[i + 2] == '\r'
          && bytes[i + 3] == '\n') {
        return i + END_OF_HEAD.length;
      }
    }
    return -1;
  }
}

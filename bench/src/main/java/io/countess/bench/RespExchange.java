package io.countess.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;

/**
 * A connection that speaks the Redis protocol. A request of it is a number of commands in one
 * piece, and is answered when each of them is. Knows integers, strings and errors.
 */
final class RespExchange implements Exchange {
  private static final int MAX_ANSWER_BYTES = 64 * 1024;

  private final SocketChannel channel;
  private final int commands;
  private final ByteBuffer answer = ByteBuffer.allocate(MAX_ANSWER_BYTES);
  private long sentNanos;
  private int at;
  private int answered;

  private RespExchange(SocketChannel channel, int commands) {
    this.channel = channel;
    this.commands = commands;
  }

  /**
   * Connects, and will be selected when something can be read.
   *
   * @param commands of each request
   */
  static RespExchange open(InetSocketAddress server, int commands, Selector selector)
      throws IOException {
    SocketChannel channel = SocketChannel.open(server);
    channel.socket().setTcpNoDelay(true);
    channel.configureBlocking(false);
    var exchange = new RespExchange(channel, commands);
    channel.register(selector, SelectionKey.OP_READ, exchange);
    return exchange;
  }

  @Override
  public void send(byte[] request) throws IOException {
    answer.clear();
    at = 0;
    answered = 0;
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
    int end = endOfReply();
    while (end > 0) {
      at = end;
      answered++;
      end = endOfReply();
    }
    return answered == commands;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }

  /** Where the reply ends that begins at {@code at}; 0 where not all of it is there. */
  private int endOfReply() {
    int end = endOfLine();
    if (end == 0) {
      return 0;
    }
    byte type = answer.array()[at];
    if (type == '$') {
      int length = Integer.parseInt(line(end));
      int all = length < 0 ? end : end + length + 2;
      return all <= answer.position() ? all : 0;
    }
    if (type != ':' && type != '+') {
      throw new BenchException("the server answered " + (char) type + line(end));
    }
    return end;
  }

  private String line(int end) {
    return new String(answer.array(), at + 1, end - 2 - at - 1, StandardCharsets.ISO_8859_1);
  }

  private int endOfLine() {
    byte[] bytes = answer.array();
    for (int i = at; i + 1 < answer.position(); i++) {
      if (bytes[i] == '\r' && bytes[i + 1] == '\n') {
        return i + 2;
      }
    }
    return 0;
  }
}

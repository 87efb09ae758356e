package io.countess.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;

/** An exchange over a connection of TCP that is kept. */
abstract class StreamExchange implements Exchange {
  private final SocketChannel channel;
  private final ByteBuffer answer;
  private long sentNanos;

  /**
   * Connects, and will be selected when something can be read.
   *
   * @param mostBytes of an answer
   */
  StreamExchange(InetSocketAddress server, Selector selector, int mostBytes) throws IOException {
    answer = ByteBuffer.allocate(mostBytes);
    channel = SocketChannel.open(server);
    channel.socket().setTcpNoDelay(true);
    channel.configureBlocking(false);
    channel.register(selector, SelectionKey.OP_READ, this);
  }

  /** Begins to look for an answer, before the request of it is sent. */
  abstract void begin();

  /**
   * Whether an answer is complete.
   *
   * @param bytes of which the first {@code length} are those that have come
   * @throws BenchException where it is not a good one
   */
  abstract boolean isComplete(byte[] bytes, int length);

  @Override
  public final void send(byte[] request) throws IOException {
    answer.clear();
    begin();
    sentNanos = System.nanoTime();
    // Far smaller than a socket's buffer, which is empty: it goes out in one piece.
    if (channel.write(ByteBuffer.wrap(request)) != request.length) {
      throw new BenchException("a request could not be sent in one piece");
    }
  }

  @Override
  public final long sentNanos() {
    return sentNanos;
  }

  @Override
  public final boolean read() throws IOException {
    if (channel.read(answer) < 0) {
      throw new BenchException("the server closed a connection");
    }
    return isComplete(answer.array(), answer.position());
  }

  @Override
  public final void close() throws IOException {
    channel.close();
  }
}

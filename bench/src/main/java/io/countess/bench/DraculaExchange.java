package io.countess.bench;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A socket that speaks Dracula's protocol over UDP, without a secret. */
final class DraculaExchange implements Exchange {
  private static final int BYTES = 1500;
  private static final int HASH_AT = 2;
  private static final int HASH_BYTES = 8;
  private static final int ID_AT = 11;
  private static final int NAMESPACE_AT = 16;
  private static final int DATA_AT = 81;

  private final DatagramChannel channel;
  private final ByteBuffer answer = ByteBuffer.allocate(BYTES);
  private byte command;
  private long sentNanos;

  private DraculaExchange(DatagramChannel channel) {
    this.channel = channel;
  }

  /** Opens one, which will be selected when something can be read. */
  static DraculaExchange open(InetSocketAddress server, Selector selector) throws IOException {
    DatagramChannel channel = DatagramChannel.open().connect(server);
    channel.configureBlocking(false);
    var exchange = new DraculaExchange(channel);
    channel.register(selector, SelectionKey.OP_READ, exchange);
    return exchange;
  }

  /** A request about a key. */
  static byte[] request(char command, String namespace, String key) {
    byte[] packet = new byte[BYTES];
    Arrays.fill(packet, (byte) ' ');
    packet[0] = (byte) command;
    Arrays.fill(packet, ID_AT, ID_AT + 4, (byte) 1);
    copy(namespace, packet, NAMESPACE_AT);
    copy(key, packet, DATA_AT);
    // What would be hashed, without a secret before it.
    byte[] start = new byte[HASH_BYTES];
    System.arraycopy(packet, ID_AT, start, 0, 4);
    System.arraycopy(packet, NAMESPACE_AT, start, 4, 4);
    System.arraycopy(start, 0, packet, HASH_AT, HASH_BYTES);
    return packet;
  }

  private static void copy(String text, byte[] packet, int at) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(bytes, 0, packet, at, bytes.length);
  }

  @Override
  public void send(byte[] request) throws IOException {
    command = request[0];
    sentNanos = System.nanoTime();
    if (channel.write(ByteBuffer.wrap(request)) != request.length) {
      throw new BenchException("a datagram could not be sent");
    }
  }

  @Override
  public long sentNanos() {
    return sentNanos;
  }

  @Override
  public boolean read() throws IOException {
    answer.clear();
    if (channel.read(answer) == 0) {
      return false;
    }
    if (answer.get(0) != command) {
      String text =
          new String(answer.array(), DATA_AT, BYTES - DATA_AT, StandardCharsets.ISO_8859_1);
      throw new BenchException("Dracula's door answered " + text.strip());
    }
    return true;
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}

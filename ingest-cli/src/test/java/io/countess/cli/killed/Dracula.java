package io.countess.cli.killed;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Puts by packets of Dracula over UDP. */
final class Dracula implements Client {
  private static final int BYTES = 1500;
  private static final int DATA_AT = 81;
  private static final Duration TTL = Duration.ofHours(1);

  private final int port;
  private final Peer putting;
  private final Peer reading;

  Dracula(int port) throws IOException {
    this.port = port;
    putting = new Peer(port);
    reading = new Peer(port);
  }

  @Override
  public List<String> flags() {
    return List.of(
        "--default-ttl=" + TTL.toHours() + "h",
        "--dracula",
        "--dracula-rest-port=off",
        "--dracula-port=" + port);
  }

  @Override
  public boolean isServed() throws IOException {
    return reading.count().isPresent();
  }

  @Override
  public int enough() {
    return 300;
  }

  @Override
  public void count(Books books) throws IOException {
    try {
      Optional<byte[]> answer = putting.ask('P');
      if (answer.isPresent() && answer.get()[0] == 'P') {
        books.answer();
      } else if (answer.isEmpty() || Peer.text(answer.get()).startsWith("may have been")) {
        books.lose(1);
      } else {
        books.pause();
      }
    } catch (PortUnreachableException nobody) {
      books.pause();
    }
  }

  @Override
  public void check(Books books) throws IOException {
    books.check(reading.count().orElseThrow());
  }

  @Override
  public void close() {
    putting.close();
    reading.close();
  }

  /** One request at a time, each with an id of its own. */
  private static final class Peer implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 1000;

    private final DatagramSocket socket = new DatagramSocket();
    private int id;

    Peer(int port) throws IOException {
      socket.connect(InetAddress.getLoopbackAddress(), port);
      socket.setSoTimeout(PATIENCE_MILLIS);
    }

    /** The count of the one key; empty where nobody can tell it now. */
    Optional<Long> count() throws IOException {
      return ask('C').filter(answer -> answer[0] == 'C').map(Peer::number);
    }

    private static long number(byte[] answer) {
      return ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN).getInt(DATA_AT);
    }

    static String text(byte[] answer) {
      return new String(answer, DATA_AT, BYTES - DATA_AT, US_ASCII);
    }

    /**
     * The answer to this request; empty where none comes.
     *
     * @throws PortUnreachableException where nobody listens, so that nobody got it
     */
    Optional<byte[]> ask(char command) throws IOException {
      byte[] request = packet(command, ++id);
      var answer = new DatagramPacket(new byte[BYTES], BYTES);
      try {
        socket.send(new DatagramPacket(request, BYTES));
        do {
          socket.receive(answer);
        } while (!Arrays.equals(answer.getData(), 11, 15, request, 11, 15));
        return Optional.of(answer.getData());
      } catch (SocketTimeoutException silent) {
        return Optional.empty();
      }
    }

    private static byte[] packet(char command, int id) {
      byte[] packet = new byte[BYTES];
      Arrays.fill(packet, (byte) ' ');
      packet[0] = (byte) command;
      ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN).putInt(11, id);
      packet[16] = 'k';
      packet[DATA_AT] = 'k';
      System.arraycopy(packet, 11, packet, 2, 4);
      System.arraycopy(packet, 16, packet, 6, 4);
      return packet;
    }

    @Override
    public void close() {
      socket.close();
    }
  }
}

package io.countess.cli;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A serve process is killed while clients of Dracula put: what was answered is counted. */
class DraculaKillTest {
  private static final Duration READY = Duration.ofSeconds(90);
  private static final int BYTES = 1500;
  private static final int DATA_AT = 81;
  private static final int KILLS = 2;
  private static final int BETWEEN = 300;
  private static final Duration TTL = Duration.ofHours(1);

  @TempDir Path data;

  @Test
  void shouldCountWhatWasAnsweredWhenItIsKilledUnderLoad() throws Exception {
    List<Integer> ports = FreePorts.take(3);
    Process serve = serve(ports);
    try (var peer = new Peer(ports.get(2))) {
      await().atMost(READY).until(() -> peer.count().isPresent());
      var puts = new Puts(ports.get(2));
      var putting = CompletableFuture.runAsync(puts);
      for (int kill = 1; kill <= KILLS; kill++) {
        int some = kill * BETWEEN;
        await().atMost(READY).until(() -> puts.answered.get() >= some);
        serve.destroyForcibly().waitFor();
        serve = serve(ports);
        await().atMost(READY).until(() -> peer.count().isPresent());
      }
      puts.stop.set(true);
      putting.join();

      await().atMost(READY).until(() -> peer.count().isPresent());
      assertThat(peer.count().orElseThrow())
          .isBetween((long) puts.answered.get(), (long) puts.answered.get() + puts.unknown.get());
      assertThat(puts.unknown).hasValueLessThan(BETWEEN);
    } finally {
      serve.destroyForcibly().waitFor();
    }
  }

  private Process serve(List<Integer> ports) throws IOException {
    return ServeProcess.start(
        data,
        "--default-ttl=" + TTL.toHours() + "h",
        "--http-port=" + ports.get(0),
        "--kafka-port=" + ports.get(1),
        "--dracula",
        "--dracula-rest-port=off",
        "--dracula-port=" + ports.get(2));
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
      try {
        return ask('C').filter(answer -> answer[0] == 'C').map(Peer::number);
      } catch (PortUnreachableException nobody) {
        return Optional.empty();
      }
    }

    private static long number(byte[] answer) {
      return ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN).getInt(DATA_AT);
    }

    private static String text(byte[] answer) {
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

  /** Puts one after the other, and keeps the books on what is known of each. */
  private static final class Puts implements Runnable {
    private static final long WAIT_NANOS = 10_000_000;

    private final int port;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger answered = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();

    Puts(int port) {
      this.port = port;
    }

    @Override
    public void run() {
      try (var peer = new Peer(port)) {
        while (!stop.get()) {
          put(peer);
        }
      } catch (IOException failure) {
        throw new IllegalStateException(failure);
      }
    }

    private void put(Peer peer) throws IOException {
      try {
        Optional<byte[]> answer = peer.ask('P');
        if (answer.isPresent() && answer.get()[0] == 'P') {
          answered.incrementAndGet();
        } else if (answer.isEmpty() || Peer.text(answer.get()).startsWith("may have been")) {
          unknown.incrementAndGet();
        } else {
          LockSupport.parkNanos(WAIT_NANOS); // it is starting, and says that it has not counted
        }
      } catch (PortUnreachableException nobody) {
        LockSupport.parkNanos(WAIT_NANOS);
      }
    }
  }
}

package io.countess.door.dracula;

import static io.countess.door.dracula.Wire.END;
import static io.countess.door.dracula.Wire.bytes;
import static io.countess.door.dracula.Wire.join;
import static io.countess.door.dracula.Wire.number;
import static io.countess.door.dracula.Wire.packet;
import static io.countess.door.dracula.Wire.reply;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.door.net.Leaks;
import io.countess.event.Outcome;
import io.countess.query.Response;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Connections of TCP: many packets at once, parts of packets, and ends in the middle. */
class ConnectionTest {
  private final Fakes fakes = new Fakes();
  private DraculaDoor door;
  private TcpPeer tcp;

  @BeforeAll
  static void watch() {
    Leaks.requireWatch();
  }

  @AfterAll
  static void requireNoLeaks() {
    Leaks.requireNone();
  }

  @BeforeEach
  void open() {
    door = fakes.open(Fakes.local());
    tcp = TcpPeer.to(door.port());
  }

  @AfterEach
  void close() {
    tcp.close();
    door.close();
  }

  @Test
  void shouldAnswerTwoPacketsOfOneSegment() {
    byte[] put = packet('P', "n", "k");
    byte[] count = packet('C', "n", "k");
    tcp.send(join(put, END, count, END));
    assertThat(tcp.receive()).isEqualTo(reply(put, 'P', ""));
    assertThat(tcp.receive()).isEqualTo(number(count, 1));
  }

  @Test
  void shouldAnswerThousandsOfPacketsInTheirOrder() {
    int rounds = 3000;
    var sending =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < rounds; i++) {
                tcp.send(
                    join(packet('P', i, "", "n", "k"), END, packet('C', i, "", "n", "k"), END));
              }
            });
    for (int i = 0; i < rounds; i++) {
      byte[] put = packet('P', i, "", "n", "k");
      assertThat(tcp.receive()).isEqualTo(reply(put, 'P', ""));
      byte[] count = packet('C', i, "", "n", "k");
      assertThat(tcp.receive()).isEqualTo(number(count, i + 1));
    }
    sending.join();
  }

  @Test
  void shouldAskOnlyWhenThePutsBeforeHaveEnded() {
    Queue<CompletableFuture<Response>> waiting = new ConcurrentLinkedQueue<>();
    fakes.responses =
        command -> {
          var response = new CompletableFuture<Response>();
          waiting.add(response);
          return response;
        };
    byte[] put = packet('P', "n", "k");
    byte[] count = packet('C', "n", "k");
    tcp.send(join(put, END, put, END, count, END, put, END));
    await().until(() -> waiting.size() == 2);
    assertThat(tcp.hearsNothing()).isTrue();

    fakes.puts.set(2);
    var first = waiting.remove();
    waiting.remove().complete(Fakes.decided(Outcome.ACCEPTED, "", 2));
    assertThat(tcp.hearsNothing()).isTrue();
    first.complete(Fakes.decided(Outcome.ACCEPTED, "", 1));
    assertThat(tcp.receive()).isEqualTo(reply(put, 'P', ""));
    assertThat(tcp.receive()).isEqualTo(reply(put, 'P', ""));
    assertThat(tcp.receive()).isEqualTo(number(count, 2));
    await().until(() -> waiting.size() == 1);
    waiting.remove().complete(Fakes.decided(Outcome.ACCEPTED, "", 3));
    assertThat(tcp.receive()).isEqualTo(reply(put, 'P', ""));
  }

  @Test
  void shouldTakeSoManyConnectionsAndNoMore() {
    byte[] count = packet('C', "n", "k");
    var peers = new ArrayDeque<TcpPeer>();
    try {
      while (peers.size() < DraculaDoor.MAX_CONNECTIONS - 1) { // one more is open already
        peers.add(TcpPeer.to(door.port()));
        assertThat(peers.peekLast().ask(count)).isEqualTo(number(count, 0));
      }
      try (TcpPeer other = TcpPeer.to(door.port())) {
        assertThat(other.isEnded()).isTrue();
      }
      assertThat(tcp.ask(count)).isEqualTo(number(count, 0));
      peers.remove().close();
      await().until(this::takesOneMore);
    } finally {
      peers.forEach(TcpPeer::close);
    }
  }

  private boolean takesOneMore() {
    try (TcpPeer next = TcpPeer.to(door.port())) {
      next.send(join(packet('C', "n", "k"), END));
      return next.hasAnswer();
    } catch (UncheckedIOException reset) {
      return false;
    }
  }

  @Test
  void shouldBearANewlineAndThenTheEnd() {
    try (TcpPeer other = TcpPeer.to(door.port())) {
      other.send(bytes("\n"));
      other.endSending();
      assertThat(other.isEnded()).isTrue();
    }
    shouldAnswerTwoPacketsOfOneSegment();
  }

  @Test
  void shouldBearAnEndAnywhereInAPacket() {
    byte[] put = join(packet('P', "n", "k"), END);
    for (int length : new int[] {0, 1, 2, 11, 16, 80, 81, 90, 1499, 1500, 1501, 1502}) {
      try (TcpPeer other = TcpPeer.to(door.port())) {
        other.send(Arrays.copyOf(put, length));
        other.endSending();
        assertThat(other.isEnded()).as("after %d bytes", length).isTrue();
      }
    }
    assertThat(fakes.taken).isEmpty();
    shouldAnswerTwoPacketsOfOneSegment();
  }

  @Test
  void shouldAnswerWhoSendsNoMore() {
    byte[] count = packet('C', "n", "k");
    tcp.send(join(count, END, count, END));
    tcp.endSending();
    assertThat(tcp.receive()).isEqualTo(number(count, 0));
    assertThat(tcp.receive()).isEqualTo(number(count, 0));
    assertThat(tcp.isEnded()).isTrue();
  }

  @Test
  void shouldTakeAPacketByteByByte() {
    byte[] put = join(packet('P', "n", "k"), END);
    for (byte next : put) {
      tcp.send(new byte[] {next});
    }
    assertThat(tcp.receive()).isEqualTo(reply(packet('P', "n", "k"), 'P', ""));
  }

  @Test
  void shouldBearALineWithoutEnd() {
    byte[] part = new byte[64 * 1024];
    Arrays.fill(part, (byte) 'x');
    for (int i = 0; i < 200; i++) {
      tcp.send(part);
    }
    tcp.send(END);
    assertThat(tcp.receive())
        .startsWith(bytes("E "))
        .containsSubsequence(bytes("bad packet: invalid command byte"));
    shouldAnswerTwoPacketsOfOneSegment();
  }

  /** Tiny packets have large answers; whoever does not read them is not read either. */
  @Test
  void shouldReadNoMoreFromWhoDoesNotRead() {
    byte[] tiny = bytes("S\n.\n".repeat(4096));
    var sending =
        CompletableFuture.runAsync(
            () -> {
              for (int i = 0; i < 2000; i++) {
                tcp.send(tiny);
              }
            });
    await().pollDelay(Duration.ofSeconds(1)).until(() -> true);
    assertThat(sending).isNotDone(); // 8 million requests, of which the door takes no more
    tcp.close();
    await().until(sending::isDone);
    try (TcpPeer other = TcpPeer.to(door.port())) {
      byte[] count = packet('C', "n", "k");
      assertThat(other.ask(count)).isEqualTo(number(count, 0));
    }
  }
}

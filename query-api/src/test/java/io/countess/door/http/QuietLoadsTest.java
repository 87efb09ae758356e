package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Position;
import io.countess.query.Response;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A pipe may be quiet for days; what is no pipe, or no request yet, has to come. */
class QuietLoadsTest {
  private static final Duration IDLE = Duration.ofMillis(300);
  private static final Duration MUCH_LONGER = IDLE.multipliedBy(4);
  private static final String LINE = "{\"namespace\":\"n\",\"key\":\"k\"}\n";
  private static final String HEAD = "POST /v1/events HTTP/1.1\r\nHost: localhost\r\n";
  private static final String EMPTY = HEAD + "Connection: close\r\nContent-Length: 0\r\n\r\n";

  @RegisterExtension
  final Api api = new Api(new HttpConfig("127.0.0.1", 0, CorsOrigins.NONE, IDLE));

  private final List<Socket> senders = new ArrayList<>();
  private final AtomicInteger offset = new AtomicInteger();

  @BeforeEach
  void logEverything() {
    api.commands.respondBy(
        command ->
            CompletableFuture.completedFuture(
                new Response.Logged(Position.of(0, offset.getAndIncrement()))));
  }

  @AfterEach
  void hangUp() throws IOException {
    for (Socket sender : senders) {
      sender.close();
    }
  }

  @Test
  void shouldTakeTheLinesOfAPipeThatWasQuiet() throws IOException {
    Socket pipe = pipe();
    for (int lines = 1; lines <= 3; lines++) {
      sendChunk(pipe, LINE);
      awaitTaken(lines);
      pause();
    }
    end(pipe);

    assertThat(answer(pipe)).startsWith("HTTP/1.1 200").contains("\"logged\":3,");
    assertThat(answer(open(EMPTY))).startsWith("HTTP/1.1 200");
  }

  @Test
  void shouldTakeABodyThatIsLongUnderWayAfterItWasAskedFor() throws IOException {
    String head = HEAD + "Connection: close\r\nExpect: 100-continue\r\n";
    Socket sender = open(head + "Content-Length: " + LINE.length() * 20 + "\r\n\r\n");
    Awaitility.await().until(() -> sender.getInputStream().available() > 0);
    for (int lines = 1; lines <= 20; lines++) {
      send(sender, LINE);
      awaitTaken(lines);
      Awaitility.await().pollDelay(IDLE.dividedBy(4)).until(() -> true);
    }

    assertThat(answer(sender)).contains("100 Continue", "HTTP/1.1 200", "\"logged\":20,");
  }

  @Test
  void shouldKeepNobodyOutForPipesThatAreQuiet() throws IOException {
    var pipes = new ArrayList<Socket>();
    for (int i = 0; i < 40; i++) {
      pipes.add(pipe());
      sendChunk(pipes.get(i), LINE + "{\"namespace\":\"n\",");
    }
    awaitTaken(40);
    pause();

    for (int i = 0; i < 40; i++) {
      sendChunk(pipes.get(i), "\"key\":\"k\"}\n");
      awaitTaken(41 + i);
    }
    for (Socket pipe : pipes) {
      end(pipe);
      assertThat(answer(pipe)).contains("\"logged\":2,");
    }
  }

  @Test
  void shouldEndALoadWhoseSenderIsGone() throws IOException {
    Socket pipe = pipe();
    sendChunk(pipe, LINE);
    awaitTaken(1);
    pipe.setSoLinger(true, 0); // a reset, as when the machine is gone and TCP finds out
    pipe.close();

    Awaitility.await().until(() -> api.admission.underWay() == 0);
  }

  @Test
  void shouldSayWhatIsLoggedOfAQuietPipeWhenTheServerStops() throws IOException {
    Socket pipe = pipe();
    sendChunk(pipe, LINE + "{\"namespace\":\"n\",\"key\":");
    awaitTaken(1);

    api.server.close();

    assertThat(answer(pipe))
        .startsWith("HTTP/1.1 503")
        .contains("urn:countess:problem:stopping", "\"logged\":1,", "\"rejected\":0");
  }

  @Test
  void shouldEndALoadOfKnownLengthThatPausesOrDribbles() throws IOException {
    Socket pausing = open(HEAD + "Content-Length: 1000\r\n\r\n");
    send(pausing, LINE);
    assertThat(answer(pausing)).startsWith("HTTP/1.1 408").contains("\"logged\":1,");

    Socket dribbling = open(HEAD + "Content-Length: 1000\r\n\r\n");
    assertThat(dribbled(dribbling)).startsWith("HTTP/1.1 408");
  }

  @Test
  void shouldEndABodyThatDribbles() throws IOException {
    String head = "POST /v1/namespaces/n/keys/k HTTP/1.1\r\nHost: localhost\r\n";
    assertThat(dribbled(open(head + "Content-Length: 1000\r\n\r\n"))).startsWith("HTTP/1.1 408");
    assertThat(dribbled(open(head + "Transfer-Encoding: chunked\r\n\r\n3e8\r\n")))
        .startsWith("HTTP/1.1 408");
  }

  @Test
  void shouldEndAHeadThatDribbles() throws IOException {
    assertThat(dribbled(open("GET /healthz HTTP/1.1\r\nHost: localhost\r\nX: "))).isEmpty();

    Socket second = open("GET /healthz HTTP/1.1\r\nHost: localhost\r\n\r\n");
    assertThat(second.getInputStream().read(new byte[4096])).isPositive();
    assertThat(dribbled(second)).isEmpty();
  }

  /** Sends a byte now and then, always before it would be called idle, until there is an end. */
  private static String dribbled(Socket sender) throws IOException {
    sender.setSoTimeout((int) IDLE.toMillis() / 3);
    long until = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    var said = new StringBuilder();
    while (System.nanoTime() - until < 0) {
      try {
        int read = sender.getInputStream().read();
        if (read < 0) {
          return said.toString();
        }
        said.append((char) read);
      } catch (SocketTimeoutException nothingYet) {
        if (said.isEmpty()) {
          send(sender, "x");
        }
      } catch (SocketException cut) {
        return said.toString();
      }
    }
    throw new AssertionError("not ended after 20 s");
  }

  private static void pause() {
    Awaitility.await().pollDelay(MUCH_LONGER).until(() -> true);
  }

  private void awaitTaken(int lines) {
    Awaitility.await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofMillis(10))
        .until(() -> api.commands.taken.size() == lines);
  }

  private Socket pipe() throws IOException {
    return open(HEAD + "Transfer-Encoding: chunked\r\nConnection: close\r\n\r\n");
  }

  private Socket open(String head) throws IOException {
    var socket = new Socket(InetAddress.getLoopbackAddress(), api.server.port());
    senders.add(socket);
    socket.setSoTimeout(20_000);
    send(socket, head);
    return socket;
  }

  private static String answer(Socket socket) throws IOException {
    return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
  }

  private static void end(Socket pipe) throws IOException {
    send(pipe, "0\r\n\r\n");
  }

  private static void sendChunk(Socket pipe, String text) throws IOException {
    send(pipe, Integer.toHexString(text.length()) + "\r\n" + text + "\r\n");
  }

  private static void send(Socket socket, String text) throws IOException {
    socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
  }
}

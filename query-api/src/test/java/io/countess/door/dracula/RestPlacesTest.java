package io.countess.door.dracula;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.answer.Answer;
import io.countess.answer.NamespacePage;
import io.countess.answer.NamespaceView;
import io.countess.answer.Totals;
import io.countess.answer.VersionedPolicy;
import io.countess.door.Admission;
import io.countess.door.KeysConfig;
import io.countess.event.ByteString;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Position;
import io.countess.query.Response;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How many requests Dracula's REST has under way, and what becomes of them at its end. */
class RestPlacesTest {
  private static final int NAMES = 60_000;

  private final Fakes fakes = new Fakes();
  private final Admission admission = new Admission(1);
  private DraculaDoor door;

  @BeforeEach
  void open() {
    var config = DraculaConfig.on("127.0.0.1", 0, Optional.of(0));
    door = fakes.open(config, KeysConfig.NONE, admission);
  }

  @AfterEach
  void close() {
    door.close();
  }

  private Socket get(String path) throws IOException {
    var socket = new Socket();
    socket.setReceiveBufferSize(64 * 1024);
    socket.connect(
        new InetSocketAddress(InetAddress.getLoopbackAddress(), door.restPort().orElseThrow()));
    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    socket.getOutputStream().write(request.getBytes(US_ASCII));
    return socket;
  }

  private static String read(InputStream in) throws IOException {
    return new String(in.readAllBytes(), US_ASCII);
  }

  @Test
  void shouldShareItsPlacesWithPacketsAndAnswerWhatIsUnderWay() throws Exception {
    var response = new CompletableFuture<Response>();
    fakes.responses = command -> response;
    try (Socket first = get("/put?namespace=n&key=k")) {
      await().until(() -> admission.underWay() == 1);
      try (Socket second = get("/put?namespace=n&key=k")) {
        assertThat(read(second.getInputStream()))
            .startsWith("HTTP/1.1 503 ")
            .endsWith("\"details\":\"too many requests; nothing was done\"}\n");
      }
      var closing = CompletableFuture.runAsync(door::close);
      await().until(admission::isClosed);
      response.complete(Fakes.decided(Outcome.ACCEPTED, "", 1));
      assertThat(read(first.getInputStream())).endsWith("{\"count\":1}\n");
      closing.get(10, TimeUnit.SECONDS);
    }
  }

  /** Each {@code <} takes six bytes: so many are in no buffer between the two ends. */
  @Test
  void shouldFinishAnAnswerThatIsBeingWritten() throws Exception {
    fakes.answers = question -> new Answer.Found<>(names(), Position.NONE);
    try (Socket reader = get("/namespaces")) {
      InputStream in = reader.getInputStream();
      assertThat(in.read()).isEqualTo('H');
      var closing = CompletableFuture.runAsync(door::close);
      await().until(admission::isClosed);
      assertThat(read(in)).endsWith("\"]}\n");
      closing.get(10, TimeUnit.SECONDS);
    }
  }

  private static NamespacePage names() {
    var name = ByteString.utf8("<".repeat(64));
    var policy = new VersionedPolicy(Policy.DEFAULT, OptionalLong.empty());
    var one = new NamespaceView(name, policy, new Totals(1, 1, false), 1);
    return new NamespacePage(Collections.nCopies(NAMES, one), Optional.empty());
  }
}

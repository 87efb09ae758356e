package io.countess.door.dracula;

import static io.countess.door.dracula.Wire.number;
import static io.countess.door.dracula.Wire.packet;
import static io.countess.door.dracula.Wire.reply;
import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.answer.Coverage;
import io.countess.door.Admission;
import io.countess.door.KeysConfig;
import io.countess.event.CounterName;
import io.countess.event.Outcome;
import io.countess.event.Position;
import io.countess.query.Command.Ack;
import io.countess.query.Question;
import io.countess.query.Response;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Secrets, places, outcomes and the end of the Dracula door. */
class DraculaDoorTest {
  private static final String SECRET = "a secret that is long enough";

  private final Fakes fakes = new Fakes();
  private Optional<DraculaDoor> door = Optional.empty();

  @AfterEach
  void close() {
    door.ifPresent(DraculaDoor::close);
  }

  private UdpPeer open(DraculaConfig config) {
    door = Optional.of(fakes.open(config));
    return UdpPeer.to(door.get().port());
  }

  /**
   * Of each length there is a case: with id and namespace, with the id, with a part of it, alone.
   */
  @ParameterizedTest
  @ValueSource(strings = {"", "a", "abc", "abcd", "abcdefg", "abcdefgh", "abcdefghi and more"})
  void shouldKnowTheSecretByItsFirstBytes(String secret) {
    var config =
        secret.isEmpty() ? Fakes.local() : Fakes.local().with(secret, DraculaConfig.Auth.PSK);
    try (UdpPeer udp = open(config)) {
      byte[] count = packet('C', 0xFFEEDDCCL, secret, "name", "k");
      assertThat(udp.ask(count)).isEqualTo(reply(count, secret, 'C', Wire.number(0)));

      byte[] wrong = packet('C', 0xFFEEDDCCL, secret, "name", "k");
      wrong[9] ^= 1;
      assertThat(udp.ask(wrong))
          .isEqualTo(reply(wrong, secret, 'E', Wire.bytes("auth failed: packet hash invalid")));
    }
  }

  @Test
  void shouldTakeAnHmacThatTellsNothingOfTheSecret() throws Exception {
    try (UdpPeer udp = open(Fakes.local().with(SECRET, DraculaConfig.Auth.HMAC))) {
      byte[] count = packet('C', 1, SECRET, "n", "k");
      byte[] answer = udp.ask(count);
      assertThat(new String(answer, 81, 32, US_ASCII))
          .isEqualTo("auth failed: packet hash invalid");
      assertThat(HexFormat.of().formatHex(answer))
          .doesNotContain(HexFormat.of().formatHex(Wire.bytes(SECRET.substring(0, 8))));

      System.arraycopy(hmac(0, count), 0, count, 2, 8);
      byte[] found = udp.ask(count);
      assertThat(Arrays.copyOfRange(found, 81, 85)).isEqualTo(number(0));
      assertThat(Arrays.copyOfRange(found, 2, 10)).isEqualTo(hmac(1, found));
      assertThat(udp.ask(found)[0]).as("a reply is no request").isEqualTo((byte) 'E');
    }
  }

  private static byte[] hmac(int direction, byte[] packet) throws Exception {
    var mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(Wire.bytes(SECRET), "HmacSHA256"));
    mac.update((byte) direction);
    mac.update(packet[0]);
    mac.update(packet, 11, packet.length - 11);
    return Arrays.copyOf(mac.doFinal(), 8);
  }

  @Test
  void shouldNotListenBeyondLoopbackWithoutASecret() {
    var config = DraculaConfig.on("0.0.0.0", 0, Optional.empty());
    assertThatThrownBy(() -> fakes.open(config))
        .hasMessage(
            "dracula-bind is 0.0.0.0, where others can reach it, and its packets hold no API key:"
                + " give a secret by COUNTESS_DRACULA_SECRET or --dracula-secret-file, or"
                + " --insecure to let everyone in");
    var rest =
        DraculaConfig.on("0.0.0.0", 0, Optional.of(3510)).with(SECRET, DraculaConfig.Auth.PSK);
    assertThatThrownBy(() -> fakes.open(rest))
        .hasMessage(
            "dracula-rest-port is 3510 at 0.0.0.0, where others can reach it, and REST knows no"
                + " secret: give --api-keys FILE, --dracula-rest-port off, or --insecure to let"
                + " everyone in");
    fakes.open(config.with(SECRET, DraculaConfig.Auth.PSK)).close();
    var insecure = new KeysConfig(Optional.empty(), Optional.empty(), true);
    fakes.open(config, insecure, new Admission(1)).close();
  }

  @Test
  void shouldNameThePortThatIsTaken() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> fakes.open(DraculaConfig.on("127.0.0.1", port, Optional.empty())))
          .hasMessageStartingWith("dracula-port " + port + " can't be listened on at 127.0.0.1: ");
      assertThatThrownBy(() -> fakes.open(DraculaConfig.on("127.0.0.1", 0, Optional.of(port))))
          .hasMessageStartingWith(
              "dracula-rest-port " + port + " can't be listened on at 127.0.0.1: ");
    }
    try (var taken = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
      int port = taken.getLocalPort();
      assertThatThrownBy(() -> fakes.open(DraculaConfig.on("127.0.0.1", port, Optional.empty())))
          .hasMessageStartingWith("dracula-port " + port + " can't be listened on at 127.0.0.1: ");
    }
    assertThatThrownBy(
            () ->
                fakes.open(
                    DraculaConfig.on("192.0.2.1", 0, Optional.empty())
                        .with(SECRET, DraculaConfig.Auth.PSK)))
        .hasMessage("dracula-bind is 192.0.2.1, which is no address of this machine");
  }

  @ParameterizedTest
  @ValueSource(strings = {"APPLIED", "LOGGED"})
  void shouldWaitForWhatIsSet(String ack) {
    try (UdpPeer udp = open(Fakes.local().with(Ack.valueOf(ack)))) {
      udp.ask(packet('P', "n", "k"));
      assertThat(fakes.taken).extracting(it -> it.ack()).containsExactly(Ack.valueOf(ack));
    }
  }

  @ParameterizedTest
  @MethodSource("responses")
  void shouldTellWhatBecameOfAPut(Response response, String error, String outcome) {
    fakes.responses = command -> CompletableFuture.completedStage(response);
    try (UdpPeer udp = open(Fakes.local())) {
      byte[] put = packet('P', "n", "k");
      assertThat(udp.ask(put)).isEqualTo(reply(put, 'E', error));
      udp.send(packet('R', "n", "k"));
      assertThat(udp.hearsNothing()).as("R is never answered").isTrue();
      assertThat(fakes.registry.scrape())
          .contains(
              "countess_door_requests_seconds_count{command=\"put\",door=\"dracula\",outcome=\""
                  + outcome
                  + "\"} 1");
    }
  }

  static Stream<Object[]> responses() {
    return Stream.of(
        new Object[] {
          Fakes.decided(Outcome.REFUSED, "the limit is 5", 5), "refused: the limit is 5", "refused"
        },
        new Object[] {
          Fakes.decided(Outcome.IMPOSSIBLE, "n is too much", 5),
          "impossible: n is too much",
          "invalid"
        },
        new Object[] {
          new Response.NotSent("the log is away", Duration.ofSeconds(1)),
          "nothing was done: the log is away",
          "unavailable"
        },
        new Object[] {
          new Response.FateUnknown("no decision came in time"),
          "it may have been done, or not: no decision came in time",
          "unknown"
        },
        new Object[] {new Response.Invalid("key", "is odd"), "invalid: key is odd", "invalid"},
        new Object[] {
          new Response.Elsewhere(3, "unknown"),
          "nothing was done: partition 3 is on its way",
          "unavailable"
        });
  }

  @Test
  void shouldNotAnswerFromCopiesThatMayBeBehind() {
    var behind = new Coverage(new TreeSet<>(), new TreeMap<>(Map.of(0, 3L)));
    var count = new Count(CounterName.of("n", "k"), 1, OptionalLong.empty(), 1);
    var usual = fakes.answers;
    fakes.answers =
        question ->
            question instanceof Question.CountOf
                ? new Answer.Found<>(count, Position.NONE, behind)
                : usual.apply(question);
    try (UdpPeer udp = open(Fakes.local())) {
      byte[] ask = packet('C', "n", "k");
      assertThat(udp.ask(ask))
          .isEqualTo(reply(ask, 'E', "not ready: only copies that may be behind can answer now"));
    }
  }

  @Test
  void shouldLetInNoMoreThanItsBoundAndAnswerWhatIsUnderWay() throws Exception {
    var response = new CompletableFuture<Response>();
    fakes.responses = command -> response;
    var admission = new Admission(1);
    door = Optional.of(fakes.open(Fakes.local(), KeysConfig.NONE, admission));
    try (UdpPeer udp = UdpPeer.to(door.get().port());
        UdpPeer other = UdpPeer.to(door.get().port());
        TcpPeer tcp = TcpPeer.to(door.get().port())) {
      byte[] put = packet('P', "n", "k");
      udp.send(put);
      await().until(() -> admission.underWay() == 1);
      byte[] full =
          reply(
              put,
              'E',
              "the server is overloaded: too many requests are under way; nothing was done");
      assertThat(other.ask(put)).isEqualTo(full);
      assertThat(tcp.ask(put)).isEqualTo(full);

      var closing = CompletableFuture.runAsync(door.get()::close);
      await().until(admission::isClosed);
      byte[] stopping = reply(put, 'E', "the server is stopping; nothing was done");
      assertThat(other.ask(put)).isEqualTo(stopping);
      response.complete(Fakes.decided(Outcome.ACCEPTED, "", 1));
      assertThat(udp.receive()).isEqualTo(reply(put, 'P', ""));
      closing.get(10, TimeUnit.SECONDS);
      assertThat(tcp.isEnded()).isTrue();
    }
  }

  @Test
  void shouldTellAtTheEndWhoWaitsInVain() {
    fakes.responses = command -> new CompletableFuture<>();
    try (UdpPeer udp = open(Fakes.local());
        TcpPeer tcp = TcpPeer.to(door.get().port())) {
      byte[] put = packet('P', "n", "k");
      udp.send(put);
      tcp.send(Wire.join(put, Wire.END));
      await().until(() -> fakes.taken.size() == 2);
      door.get().close();
      byte[] unknown =
          reply(put, 'E', "it may have been done, or not: the server stopped before it knew");
      assertThat(udp.receive()).isEqualTo(unknown);
      assertThat(tcp.receive()).isEqualTo(unknown);
      assertThat(tcp.isEnded()).isTrue();
    }
  }

  @Test
  void shouldShowItsGaugesAmongTheOthers() {
    try (UdpPeer udp = open(Fakes.local())) {
      udp.ask(packet('P', "n", "k"));
      for (String name :
          new String[] {
            "dracula_max_namespaces_denom 2",
            "dracula_namespaces_count 0",
            "dracula_namespaces_gc_count 0",
            "dracula_keys_in_gc_namespaces 1",
            "dracula_key_sum_in_gc_namespaces ",
            "dracula_gc_pause_millis 0"
          }) {
        await().until(() -> fakes.registry.scrape().contains("\n" + name));
      }
    }
  }
}

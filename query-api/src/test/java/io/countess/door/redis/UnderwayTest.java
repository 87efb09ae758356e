package io.countess.door.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.answer.Answer;
import io.countess.answer.Coverage;
import io.countess.answer.Totals;
import io.countess.door.Admission;
import io.countess.door.KeysConfig;
import io.countess.door.net.Leaks;
import io.countess.event.ByteString;
import io.countess.event.Decision;
import io.countess.event.Outcome;
import io.countess.event.Position;
import io.countess.query.Response;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The end of a door, and of connections. */
class UnderwayTest {
  private final RedisFakes fakes = new RedisFakes();

  @AfterAll
  static void requireNoLeaks() {
    Leaks.requireNone();
  }

  @Test
  void shouldEndConnectionsWhenItCloses() {
    RedisDoor door = fakes.open();
    try (RespPeer peer = RespPeer.to(door.port())) {
      assertThat(peer.ask("PING", "+PONG~")).isEqualTo("+PONG~");
      door.close();
      assertThat(peer.receiveAll()).isEmpty();
    }
  }

  @Test
  void shouldBearAConnectionThatEndsInTheMiddle() {
    RedisDoor door = fakes.open();
    try (RespPeer peer = RespPeer.to(door.port())) {
      peer.send("PING~*2~$4~ECHO~$10~abc");
      assertThat(peer.receive(7)).isEqualTo("+PONG~");
    }
    try (RespPeer other = RespPeer.to(door.port())) {
      assertThat(other.ask("PING", "+PONG~")).isEqualTo("+PONG~");
      await().until(() -> list(door).split(" addr=").length == 3);
    }
    door.close();
  }

  private static String list(RedisDoor door) {
    try (RespPeer peer = RespPeer.to(door.port())) {
      peer.send("CLIENT LIST~QUIT~");
      return peer.receiveAll();
    }
  }

  @Test
  void shouldTellItsMeterOfEachRequest() {
    RedisDoor door =
        fakes.open(RedisConfig.on("127.0.0.1", 0, ":"), KeysConfig.NONE, new Admission(1));
    try (RespPeer peer = RespPeer.to(door.port())) {
      peer.send("PING~PING a b~FOO~QUIT~");
      peer.receiveAll();
      for (String tags :
          new String[] {
            "command=\"ping\",door=\"redis\",outcome=\"done\"",
            "command=\"ping\",door=\"redis\",outcome=\"invalid\"",
            "command=\"none\",door=\"redis\",outcome=\"invalid\"",
            "command=\"quit\",door=\"redis\",outcome=\"done\""
          }) {
        assertThat(fakes.registry.scrape())
            .contains("countess_door_requests_seconds_count{" + tags + "} 1");
      }
    }
    door.close();
  }

  @Test
  void shouldLetInNoMoreThanItsBoundAndAnswerWhatIsUnderWay() throws Exception {
    var response = new CompletableFuture<Response>();
    fakes.responses = command -> response;
    var admission = new Admission(1);
    RedisDoor door =
        fakes.open(RedisConfig.on("127.0.0.1", 0, "redis"), KeysConfig.NONE, admission);
    try (RespPeer peer = RespPeer.to(door.port());
        RespPeer other = RespPeer.to(door.port())) {
      peer.send("MCAPTCHA_CACHE.COUNT a 60~");
      await().until(() -> admission.underWay() == 1);
      String full =
          "-TRYAGAIN nothing was done: the server is overloaded, as too many requests are under"
              + " way~";
      assertThat(other.ask("MCAPTCHA_CACHE.COUNT a 60", full)).isEqualTo(full);
      assertThat(other.ask("PING", "+PONG~")).isEqualTo("+PONG~");

      var closing = CompletableFuture.runAsync(door::close);
      await().until(admission::isClosed);
      String stopping = "-TRYAGAIN nothing was done: the server is stopping~";
      assertThat(other.ask("MCAPTCHA_CACHE.COUNT a 60", stopping)).isEqualTo(stopping);
      response.complete(accepted());
      assertThat(peer.receiveAll()).isEqualTo("+OK~");
      closing.get(10, TimeUnit.SECONDS);
    }
  }

  private static Response accepted() {
    var decision = new Decision(Outcome.ACCEPTED, Optional.empty(), 1);
    return new Response.Decided(decision.counting(OptionalLong.of(1), OptionalLong.empty()));
  }

  @Test
  void shouldTellAtTheEndWhoWaitsInVain() {
    fakes.responses = command -> new CompletableFuture<>();
    fakes.answers = question -> new CompletableFuture<>();
    RedisDoor door = fakes.open();
    try (RespPeer peer = RespPeer.to(door.port())) {
      peer.send("MCAPTCHA_CACHE.COUNT a 60~DBSIZE~PING~MCAPTCHA_CACHE.GET b~");
      await().until(() -> fakes.taken.size() == 1);
      door.close();
      assertThat(peer.receiveAll())
          .startsWith("-ERR it may have been done, or not: the server stopped before it knew~")
          .doesNotContain("+OK");
    }
  }

  /** A question about a key waits for what changes it before, and no other does. */
  @Test
  void shouldHaveCommandsOfOneKeyTakeTurns() {
    var response = new CompletableFuture<Response>();
    fakes.responses =
        command ->
            command.counter().key().equals(ByteString.utf8("a"))
                ? response
                : CompletableFuture.completedStage(accepted());
    RedisDoor door = fakes.open();
    try (RespPeer peer = RespPeer.to(door.port())) {
      peer.send(
          "MCAPTCHA_CACHE.COUNT a 60~MCAPTCHA_CACHE.COUNT a 60~MCAPTCHA_CACHE.COUNT b 60~"
              + "MCAPTCHA_CACHE.GET b~MCAPTCHA_CACHE.GET a~MCAPTCHA_CACHE.COUNT b 60~");
      await().until(() -> fakes.taken.size() == 3 && fakes.asked.size() == 2);
      assertThat(peer.hearsNothing()).isTrue();
      assertThat(fakes.asked.toString()).contains("key=b").doesNotContain("key=a");
      response.complete(accepted());
      String replies =
          "+OK~+OK~+OK~-ERR invalid: question is a fake's~-ERR invalid: question is a fake's~+OK~";
      assertThat(peer.receive(replies.replace("~", "\r\n").length())).isEqualTo(replies);
    }
    door.close();
  }

  @ParameterizedTest
  @MethodSource("responses")
  void shouldTellWhatBecameOfACommand(Response response, String error, String outcome) {
    fakes.responses = command -> CompletableFuture.completedStage(response);
    RedisDoor door = fakes.open();
    try (RespPeer peer = RespPeer.to(door.port())) {
      String line = "-" + error + "~";
      assertThat(peer.ask("MCAPTCHA_CACHE.COUNT a 60", line)).isEqualTo(line);
      assertThat(fakes.registry.scrape())
          .contains(
              "command=\"mcaptcha_cache.count\",door=\"redis\",outcome=\"" + outcome + "\"} 1");
    }
    door.close();
  }

  static Stream<Object[]> responses() {
    var refused = new Decision(Outcome.REFUSED, Optional.of("the limit is 5"), 1);
    var impossible = new Decision(Outcome.IMPOSSIBLE, Optional.of("n is too much"), 1);
    return Stream.of(
        new Object[] {new Response.Decided(refused), "ERR refused: the limit is 5", "refused"},
        new Object[] {new Response.Decided(impossible), "ERR impossible: n is too much", "invalid"},
        new Object[] {
          new Response.NotSent("the log is away", Duration.ofSeconds(1)),
          "TRYAGAIN nothing was done: the log is away",
          "unavailable"
        },
        new Object[] {
          new Response.Elsewhere(3, "unknown"),
          "TRYAGAIN nothing was done: partition 3 is on its way",
          "unavailable"
        },
        new Object[] {
          new Response.FateUnknown("nobody knows"),
          "ERR it may have been done, or not: nobody knows",
          "unknown"
        },
        new Object[] {new Response.Invalid("key", "is odd"), "ERR invalid: key is odd", "invalid"});
  }

  @Test
  void shouldNotAnswerFromCopiesThatMayBeBehind() {
    var behind = new Coverage(new TreeSet<>(), new TreeMap<>(Map.of(0, 3L)));
    var totals = new Totals(1, 1, false);
    fakes.answers =
        question ->
            CompletableFuture.completedStage(new Answer.Found<>(totals, Position.NONE, behind));
    RedisDoor door =
        fakes.open(RedisConfig.on("127.0.0.1", 0, ":"), KeysConfig.NONE, new Admission(9));
    try (RespPeer peer = RespPeer.to(door.port())) {
      String line = "-TRYAGAIN only copies that may be behind can answer now~";
      assertThat(peer.ask("DBSIZE", line)).isEqualTo(line);
      String many = "-ERR keys are in many namespaces here; reset each of them by itself~";
      assertThat(peer.ask("FLUSHDB", many)).isEqualTo(many);
    }
    door.close();
  }
}

package io.countess.door.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.answer.Answer;
import io.countess.answer.Denial;
import io.countess.answer.NamespaceView;
import io.countess.answer.Totals;
import io.countess.answer.VersionedPolicy;
import io.countess.door.Admission;
import io.countess.door.KeysConfig;
import io.countess.event.Batch;
import io.countess.event.ByteString;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Position;
import io.countess.event.Terms;
import io.countess.event.Write;
import io.countess.query.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What {@code EXEC} says where its record is not decided, and what its record is. */
class TransactionFaultsTest {
  private static final String QUEUED = "+OK~+QUEUED~+QUEUED~";
  private final RedisFakes fakes = new RedisFakes();
  private RedisDoor door;
  private RespPeer peer;

  @BeforeEach
  void open() {
    fakes.answers = question -> CompletableFuture.completedStage(values());
    door = fakes.open(RedisConfig.on("127.0.0.1", 0, "redis"), KeysConfig.NONE, new Admission(1));
    peer = RespPeer.to(door.port());
  }

  @AfterEach
  void close() {
    peer.close();
    door.close();
  }

  private static Answer<?> values() {
    var policy = new VersionedPolicy(new Policy.Value(Terms.DEFAULT), OptionalLong.of(7));
    return new Answer.Found<>(
        new NamespaceView(ByteString.utf8("redis"), policy, new Totals(0, 0, false), 1),
        Position.NONE);
  }

  private void expect(Response response, String reply) {
    fakes.responses = command -> CompletableFuture.completedStage(response);
    String told = QUEUED + reply;
    assertThat(peer.ask("MULTI~INCR {t}a~GET {t}b~EXEC", told)).isEqualTo(told);
  }

  @Test
  void shouldBeOneRecord() {
    expect(
        new Response.NotSent("a fake", Duration.ofSeconds(1)),
        "-TRYAGAIN nothing was done: a fake~");

    assertThat(fakes.taken).hasSize(1);
    var batch = (Batch) fakes.taken.get(0).event();
    assertThat(batch.together()).isFalse();
    assertThat(batch.id()).isEmpty();
    assertThat(batch.parts())
        .extracting(Batch.Part::event)
        .isEqualTo(List.of(Write.of(new Write.Add(1)), Event.Put.of(0)));
    assertThat(fakes.taken.get(0).counter()).isEqualTo(batch.counter());
  }

  @Test
  void shouldSayOnceWhatBecameOfAll() {
    expect(
        new Response.FateUnknown("the server left"),
        "-ERR it may have been done, or not: the server left~");
    expect(
        new Response.Forbidden(
            new Denial("shop", "write", List.of("a"), Optional.of(ByteString.utf8("redis")))),
        "-NOPERM the key of shop has the scope write for namespaces that match a, and 'redis' does"
            + " not~");
    var full = new Decision(Outcome.IMPOSSIBLE, Optional.of("too many namespaces"), 7);
    expect(new Response.Decided(full), "-ERR impossible: too many namespaces~");
  }

  @Test
  void shouldEndWithAnExecThatIsNotLetIn() {
    var waits = new CompletableFuture<Response>();
    fakes.responses = command -> waits;
    try (var other = RespPeer.to(door.port())) {
      other.send("INCR other~");
      await().until(() -> !fakes.taken.isEmpty());
      String told =
          QUEUED
              + "-EXECABORT Transaction discarded because of: TRYAGAIN nothing was done: the server"
              + " is overloaded, as too many requests are under way~-ERR EXEC without MULTI~";
      assertThat(peer.ask("MULTI~INCR {t}a~GET {t}b~EXEC~EXEC", told)).isEqualTo(told);
      waits.complete(new Response.NotSent("a fake", Duration.ofSeconds(1)));
    }
    assertThat(fakes.taken).hasSize(1);
  }

  @Test
  void shouldAskForWhatIsOnlyReadWithoutARecord() {
    fakes.answers =
        question ->
            CompletableFuture.completedStage(
                new Answer.NotReady<>("starting", Duration.ofSeconds(1)));
    String told =
        "+OK~+QUEUED~+QUEUED~*2~-LOADING not ready: starting~-LOADING not ready: starting~";

    assertThat(peer.ask("MULTI~GET a~TTL b~EXEC", told)).isEqualTo(told);
    assertThat(fakes.taken).isEmpty();
  }
}

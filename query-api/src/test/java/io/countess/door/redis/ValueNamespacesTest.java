package io.countess.door.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.answer.Answer;
import io.countess.answer.NamespaceView;
import io.countess.answer.Totals;
import io.countess.answer.VersionedPolicy;
import io.countess.door.Admission;
import io.countess.door.KeysConfig;
import io.countess.event.ByteString;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Held;
import io.countess.event.HeldChange;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Position;
import io.countess.event.Terms;
import io.countess.query.Command;
import io.countess.query.Response;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How a namespace comes to be one of values: before anything is written there. */
class ValueNamespacesTest {
  private static final Event TO_VALUE =
      new Event.ChangePolicy(
          Optional.of(new Policy.Value(Terms.DEFAULT)),
          OnChange.KEEP,
          OptionalLong.of(Event.ChangePolicy.NO_VERSION));

  private final RedisFakes fakes = new RedisFakes();
  private final CompletableFuture<Answer<?>> seen = new CompletableFuture<>();
  private Outcome ofChange = Outcome.ACCEPTED;
  private RedisDoor door;
  private RespPeer peer;

  @BeforeEach
  void open() {
    fakes.answers = question -> seen;
    fakes.responses = this::decided;
    open("redis");
  }

  private void open(String namespace) {
    close();
    door = fakes.open(RedisConfig.on("127.0.0.1", 0, namespace), KeysConfig.NONE, new Admission(9));
    peer = RespPeer.to(door.port());
  }

  @AfterEach
  void close() {
    if (door != null) {
      peer.close();
      door.close();
    }
  }

  private CompletionStage<Response> decided(Command command) {
    boolean isChange = command.event() instanceof Event.ChangePolicy;
    var decision = new Decision(isChange ? ofChange : Outcome.ACCEPTED, Optional.empty(), 1);
    var one = Optional.of(new Held(BigDecimal.ONE, OptionalLong.empty()));
    var value = new HeldChange(Optional.empty(), one);
    return CompletableFuture.completedStage(
        new Response.Decided(isChange ? decision : decision.with(decision.details().with(value))));
  }

  private static Answer<?> view(OptionalLong version, long keys) {
    var policy = new VersionedPolicy(Policy.DEFAULT, version);
    return new Answer.Found<>(
        new NamespaceView(ByteString.utf8("n"), policy, new Totals(keys, keys, false), 1),
        Position.NONE);
  }

  @Test
  void shouldSetThePolicyOnceAndThenWriteInOrder() {
    peer.send("INCR a~DECR a~INCR b~");
    assertThat(peer.hearsNothing()).isTrue();
    assertThat(fakes.taken).isEmpty();

    seen.complete(view(OptionalLong.empty(), 0));

    assertThat(peer.receive(12)).isEqualTo(":1~:1~:1~");
    assertThat(peer.ask("INCR c", ":1~")).isEqualTo(":1~");
    assertThat(fakes.taken).extracting(Command::event).startsWith(TO_VALUE).hasSize(5);
    assertThat(fakes.taken)
        .extracting(command -> command.counter().key().toString())
        .containsExactly("", "a", "a", "b", "c");
    assertThat(fakes.taken.get(1).event().toString()).contains("n=1");
    assertThat(fakes.taken.get(2).event().toString()).contains("n=-1");
  }

  @Test
  void shouldLeaveAPolicyAsItIs() {
    seen.complete(view(OptionalLong.of(7), 3));
    assertThat(peer.ask("INCR a", ":1~")).isEqualTo(":1~");
    assertThat(fakes.taken).hasSize(1);
  }

  @Test
  void shouldGoOnWhereAnotherDoorHasSetThePolicy() {
    ofChange = Outcome.OUTDATED;
    seen.complete(view(OptionalLong.empty(), 0));
    assertThat(peer.ask("INCR a", ":1~")).isEqualTo(":1~");
    assertThat(fakes.taken).hasSize(2);
  }

  @Test
  void shouldNotChangeHowOthersCountWhereKeysNameTheirNamespaces() {
    open(":");
    seen.complete(view(OptionalLong.empty(), 3));
    String reply = "-ERR the namespace 'n' counts by the default policy; give it the kind value~";
    assertThat(peer.ask("INCR n:a", reply)).isEqualTo(reply);
    assertThat(fakes.taken).isEmpty();
  }

  @Test
  void shouldLookAgainWhereNothingCouldBeSeen() {
    seen.complete(new Answer.NotReady<>("the service is starting", Duration.ofSeconds(1)));
    String reply = "-LOADING not ready: the service is starting~";
    assertThat(peer.ask("INCR a", reply)).isEqualTo(reply);
    fakes.answers = question -> CompletableFuture.completedStage(view(OptionalLong.of(7), 3));
    await().until(() -> peer.ask("INCR a", ":1~").equals(":1~"));
  }
}

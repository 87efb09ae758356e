package io.countess.door.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.door.redis.RedisCommand.Effect;
import io.countess.event.ByteString;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Which commands of a connection may be under way together. */
class TurnsTest {
  private static final List<ByteString> A = List.of(ByteString.utf8("a"));
  private static final List<ByteString> B = List.of(ByteString.utf8("b"));
  private static final List<ByteString> BOTH = List.of(A.get(0), B.get(0));
  private static final List<ByteString> EVERY = List.of();

  private final Turns turns = new Turns();

  @Test
  void shouldHaveAReadWaitForAWriteOfItsKey() {
    turns.begin(Effect.WRITE, A);
    assertThat(turns.allow(Effect.READ, A)).isFalse();
    assertThat(turns.allow(Effect.READ, BOTH)).isFalse();
    assertThat(turns.allow(Effect.READ, EVERY)).isFalse();
    assertThat(turns.allow(Effect.READ, B)).isTrue();
    assertThat(turns.allow(Effect.WRITE, A)).isTrue();
    assertThat(turns.allow(Effect.WRITE, EVERY)).isTrue();
    assertThat(turns.allow(Effect.WRITE_IN_STEPS, A)).isFalse();
    assertThat(turns.allow(Effect.WRITE_IN_STEPS, B)).isTrue();
    turns.end(Effect.WRITE, A);
    assertThat(turns.allow(Effect.READ, EVERY)).isTrue();
  }

  @Test
  void shouldHaveAWriteWaitForReadsOfItsKey() {
    turns.begin(Effect.READ, A);
    turns.begin(Effect.READ, BOTH);
    turns.end(Effect.READ, A);
    assertThat(turns.allow(Effect.WRITE, A)).isFalse();
    assertThat(turns.allow(Effect.READ, A)).isTrue();
    turns.end(Effect.READ, BOTH);
    assertThat(turns.allow(Effect.WRITE, A)).isTrue();
  }

  @Test
  void shouldHaveAllWaitForWhatTouchesAllKeys() {
    turns.begin(Effect.READ, EVERY);
    assertThat(turns.allow(Effect.WRITE, A)).isFalse();
    assertThat(turns.allow(Effect.READ, A)).isTrue();
    turns.end(Effect.READ, EVERY);
    turns.begin(Effect.WRITE_IN_STEPS, EVERY);
    assertThat(turns.allow(Effect.WRITE, A)).isFalse();
    assertThat(turns.allow(Effect.READ, A)).isFalse();
    assertThat(turns.allow(Effect.NONE, EVERY)).isTrue();
  }

  @Test
  void shouldCountAKeyThatACommandNamesTwice() {
    turns.begin(Effect.WRITE, List.of(A.get(0), A.get(0)));
    assertThat(turns.allow(Effect.READ, A)).isFalse();
    turns.end(Effect.WRITE, List.of(A.get(0), A.get(0)));
    assertThat(turns.allow(Effect.READ, A)).isTrue();
  }
}

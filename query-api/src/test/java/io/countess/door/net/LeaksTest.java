package io.countess.door.net;

import static org.awaitility.Awaitility.await;

import io.netty.buffer.ByteBufAllocator;
import org.junit.jupiter.api.Test;

/** A watch that sees nothing would let every leak pass. */
class LeaksTest {
  @Test
  void shouldSeeABufferThatIsLost() {
    Leaks.requireWatch();
    Leaks.requireNone();
    ByteBufAllocator.DEFAULT.directBuffer(64).writeByte(1);
    await().until(() -> !Leaks.take().isEmpty());
  }
}

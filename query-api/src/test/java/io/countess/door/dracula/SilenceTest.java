package io.countess.door.dracula;

import static io.countess.door.dracula.Wire.END;
import static io.countess.door.dracula.Wire.packet;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.door.Admission;
import io.countess.door.ApiKeys;
import io.countess.door.Floor;
import io.countess.door.KeysConfig;
import io.countess.door.net.Patience;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.timeout.IdleStateEvent;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a connection over TCP is ended, by a clock of the test. */
class SilenceTest {
  private final Fakes fakes = new Fakes();
  private long nanos;
  private final EmbeddedChannel channel = open();

  private EmbeddedChannel open() {
    var floor = new Floor(fakes, fakes, new ApiKeys(KeysConfig.NONE), fakes.registry);
    var lists = new Lists(floor.queries(PacketDesk.CALLER));
    var meters = floor.meters("dracula");
    var desk = new PacketDesk(Fakes.local(), new Admission(9), meters, lists);
    var patience = new Patience(TcpHandler.LIMITS, () -> nanos);
    return new EmbeddedChannel(new TcpHandler(desk, floor, patience));
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
    channel.pipeline().fireUserEventTriggered(IdleStateEvent.READER_IDLE_STATE_EVENT);
  }

  private void send(byte[] bytes) {
    channel.writeInbound(Unpooled.wrappedBuffer(bytes));
  }

  private boolean isAnswered() {
    channel.runPendingTasks();
    ByteBuf answer = channel.readOutbound();
    return answer != null && answer.release();
  }

  @Test
  void shouldEndAConnectionAfterTenMinutesOfSilence() {
    pass(Duration.ofMinutes(10));
    assertThat(channel.isOpen()).isTrue();
    pass(Duration.ofNanos(1));
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void shouldCountSilenceFromWhatCameLast() {
    pass(Duration.ofMinutes(9));
    send(packet('P', "n", "k"));
    send(END);
    assertThat(isAnswered()).isTrue();
    pass(Duration.ofMinutes(9));
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void shouldEndAConnectionWhosePacketTakesHalfAMinute() {
    pass(Duration.ofMinutes(5));
    byte[] packet = packet('P', "n", "k");
    send(Arrays.copyOf(packet, 10));
    pass(Duration.ofSeconds(30));
    assertThat(channel.isOpen()).isTrue();
    pass(Duration.ofNanos(1));
    assertThat(channel.isOpen()).isFalse();
  }

  /** Or somebody could hold a place for ever, a byte now and then. */
  @Test
  void shouldEndAConnectionThatDribbles() {
    byte[] packet = packet('P', "n", "k");
    for (int i = 0; i < 4; i++) {
      assertThat(channel.isOpen()).isTrue();
      send(Arrays.copyOfRange(packet, i, i + 1));
      nanos += Duration.ofSeconds(11).toNanos();
    }
    assertThat(channel.isOpen()).isFalse();
    assertThat(fakes.puts).hasValue(0);
  }
}

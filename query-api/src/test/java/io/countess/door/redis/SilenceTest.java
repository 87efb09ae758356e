package io.countess.door.redis;

import static java.nio.charset.StandardCharsets.US_ASCII;
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
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** When a connection is ended, by a clock of the test. */
class SilenceTest {
  private static final KeysConfig WITH_KEY =
      new KeysConfig(Optional.empty(), Optional.of("a-key-for-the-tests"), false);

  private final RedisFakes fakes = new RedisFakes();
  private long nanos;
  private EmbeddedChannel channel;

  private void open(KeysConfig keys) {
    var floor = new Floor(fakes, fakes, new ApiKeys(keys), fakes.registry);
    var sessions = new Sessions(floor.keys());
    var table = CommandTable.of(new KeySpace(Optional.empty()), sessions);
    var desk = new Desk(table, new Admission(9), floor.meters("redis"), sessions);
    var patience = new Patience(RespHandler.LIMITS, () -> nanos);
    channel = new EmbeddedChannel(new RespHandler(desk, sessions, floor, patience));
  }

  @AfterEach
  void close() {
    channel.finishAndReleaseAll();
  }

  private void pass(Duration time) {
    nanos += time.toNanos();
    channel.pipeline().fireUserEventTriggered(IdleStateEvent.READER_IDLE_STATE_EVENT);
  }

  private String ask(String text) {
    channel.writeInbound(Unpooled.wrappedBuffer(text.getBytes(US_ASCII)));
    channel.runPendingTasks();
    ByteBuf answer = channel.readOutbound();
    if (answer == null) {
      return "";
    }
    String told = answer.toString(US_ASCII);
    answer.release();
    return told;
  }

  @Test
  void shouldEndAfterAMinuteWhoHasNotLoggedIn() {
    open(WITH_KEY);
    pass(Duration.ofMinutes(1));
    assertThat(channel.isOpen()).isTrue();
    pass(Duration.ofNanos(1));
    assertThat(channel.isOpen()).isFalse();
  }

  @Test
  void shouldLetThoseBeSilentWhoHaveLoggedIn() {
    open(WITH_KEY);
    assertThat(ask("AUTH a-key-for-the-tests\r\n")).isEqualTo("+OK\r\n");
    pass(Duration.ofDays(1));
    assertThat(channel.isOpen()).isTrue();
    assertThat(ask("PING\r\n")).isEqualTo("+PONG\r\n");
  }

  @Test
  void shouldLetEveryoneBeSilentWhereThereAreNoKeys() {
    open(KeysConfig.NONE);
    pass(Duration.ofDays(1));
    assertThat(channel.isOpen()).isTrue();
  }

  @Test
  void shouldEndAConnectionWhoseRequestTakesHalfAMinute() {
    open(KeysConfig.NONE);
    assertThat(ask("PING\r\n*1\r\n$4\r\nPI")).isEqualTo("+PONG\r\n");
    pass(Duration.ofSeconds(30));
    assertThat(channel.isOpen()).isTrue();
    pass(Duration.ofNanos(1));
    assertThat(channel.isOpen()).isFalse();
  }

  /** Or somebody could hold a place for ever, a byte now and then. */
  @Test
  void shouldEndAConnectionThatDribbles() {
    open(KeysConfig.NONE);
    for (String part : new String[] {"*1\r\n", "$", "4\r\n", "P"}) {
      assertThat(channel.isOpen()).isTrue();
      ask(part);
      nanos += Duration.ofSeconds(11).toNanos();
    }
    assertThat(channel.isOpen()).isFalse();
  }
}

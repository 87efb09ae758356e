package io.countess.door.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.query.Demand;
import io.countess.query.Question;
import io.countess.server.Alone;
import io.countess.server.Countess;
import io.countess.server.Setting;
import java.nio.file.Path;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * {@code CL.THROTTLE} at a whole service, byte for byte as redis-cell answers. Periods are long
 * where what is left must not have changed by the next call.
 */
class ThrottleTest {
  @TempDir static Path data;
  private static Countess countess;
  private RespPeer peer;

  @BeforeAll
  static void start() throws InterruptedException {
    var settings = Map.of(Setting.REDIS, "true", Setting.REDIS_PORT, "0");
    countess = Alone.start(data, "memory", settings);
  }

  @AfterAll
  static void stop() {
    countess.close();
  }

  @BeforeEach
  void connect() {
    peer = RespPeer.to(countess.redis().orElseThrow().port());
  }

  @AfterEach
  void hangUp() {
    peer.close();
  }

  private static String five(long refused, long limit, long left, long wait, long free) {
    return "*5~:%d~:%d~:%d~:%d~:%d~".formatted(refused, limit, left, wait, free);
  }

  private void expect(String line, String reply) {
    assertThat(peer.ask(line, reply)).isEqualTo(reply);
  }

  @Test
  void shouldTakeAsLongAsThereIsRoom() {
    expect("CL.THROTTLE room 2 1 1000", five(0, 3, 2, -1, 1000));
    expect("CL.THROTTLE room 2 1 1000 1", five(0, 3, 1, -1, 2000));
    expect("cl.throttle room +2 01 1000 0", five(0, 3, 1, -1, 2000));
    expect("CL.THROTTLE room 2 1 1000 2", five(1, 3, 1, 1000, 2000));
    expect("CL.THROTTLE room 2 1 1000 1", five(0, 3, 0, -1, 3000));
    expect("CL.THROTTLE room 2 1 1000 1", five(1, 3, 0, 1000, 3000));
    expect("CL.THROTTLE room 2 1 1000 3", five(1, 3, 0, 3000, 3000));
    expect("CL.THROTTLE room 2 1 1000 4", five(1, 3, 0, -1, 3000));
  }

  @Test
  void shouldNeverTakeMoreThanTheBucketHolds() {
    expect("CL.THROTTLE much 4 1 1 6", five(1, 5, 5, -1, 0));
    expect("CL.THROTTLE none -1 1 1", five(1, 0, 0, -1, 0));
    expect("CL.THROTTLE none -1 1 1 0", five(0, 0, 0, -1, 0));
  }

  /** Rates that are no whole number a second, minute, hour or day: 3 in 7 s are one in 2.33 s. */
  @Test
  void shouldKnowAnyRate() {
    expect("CL.THROTTLE rate 2 3 7000", five(0, 3, 2, -1, 2334));
    expect("CL.THROTTLE rate 2 3 7000", five(0, 3, 1, -1, 4667));
    expect("CL.THROTTLE rate 2 3 7000", five(0, 3, 0, -1, 7000));
    expect("CL.THROTTLE burst 15 30 60", five(0, 16, 15, -1, 2));
  }

  @Test
  void shouldLetOthersLimitsHoldFromTheNextCallOn() {
    expect("CL.THROTTLE other 4 1 1000 5", five(0, 5, 0, -1, 5000));
    expect("CL.THROTTLE other 1 1 1000 0", five(1, 2, 0, 3000, 5000));
    expect("CL.THROTTLE other 1 1 1000 1", five(1, 2, 0, 4000, 5000));
    expect("CL.THROTTLE other 5 1 1000 1", five(0, 6, 0, -1, 6000));
  }

  @Test
  void shouldCountCallsThatComeTogether() {
    peer.send("CL.THROTTLE many 9 1 1000~".repeat(12));
    for (int i = 9; i >= 0; i--) {
      String reply = five(0, 10, i, -1, 1000L * (10 - i));
      assertThat(peer.receive(reply.replace("~", "\r\n").length())).isEqualTo(reply);
    }
    String refused = five(1, 10, 0, 1000, 10_000);
    assertThat(peer.receive(2 * refused.replace("~", "\r\n").length()))
        .isEqualTo(refused + refused);
  }

  @Test
  void shouldBeACounterThatAllDoorsSee() throws Exception {
    expect("CL.THROTTLE {shared}:key 9 1 1000 4", five(0, 10, 6, -1, 4000));
    var counter = new CounterName(ByteString.utf8("redis"), ByteString.utf8("{shared}:key"));
    var question = new Question.CountOf(counter, OptionalLong.empty());
    assertThat(
            countess
                .queries()
                .ask(question, Demand.NONE)
                .toCompletableFuture()
                .get(10, TimeUnit.SECONDS))
        .satisfies(
            answer -> assertThat(answer.toString()).contains("count=4", "limit=OptionalLong[10]"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      value = {
        "CL.THROTTLE → Cell error: Usage: cl.throttle <key> <max_burst> <count per period> <period>"
            + " [<quantity>]",
        "CL.THROTTLE k 1 1 1 1 1 → Cell error: Usage: cl.throttle <key> <max_burst> <count per"
            + " period> <period> [<quantity>]",
        "CL.THROTTLE k x 1 1 → Cell error: Couldn't parse as integer: x",
        "CL.THROTTLE k 1 1.5 1 → Cell error: Couldn't parse as integer: 1.5",
        "CL.THROTTLE k 1 1 1 '' → Cell error: Couldn't parse as integer: ",
        "CL.THROTTLE k 1 0 1 → Cell error: Zero rates are not supported",
        "CL.THROTTLE k 1 1 0 → Cell error: Zero rates are not supported",
        "CL.THROTTLE k 1 1 -1 → Cell error: Negative rates are not supported",
        "CL.THROTTLE k -2 1 1 → Cell error: max_burst is -2, which is no burst",
        "CL.THROTTLE k 1 1 1 -1 → Cell error: quantity is -1, and nothing is given back",
        "CL.THROTTLE k 1 1 99999999 → Cell error: period is 99999999, which is longer than 400 days",
      })
  void shouldSayWhatIsWrong(String line, String error) {
    String reply = "-" + error.replace("as integer:", "as integer: ").replace(":  ", ": ") + "~";
    expect(line, reply);
    expect("PING", "+PONG~");
  }
}

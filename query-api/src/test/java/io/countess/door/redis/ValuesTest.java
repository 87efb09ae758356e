package io.countess.door.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.answer.Answer;
import io.countess.answer.PolicyHistory;
import io.countess.event.ByteString;
import io.countess.event.Policy;
import io.countess.event.Terms;
import io.countess.query.Demand;
import io.countess.query.PolicyQuestion;
import io.countess.server.Alone;
import io.countess.server.Countess;
import io.countess.server.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Commands on values at a whole service, byte for byte, where Redis 7.0 has no say. */
class ValuesTest {
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

  private void expect(String line, String reply) {
    assertThat(peer.ask(line, reply)).as(line).isEqualTo(reply);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      value = {
        "INCREX x1 → *2~:1~:1~",
        "INCREX x2 BYINT 5 → *2~:5~:5~",
        "INCREX x3 BYINT 5 UBOUND 3 → *2~:0~:0~",
        "INCREX x4 BYINT 5 UBOUND 3 SATURATE → *2~:3~:3~",
        "INCREX x5 BYINT -5 LBOUND -3 UBOUND 9 SATURATE → *2~:-3~:-3~",
        "INCREX x6 BYFLOAT 0.5 → *2~$3~0.5~$3~0.5~",
        "INCREX x7 BYFLOAT 0.5 UBOUND 0.25 SATURATE → *2~$4~0.25~$4~0.25~",
        "INCREX x8 BYINT 1.5 → -ERR value is not an integer or out of range~",
        "INCREX x8 BYFLOAT x → -ERR value is not a valid float~",
        "INCREX x8 BYINT 1 UBOUND 1.5 → -ERR value is not an integer or out of range~",
        "INCREX x8 BYINT 1 BYINT 2 → -ERR syntax error~",
        "INCREX x8 EX 10 PX 10 → -ERR syntax error~",
        "INCREX x8 ENX → -ERR syntax error~",
        "INCREX x8 PERSIST ENX → -ERR syntax error~",
        "INCREX x8 EX 0 → -ERR invalid expire time in 'increx' command~",
        "INCREX x8 FOO → -ERR syntax error~",
      })
  void shouldAddWithinBounds(String line, String reply) {
    expect(line, reply);
  }

  @Test
  void shouldGiveAnEndWithTheFirstIncrement() {
    expect("INCREX first EX 100 ENX", "*2~:1~:1~");
    expect("INCREX first EX 900 ENX", "*2~:2~:1~");
    expect("TTL first", ":100~");
    expect("INCREX first EX 900", "*2~:3~:1~");
    expect("INCREX first UBOUND 3 EX 50", "*2~:3~:0~");
    expect("TTL first", ":900~");
    expect("INCREX first PERSIST", "*2~:4~:1~");
    expect("TTL first", ":-1~");
    expect("INCREX first BYINT 9223372036854775807", "*2~:4~:0~");
    expect(
        "INCREX first BYINT 9223372036854775807 SATURATE",
        "*2~:9223372036854775807~:9223372036854775803~");
    expect("SET first 0.5", "+OK~");
    expect("INCREX first", "-ERR value is not an integer or out of range~");
    peer.send("HELLO 3~INCREX first BYFLOAT 1~QUIT~");
    assertThat(peer.receiveAll()).endsWith("*2~,1.5~,1~+OK~");
  }

  @ParameterizedTest
  @CsvSource({
    "abc",
    "007",
    "+5",
    "0x10",
    "inf",
    "nan",
    "1e400",
    "0.123456789012345678",
    "'\" 5\"'"
  })
  void shouldHoldNumbersOnly(String value) {
    expect(
        "SET odd " + value,
        "-ERR value is not a number of at most 21 digits before the point and 17 behind it, and"
            + " this server holds no others~");
  }

  @Test
  void shouldShowANumberWithoutWhatSaysNothing() {
    expect("SET plain 5.0", "+OK~");
    expect("GET plain", "$1~5~");
    expect("SET plain 1e3", "+OK~");
    expect("GET plain", "$4~1000~");
    expect("INCRBYFLOAT plain 1e-30", "$4~1000~");
    expect("INCRBYFLOAT plain 1e30", "-ERR increment would produce NaN or Infinity~");
  }

  @Test
  void shouldScanPageByPage() {
    for (int i = 10; i < 35; i++) {
      expect("SET page" + i + " 1", "+OK~");
    }
    var found = new ArrayList<String>();
    String cursor = "0";
    do {
      peer.close();
      connect();
      peer.send("SCAN " + cursor + " MATCH page* COUNT 7~QUIT~");
      String[] reply = peer.receiveAll().split("~", -1);
      cursor = reply[2];
      Stream.of(reply).filter(word -> word.startsWith("page")).forEach(found::add);
    } while (!cursor.equals("0"));
    assertThat(found).hasSize(25).doesNotHaveDuplicates().isSorted();
    connect();
    expect("SCAN 17", "-ERR invalid cursor~");
  }

  @Test
  void shouldForgetAValueThatHasEnded() {
    expect("SET short 1 PX 60", "+OK~");
    await().until(() -> peer.ask("GET short", "$-1~").equals("$-1~"));
    expect("TTL short", ":-2~");
    expect("INCR short", ":1~");
    expect("TTL short", ":-1~");
  }

  @Test
  void shouldTakeEffectInTheOrderOfAConnection() {
    var expected = new StringBuilder();
    for (int i = 1; i <= 200; i++) {
      peer.send("INCR order~GET order~");
      expected.append(":%d~$%d~%d~".formatted(i, Integer.toString(i).length(), i));
    }
    int bytes = expected.toString().replace("~", "\r\n").length();
    assertThat(peer.receive(bytes)).isEqualTo(expected.toString());
  }

  @Test
  void shouldLeaveCountersOfOtherKindsAlone() {
    expect("CL.THROTTLE bucket 2 1 1000", "*5~:0~:3~:2~:-1~:1000~");
    String wrong = "-WRONGTYPE Operation against a key holding the wrong kind of value~";
    expect("INCR bucket", wrong);
    expect("SET bucket 1", wrong);
    expect("GET bucket", wrong);
    expect("DEL bucket", wrong);
    expect("MGET bucket", "*1~$-1~");
    expect("EXISTS bucket", ":1~");
    expect("TTL bucket", ":-1~");
    expect("INCR other", ":1~");
  }

  @Test
  void shouldMakeItsNamespaceOneOfValuesOnce() {
    expect("INCR made", ":1~");
    var question = new PolicyQuestion.HistoryOf(ByteString.utf8("redis"));

    var answer = countess.queries().ask(question, Demand.NONE).toCompletableFuture().join();

    assertThat(((Answer.Found<PolicyHistory>) answer).value().changes())
        .extracting(change -> change.policy().orElseThrow())
        .containsExactly(new Policy.Value(Terms.DEFAULT));
  }
}

package io.countess.door.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.server.AllDoors;
import io.countess.server.Countess;
import java.time.Duration;
import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both families of mCaptcha's commands at a whole service, byte for byte. */
class CaptchaTest {
  private static final String LEVELS =
      "'{\"levels\":[{\"visitor_threshold\":2,\"difficulty_factor\":50},"
          + "{\"visitor_threshold\":4,\"difficulty_factor\":500}],\"duration\":%d}'";

  private static Countess countess;
  private RespPeer peer;

  @BeforeAll
  static void start() {
    countess = AllDoors.shared();
  }

  @BeforeEach
  void connect() {
    peer = connected();
  }

  private static RespPeer connected() {
    return RespPeer.to(countess.redis().orElseThrow().port());
  }

  @AfterEach
  void hangUp() {
    peer.close();
  }

  private void expect(String line, String reply) {
    assertThat(peer.ask("MCAPTCHA_CACHE." + line, reply)).isEqualTo(reply);
  }

  /** Sends one request alone, and reads all of its reply. */
  private static String tell(String line) {
    try (RespPeer other = connected()) {
      other.send("MCAPTCHA_CACHE." + line + "~QUIT~");
      return other.receiveAll().replace("+OK~", "");
    }
  }

  private static String visitor(int seconds, int difficulty) {
    String json = "{\"duration\":" + seconds + ",\"difficulty_factor\":" + difficulty + "}";
    return "$" + json.length() + "~" + json + "~";
  }

  @Test
  void shouldCountHitsAndForgetEachByItself() {
    expect("COUNT hits 3", "+OK~");
    expect("COUNT hits 60", "+OK~");
    expect("COUNT hits 60 more arguments", "+OK~");
    expect("get hits", "$1~3~");
    await().atMost(Duration.ofSeconds(5)).until(() -> tell("GET hits").equals("$1~2~"));
  }

  @Test
  void shouldForgetNothingMuchTooEarly() {
    expect("COUNT early 3", "+OK~");
    expect("COUNT early 2", "+OK~");
    long start = System.nanoTime();
    await().until(() -> tell("GET early").startsWith("-key "));
    assertThat(Duration.ofNanos(System.nanoTime() - start))
        .isBetween(Duration.ofMillis(1500), Duration.ofMillis(4500));
  }

  @Test
  void shouldForgetAtOnceWhatLeaksAtOnce() {
    expect("COUNT zero 0", "+OK~");
    await().until(() -> tell("GET zero").startsWith("-key mcap:captcha:"));
  }

  @Test
  void shouldSayThatThereIsNoSuchNameByTheSameNumberEachTime() {
    String answer = tell("GET none");
    assertThat(answer).matches("-key mcap:captcha:\\d{1,20}:none not found~");
    expect("GET none", answer);
    expect("COUNT '' 60", "+OK~");
    expect("GET ''", "$1~1~");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      value = {
        "COUNT name → ERR wrong number of arguments for 'mcaptcha_cache.count' command",
        "GET → ERR wrong number of arguments for 'mcaptcha_cache.get' command",
        "COUNT name x → Couldn't parse as unsigned integer: x",
        "COUNT name -1 → Couldn't parse as unsigned integer: -1",
        "COUNT name 1.5 → Couldn't parse as unsigned integer: 1.5",
        "COUNT name 99999999999 → ERR a hit can be kept for at most 400 days",
        "COUNT \"\\xff\" 1 → UTF8 encoding error in handler args",
        "GET \"\\xff\" → UTF8 encoding error in handler args",
        "GET name \"\\xff\" → UTF8 encoding error in handler args",
        "ADD_CAPTCHA a → ERR wrong number of arguments for 'MCAPTCHA_CACHE.ADD_CAPTCHA' command",
        "ADD_CAPTCHA a {} → missing field `levels` at line 1 column 2",
        "ADD_CAPTCHA a nope → expected ident at line 1 column 2",
        "ADD_CAPTCHA a '{\"levels\":[],\"duration\":3}' → LevelBuilder should have atleaset one level"
            + " configured",
        "ADD_CAPTCHA a '{\"levels\":[{\"visitor_threshold\":2,\"difficulty_factor\":50}],"
            + "\"duration\":0}' → difficulty factor must be greater than zero",
        "ADD_VISITOR none → Captcha not found",
        "DELETE_CAPTCHA none → ERR could not perform this operation on a key that doesn't exist",
      })
  void shouldSayWhatIsWrong(String line, String error) {
    expect(line, "-" + error + "~");
    expect("COUNT after 60", "+OK~");
  }

  @Test
  void shouldMoveOneLevelUpOrDownWithEachVisitor() {
    expect("ADD_CAPTCHA moves " + LEVELS.formatted(600), "+OK~");
    expect("ADD_CAPTCHA moves " + LEVELS.formatted(600), "-mcaptcha mcap:captcha::{moves} exists~");
    expect("CAPTCHA_EXISTS moves", ":0~");
    expect("CAPTCHA_EXISTS other", ":1~");
    expect("GET moves", ":0~");
    int[] difficulties = {50, 50, 500, 50, 500, 500, 500};
    for (int difficulty : difficulties) {
      expect("ADD_VISITOR moves", visitor(600, difficulty));
    }
    expect("GET moves", ":7~");
  }

  @Test
  void shouldNotMoveWhenVisitorsLeave() {
    expect("ADD_CAPTCHA leave " + LEVELS.formatted(3), "+OK~");
    for (int i = 1; i <= 3; i++) {
      tell("ADD_VISITOR leave");
    }
    expect("GET leave", ":3~");
    await().atMost(Duration.ofSeconds(6)).until(() -> tell("GET leave").equals(":0~"));
    // From the second level it goes down with the next visitor, and no earlier.
    expect("ADD_VISITOR leave", visitor(3, 50));
  }

  @Test
  void shouldRenameAndBeginWithoutVisitors() {
    expect("ADD_CAPTCHA before " + LEVELS.formatted(600), "+OK~");
    expect("ADD_VISITOR before", visitor(600, 50));
    expect("RENAME_CAPTCHA before before", "-mcaptcha mcap:captcha::{before} exists~");
    expect("RENAME_CAPTCHA before after", "+OK~");
    expect("CAPTCHA_EXISTS before", ":1~");
    expect("GET after", ":0~");
    expect("ADD_VISITOR after", visitor(600, 50));
    expect("RENAME_CAPTCHA nobody after", "-mcaptcha mcap:captcha::{after} exists~");
    expect("RENAME_CAPTCHA nobody anybody", "+OK~");
    expect("CAPTCHA_EXISTS anybody", ":1~");
  }

  @Test
  void shouldBeginAnewAfterADelete() {
    expect("ADD_CAPTCHA again " + LEVELS.formatted(600), "+OK~");
    for (int difficulty : new int[] {50, 50, 500}) {
      expect("ADD_VISITOR again", visitor(600, difficulty));
    }
    expect("DELETE_CAPTCHA again", "+OK~");
    expect("ADD_VISITOR again", "-Captcha not found~");
    expect("ADD_CAPTCHA again " + LEVELS.formatted(600), "+OK~");
    expect("GET again", ":0~");
    for (int difficulty : new int[] {50, 50, 500, 50}) {
      expect("ADD_VISITOR again", visitor(600, difficulty));
    }
  }

  /** However many come at once, each is counted, and each moves the level by one. */
  @Test
  void shouldMoveOnceForEachOfManyAtOnce() {
    expect("ADD_CAPTCHA many " + LEVELS.formatted(600), "+OK~");
    var all = new ArrayList<CompletableFuture<String>>();
    for (int i = 0; i < 16; i++) {
      all.add(CompletableFuture.supplyAsync(() -> tell("ADD_VISITOR many")));
    }
    assertThat(all.stream().map(CompletableFuture::join))
        .allMatch(it -> it.equals(visitor(600, 50)) || it.equals(visitor(600, 500)));
    expect("GET many", ":16~");
    expect("ADD_VISITOR many", visitor(600, 500));
  }

  @Test
  void shouldTellAChallengeOnceAndForgetIt() {
    String json = " '{\"difficulty\":500,\"duration\":%d,\"challenge\":\"%s\"}'";
    expect("ADD_CHALLENGE c" + json.formatted(600, "one"), "+OK~");
    expect("ADD_CHALLENGE c" + json.formatted(600, "one"), "-Challenge already exists~");
    expect("ADD_CHALLENGE other" + json.formatted(600, "one"), "+OK~");
    expect("GET_CHALLENGE c one", visitor(600, 500));
    expect("GET_CHALLENGE c one", "-Challenge not found~");
    expect("DELETE_CHALLENGE c one", "-Challenge not found~");
    expect("DELETE_CHALLENGE other one", "+OK~");
    expect("GET_CHALLENGE other one", "-Challenge not found~");

    expect("ADD_CHALLENGE c" + json.formatted(1, "two"), "+OK~");
    // It is there again only when the first has ended.
    await().until(() -> tell("ADD_CHALLENGE c" + json.formatted(1, "two")).isEmpty());
    expect("ADD_CHALLENGE c {}", "-missing field `difficulty` at line 1 column 2~");
    expect(
        "GET_CHALLENGE c",
        "-ERR wrong number of arguments for 'MCAPTCHA_CACHE.GET_CHALLENGE' command~");
  }

  @Test
  void shouldGiveAChallengeToOneOfManyWhoAsk() {
    String json = " '{\"difficulty\":0,\"duration\":600,\"challenge\":\"many\"}'";
    expect("ADD_CHALLENGE c" + json, "+OK~");
    var all = new ArrayList<CompletableFuture<String>>();
    for (int i = 0; i < 8; i++) {
      all.add(CompletableFuture.supplyAsync(() -> tell("GET_CHALLENGE c many")));
    }
    assertThat(all.stream().map(CompletableFuture::join).filter(visitor(600, 0)::equals))
        .hasSize(1);
  }
}

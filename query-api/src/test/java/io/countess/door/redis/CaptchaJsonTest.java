package io.countess.door.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.door.redis.CaptchaConfig.Level;
import io.countess.door.redis.CaptchaJson.NoJsonException;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a captcha is registered with. */
class CaptchaJsonTest {
  private static final String LEVELS =
      "{\"levels\":[{\"visitor_threshold\":2,\"difficulty_factor\":50}]";

  @Test
  void shouldReadACaptchaAndPassOverOtherFields() throws NoJsonException {
    String text =
        " { \"more\": [1.5e3, {\"a\":null}, true, \"]\"], \"duration\":30,\n\"levels\" :"
            + " [{\"visitor_threshold\":2,\"difficulty_factor\":50},"
            + "{\"difficulty_factor\":4294967295,\"x\":{},\"visitor_threshold\":0}]} ";
    assertThat(CaptchaJson.captcha(text))
        .isEqualTo(
            new CaptchaJson.Captcha(List.of(new Level(2, 50), new Level(0, 4_294_967_295L)), 30));
  }

  @Test
  void shouldReadAChallenge() throws NoJsonException {
    assertThat(
            CaptchaJson.challenge(
                "{\"difficulty\":500,\"duration\":2,\"challenge\":\"caf\u00e9\"}"))
        .isEqualTo(new CaptchaJson.Challenge(500, 2, "caf\u00e9"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      value = {
        "{} → missing field `levels` at line 1 column 2",
        "nope → expected ident at line 1 column 2",
        "`` → EOF while parsing a value at line 1 column 0",
        "x → expected value at line 1 column 1",
        "{ → EOF while parsing an object at line 1 column 1",
        "{\"levels\":[]} → missing field `duration` at line 1 column 13",
        "{\"levels\":[{}],\"duration\":3} → missing field `visitor_threshold` at line 1 column 13",
        "{\"levels\":[],\"duration\":-1} → invalid value: integer `-1`, expected u64 at line 1 column"
            + " 26",
        "{\"levels\":[],\"duration\":1.5} → invalid type: floating point `1.5`, expected u64 at line 1"
            + " column 27",
        "{\"levels\":[],\"levels\":[]} → duplicate field `levels` at line 1 column 21",
        "{\"duration\":3,} → trailing comma at line 1 column 15",
        "{\"duration\":3 4} → expected `,` or `}` at line 1 column 15",
        "{\"duration\":3}x → trailing characters at line 1 column 15",
        "{1:2} → key must be a string at line 1 column 2",
        "{\"a\" 2} → expected `:` at line 1 column 6",
      })
  void shouldSayWhatIsWrongAsSerdeDoes(String text, String error) {
    assertThatThrownBy(() -> CaptchaJson.captcha(text)).hasMessage(error);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      value = {
        "3 → → LevelBuilder should have atleaset one level configured",
        "0 → 2:50 → difficulty factor must be greater than zero",
        "3 → 2:50 4:0 → difficulty factor must be greater than zero",
        "3 → 4:50 2:20 4:60 → Duplicate visitor count",
        "3 → 2:50 4:50 → Difficulty factor should increase with level",
        "3 → 4:50 2:500 → Difficulty factor should increase with level",
      })
  void shouldCheckLevels(long duration, String levels, String error) {
    List<Level> given = levels == null ? List.of() : levels(levels);
    assertThatThrownBy(() -> CaptchaConfig.of(duration, given)).hasMessage(error);
  }

  private static List<Level> levels(String text) {
    return List.of(text.split(" ")).stream()
        .map(it -> it.split(":"))
        .map(it -> new Level(Long.parseLong(it[0]), Long.parseLong(it[1])))
        .toList();
  }

  @Test
  void shouldKeepAConfigAsText() throws Exception {
    var config = CaptchaConfig.of(30, levels("4:500 2:50"));
    assertThat(config.text()).isEqualTo("mCaptcha: 30 s, difficulty by visitors 2:50 4:500");
    assertThat(CaptchaConfig.parse(config.text())).contains(config);
    assertThat(CaptchaConfig.parse("degrees")).isEmpty();
    assertThat(CaptchaConfig.parse("mCaptcha: 30 s, difficulty by visitors 2:50 4:5")).isEmpty();
  }

  @Test
  void shouldFitTheLongestConfigIntoADescription() throws Exception {
    var levels = new java.util.ArrayList<Level>();
    for (long i = CaptchaConfig.MOST_LEVELS; i > 0; i--) {
      levels.add(new Level(0xFFFF_FFFFL - i, 0xFFFF_FFFFL - i));
    }
    assertThat(CaptchaConfig.of(Long.MAX_VALUE, levels).text().length()).isLessThan(1024);
  }

  /** The example of the description: up and down at the second threshold. */
  @Test
  void shouldGoOneLevelUpOrDownWithEachVisitor() throws Exception {
    var config = CaptchaConfig.of(30, levels("2:50 4:500"));
    int level = 0;
    var told = new StringBuilder();
    for (int visitors = 1; visitors <= 7; visitors++) {
      level = config.next(level, visitors);
      told.append(config.levels().get(level).difficulty()).append(' ');
    }
    assertThat(told.toString().trim()).isEqualTo("50 50 500 50 500 500 500");
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            ",",
            ":",
            "\"",
            "\\",
            "1",
            "-",
            "null",
            "t",
            " ",
            "\n",
            "\"levels\":",
            "\"duration\":3",
            LEVELS,
            "\u00e9")
        .list()
        .ofMaxSize(15)
        .map(all -> String.join("", all));
  }

  @Property
  void shouldReadOrRefuseAnyText(@ForAll("texts") String text) {
    assertThatCode(
            () -> {
              try {
                CaptchaJson.captcha(text);
              } catch (NoJsonException refused) {
                assertThat(refused.getMessage()).matches("(?s).+ at line \\d+ column \\d+");
              }
            })
        .doesNotThrowAnyException();
  }
}

package io.countess.door.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.door.envoy.Level.Entry;
import io.countess.door.envoy.Rule.Limit;
import io.countess.event.InvalidInputException;
import io.countess.event.Policy.Mode;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is read from files, and what is said where they are wrong. */
class RuleReaderTest {
  private static final String LIMIT = "rate_limit: {unit: day, requests_per_unit: 1}";

  private static Rules read(String text) {
    var reader = new RuleReader();
    reader.add("limits.yaml", text);
    return reader.read();
  }

  private static Optional<Rule> rule(String text, String key, String value) {
    return read(text).match("d", List.of(new Entry(key, value))).map(Level.Matched::rule);
  }

  private static void expectWrong(String text, String said) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("envoy-config limits.yaml " + said);
  }

  /** A descriptor from the third line on. */
  private static String descriptor(String... lines) {
    return "domain: d\ndescriptors:\n  - " + String.join("\n    ", lines) + "\n";
  }

  @Test
  void shouldReadALimit() {
    String text =
        """
        # A comment.
        domain: d
        descriptors:
          - key: database
            value: users
            rate_limit:
              name: of users
              unit: Second
              requests_per_unit: 500
              replaces:
                - name: of all
            detailed_metric: true
            value_to_metric: yes
          - key: database
            shadow_mode: true
            rate_limit: {unit: week, requests_per_unit: 4294967295}
          - key: free
            rate_limit: {unlimited: true}
        """;
    assertThat(rule(text, "database", "users"))
        .hasValue(
            new Rule(
                "of users",
                List.of("of all"),
                Optional.of(Limit.of(500, RateUnit.SECOND, Mode.ENFORCE))));
    assertThat(rule(text, "database", "orders"))
        .hasValue(Rule.of(Limit.of(4_294_967_295L, RateUnit.WEEK, Mode.OBSERVE)));
    assertThat(rule(text, "free", "x")).hasValue(new Rule("", List.of(), Optional.empty()));
    assertThat(rule(text, "other", "x")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"50.0.0.5", "1.10", "007", "true", "2001-01-01", "0x10", "'1_000'"})
  void shouldTakeValuesAsTheyStandThere(String value) {
    String text = descriptor("key: k", "value: " + value, LIMIT);
    assertThat(rule(text, "k", value)).isPresent();
    assertThat(rule(text, "k", value + "0")).isEmpty();
  }

  @Test
  void shouldTakeNothingForAnyValue() {
    for (String none : List.of("value:", "value: ''", "value: null", "value: ~")) {
      assertThat(rule(descriptor("key: k", none, LIMIT), "k", "x")).isPresent();
    }
  }

  @Test
  void shouldTakeAliasesAndMerges() {
    String text =
        """
        domain: d
        descriptors:
          - key: a
            rate_limit: &day {unit: day, requests_per_unit: 5}
          - key: b
            rate_limit: *day
          - key: c
            rate_limit: {<<: *day, requests_per_unit: 7}
        """;
    assertThat(rule(text, "b", "")).hasValue(Rule.of(Limit.of(5, RateUnit.DAY, Mode.ENFORCE)));
    assertThat(rule(text, "c", "")).hasValue(Rule.of(Limit.of(7, RateUnit.DAY, Mode.ENFORCE)));
  }

  @Test
  void shouldTakeADomainWithoutDescriptors() {
    assertThat(read("domain: d").has("d")).isTrue();
    assertThat(read("domain: d\ndescriptors:\n").has("d")).isTrue();
  }

  @Test
  void shouldSayThatAFileIsEmpty() {
    assertThatThrownBy(() -> read("# nothing"))
        .hasMessage("envoy-config limits.yaml: nothing stands there");
  }

  @Test
  void shouldNameTheLineOfWhatIsWrong() {
    expectWrong("domain: ''", "line 1: domain is missing");
    expectWrong("descriptors: []", "line 1: domain is missing");
    expectWrong("- domain: d", "line 1: keys with values must stand there");
    expectWrong("domain: [a]", "line 1: domain must be a text");
    expectWrong(
        "domain: d\ndescriptor: []",
        "line 2: unknown key 'descriptor'; known are descriptors, domain");
    expectWrong("domain: d\ndomain: e", "line 2: the key domain stands there twice");
    expectWrong("domain: d\ndescriptors: 5", "line 2: descriptors must be a list");
    expectWrong("domain: d\ndescriptors: [5]", "line 2: keys with values must stand there");
    expectWrong(descriptor("value: v"), "line 3: key is missing");
    expectWrong(
        descriptor("key: k", "rate_limits: {}"),
        "line 4: unknown key 'rate_limits'; known are descriptors, detailed_metric, key,"
            + " rate_limit, shadow_mode, share_threshold, value, value_to_metric");
  }

  @Test
  void shouldNameTheLineOfAWrongLimit() {
    expectWrong(descriptor("key: k", "rate_limit: 5"), "line 4: keys with values must stand there");
    expectWrong(
        descriptor("key: k", "rate_limit: {requests_per_unit: 1}"), "line 4: unit is missing");
    expectWrong(
        descriptor("key: k", "rate_limit: {unit: day}"), "line 4: requests_per_unit is missing");
    expectWrong(
        descriptor("key: k", "rate_limit:", "  unit: days", "  requests_per_unit: 1"),
        "line 5: unit is 'days'; it must be second, minute, hour, day, week, month or year");
    for (String number : List.of("-1", "4294967296", "1.5", "many", "1" + "0".repeat(30))) {
      expectWrong(
          descriptor("key: k", "rate_limit:", "  unit: day", "  requests_per_unit: " + number),
          "line 6: requests_per_unit is '"
              + number
              + "'; it must be a whole number from 0 to 4294967295");
    }
    expectWrong(
        descriptor("key: k", "rate_limit: {unit: day, unlimited: true}"),
        "line 4: unit is for limits; this one is unlimited");
    expectWrong(
        descriptor("key: k", "rate_limit: {unlimited: maybe}"),
        "line 4: unlimited is 'maybe'; it must be true or false");
    expectWrong(
        descriptor("key: k", "rate_limit: {unlimited: true, replaces: [{}]}"),
        "line 4: name is missing");
    expectWrong(
        descriptor("key: k", "rate_limit: {unlimited: true, name: a, replaces: [{name: a}]}"),
        "line 4: name is 'a'; a limit does not replace itself");
  }

  @Test
  void shouldSayWhereAKeyBelongs() {
    expectWrong(
        descriptor("key: k", "rate_limit:", "  unlimited: true", "  shadow_mode: true"),
        "line 6: the key shadow_mode belongs beside rate_limit, not into it");
    expectWrong(descriptor("key: k", "unit: day"), "line 4: the key unit belongs into rate_limit");
    expectWrong(
        descriptor("key: k", "quota_mode: true"),
        "line 4: the key quota_mode is for what this door does not do");
    expectWrong(
        descriptor("key: k", "value: v", "share_threshold: true"),
        "line 5: share_threshold is for a value that ends in *");
  }

  @Test
  void shouldRefuseDuplicates() {
    expectWrong(
        "domain: d\ndescriptors:\n  - {key: k, value: v}\n  - {key: k}\n  - {key: k, value: v}",
        "line 5: the descriptor k=v stands in line 3 already");
    expectWrong(
        "domain: d\ndescriptors:\n  - {key: k}\n  - {key: k, value: }",
        "line 4: the descriptor k stands in line 3 already");
    assertThat(
            read("domain: d\ndescriptors:\n  - {key: a, value: b_c}\n  - {key: a_b, value: c}")
                .has("d"))
        .isTrue();
    var reader = new RuleReader();
    reader.add("one.yaml", "domain: d");
    assertThatThrownBy(() -> reader.add("two.yaml", "\ndomain: d"))
        .hasMessage(
            "envoy-config two.yaml line 2: domain is 'd', as in one.yaml; a domain is in one file");
  }

  @Test
  void shouldSayWhatIsNoYaml() {
    assertThatThrownBy(() -> read("domain: d\ndescriptors: [\n"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("envoy-config limits.yaml line 3: expected the node content");
    assertThatThrownBy(() -> read("domain: d\n---\ndomain: e\n"))
        .hasMessageStartingWith("envoy-config limits.yaml line 2: but found another document");
    assertThatThrownBy(() -> read("domain: d\n\tdescriptors: []"))
        .hasMessageStartingWith("envoy-config limits.yaml line 2: ");
    assertThatThrownBy(() -> read("domain: \u0001"))
        .hasMessageStartingWith("envoy-config limits.yaml: special characters are not allowed");
  }

  @Test
  void shouldMakeNothingOfTags() {
    for (String tag : List.of("javax.script.ScriptEngineManager", "java.net.URL")) {
      assertThatThrownBy(() -> read("domain: !!" + tag + " [x]"))
          .hasMessageStartingWith("envoy-config limits.yaml line 1: Global tag is not allowed");
    }
    expectWrong("domain: !mine d", "line 1: domain must be a text");
  }

  @Test
  void shouldBoundWhatAliasesStandFor() {
    assertThatThrownBy(() -> read("domain: d\ndescriptors: &a\n  - key: k\n    descriptors: *a"))
        .hasMessageContaining("descriptors are nested more than 32 deep");
    var bomb = new StringBuilder("domain: d\ndescriptors:\n");
    String below = "[]";
    for (int i = 0; i < 24; i++) {
      bomb.append(
              "  - {key: k%d, descriptors: &a%d [{key: a, descriptors: %s},".formatted(i, i, below))
          .append(" {key: b, descriptors: %s}]}\n".formatted(below));
      below = "*a" + i;
    }
    assertThatThrownBy(() -> read(bomb.toString()))
        .hasMessageContaining("there are more than 100000 descriptors");
    String deep = "[".repeat(5000) + "]".repeat(5000);
    assertThatThrownBy(() -> read("domain: d\ndescriptors: " + deep))
        .isInstanceOf(InvalidInputException.class);
  }

  @Property
  void shouldReadAnyTextOrSayWhatIsWrong(@ForAll String text) {
    readOrSay(text);
  }

  @Property
  void shouldReadAnyDamagedFileOrSayWhatIsWrong(
      @ForAll @IntRange(max = 400) int at,
      @ForAll @IntRange(max = 20) int length,
      @ForAll("bits") String instead) {
    String whole =
        descriptor("key: k", "value: v*", "shadow_mode: true", LIMIT, "descriptors:")
            + "      - &a\n        key: x\n        rate_limit: {unlimited: true, name: n}\n";
    int from = Math.min(at, whole.length());
    int to = Math.min(from + length, whole.length());
    readOrSay(whole.substring(0, from) + instead + whole.substring(to));
  }

  @Provide
  Arbitrary<String> bits() {
    return Arbitraries.of(
        "", " ", "\n", "\t", ":", "- ", "[", "]", "{", "}", "*a", "&b ", "!!int ", "? ", "| ", "> ",
        "'", "\"", "#", "%", "@", "null", "<<: ", "key: ", "\u0000", "\ud800", "---\n");
  }

  private static void readOrSay(String text) {
    try {
      assertThat(read(text).domains()).hasSize(1);
    } catch (InvalidInputException said) {
      assertThat(said).hasMessageStartingWith("envoy-config limits.yaml");
    }
  }
}

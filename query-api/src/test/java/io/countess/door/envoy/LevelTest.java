package io.countess.door.envoy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.door.envoy.Level.Entry;
import io.countess.door.envoy.Level.Matched;
import io.countess.door.envoy.Level.Node;
import io.countess.door.envoy.Rule.Limit;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Partitions;
import io.countess.event.Policy.Mode;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Which descriptor a request matches, and which counter that is. */
class LevelTest {
  private static final CounterNames NAMES = new CounterNames(ByteString.utf8("envoy"));

  private static Node node(String name, Level below) {
    var limit = Limit.of(1, RateUnit.DAY, Mode.ENFORCE);
    return new Node(Optional.of(new Rule(name, List.of(), Optional.of(limit))), false, below);
  }

  private static Level level(String... values) {
    Map<Entry, Node> nodes = new LinkedHashMap<>();
    for (String value : values) {
      nodes.put(new Entry("k", value), node(value, Level.EMPTY));
    }
    return new Level(nodes);
  }

  private static String matched(Level level, String value) {
    return level.match(List.of(new Entry("k", value))).map(it -> it.rule().name()).orElse("none");
  }

  @Test
  void shouldPreferValuesToBeginningsAndThoseToKeys() {
    Level level = level("a*", "", "ab*", "ab");
    assertThat(matched(level, "ab")).isEqualTo("ab");
    assertThat(matched(level, "abc")).isEqualTo("a*");
    assertThat(matched(level, "a*")).isEqualTo("a*");
    assertThat(matched(level, "b")).isEmpty();
    assertThat(matched(level, "")).isEmpty();
    assertThat(matched(level("x"), "y")).isEqualTo("none");
    assertThat(matched(level("*"), "")).isEqualTo("*");
  }

  @Test
  void shouldNotGoBackToALessSpecificDescriptor() {
    Map<Entry, Node> nodes = new LinkedHashMap<>();
    nodes.put(new Entry("k", "v"), node("v", Level.EMPTY));
    nodes.put(new Entry("k", ""), node("any", level("w")));
    Level level = new Level(nodes);
    var below = new Entry("k", "w");
    assertThat(level.match(List.of(new Entry("k", "v"), below))).isEmpty();
    assertThat(level.match(List.of(new Entry("k", "u"), below))).isPresent();
    assertThat(level.match(List.of())).isEmpty();
  }

  @Property
  void shouldMatchAsAPlainSearchDoes(
      @ForAll("values") List<String> values, @ForAll("value") String asked) {
    String[] distinct = values.stream().distinct().toArray(String[]::new);
    String expected = "none";
    for (String value : distinct) {
      expected = value.isEmpty() ? "" : expected;
    }
    for (int i = distinct.length - 1; i >= 0; i--) {
      String value = distinct[i];
      boolean isBeginning = value.endsWith("*");
      if (isBeginning && asked.startsWith(value.substring(0, value.length() - 1))) {
        expected = value;
      }
    }
    for (String value : distinct) {
      expected = value.equals(asked) && !asked.isEmpty() ? value : expected;
    }
    assertThat(matched(level(distinct), asked)).isEqualTo(expected);
  }

  @Provide
  Arbitrary<List<String>> values() {
    return value().list().ofMaxSize(8);
  }

  @Provide
  Arbitrary<String> value() {
    return Arbitraries.strings().withChars("ab*").ofMaxLength(4);
  }

  /** What a counter is for. */
  private record Use(String domain, List<Entry> entries, RateUnit unit) {
    CounterName counter() {
      return NAMES.of(domain, entries, unit);
    }
  }

  @Property
  void shouldNameEachUseByACounterOfItsOwn(@ForAll("uses") List<Use> uses) {
    Map<CounterName, Use> seen = new HashMap<>();
    for (Use use : uses) {
      Use same = seen.putIfAbsent(use.counter(), use);
      assertThat(same == null || same.equals(use)).isTrue();
    }
  }

  @Property
  void shouldPlaceWhatBeginsTheSameTogether(@ForAll("use") Use one, @ForAll("use") Use other) {
    boolean begin =
        one.domain.equals(other.domain) && one.entries.get(0).equals(other.entries.get(0));
    assertThat(Partitions.areTogether(one.counter(), other.counter())).isEqualTo(begin);
  }

  @Provide
  Arbitrary<List<Use>> uses() {
    return use().list().ofMinSize(2).ofMaxSize(200);
  }

  @Provide
  Arbitrary<Use> use() {
    Arbitrary<String> text =
        Arbitraries.oneOf(
            Arbitraries.strings().withChars("a|{}%=#").ofMaxLength(3),
            Arbitraries.of("a".repeat(1100), "a".repeat(1101), "ä".repeat(1100)));
    Arbitrary<Entry> entry = Combinators.combine(text, text).as(Entry::new);
    return Combinators.combine(
            text, entry.list().ofMinSize(1).ofMaxSize(3), Arbitraries.of(RateUnit.values()))
        .as(Use::new);
  }

  @Test
  void shouldShowInACounterWhatItIsFor() {
    var entries = List.of(new Entry("path", "/a?b=c"), new Entry("user", "{ann|bob}"));
    assertThat(NAMES.of("edge", entries, RateUnit.MINUTE))
        .isEqualTo(CounterName.of("envoy", "{edge|path=/a?b%3Dc}|user=%7Bann%7Cbob%7D|minute"));
  }

  @Test
  void shouldCountByThePatternWhereValuesAreShared() {
    var shared = new Node(node("n", Level.EMPTY).rule(), true, Level.EMPTY);
    var level = new Level(Map.of(new Entry("k", "a*"), shared));
    assertThat(level.match(List.of(new Entry("k", "ab"))).map(Matched::entries))
        .hasValue(List.of(new Entry("k", "a*")));
  }
}

package io.countess.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NamespacePatternsTest {
  @ParameterizedTest
  @CsvSource({
    "logins, logins, true",
    "logins, login, false",
    "logins, logins2, false",
    "billing/*, billing/eu, true",
    "billing/*, billing/eu/west, true",
    "billing/*, billing/, true",
    "billing/*, billing, false",
    "billing/*, xbilling/eu, false",
    "*, '', true",
    "*, anything, true",
    "?, '', false",
    "shop-[a-c]?, shop-b1, true",
    "shop-[^a-c]*, shop-b1, false",
    "a%20b, a b, true",
    "a%2Cb, 'a,b', true",
    "a%2cb, 'a,b', true",
    "100%25, 100%, true",
    "gr%C3%B6%C3%9Fe, größe, true",
    "größe, größe, true",
    "user@*, user@host, true"
  })
  void shouldMatchWholeNames(String pattern, String namespace, boolean matches) {
    assertThat(NamespacePatterns.parse(pattern).cover(ByteString.utf8(namespace)))
        .isEqualTo(matches);
  }

  @ParameterizedTest
  @CsvSource({"%2A, *, x", "%3F, ?, x", "%5Bab%5D, [ab], a", "a%5C%2A, a\\*, a\\b", "[%5Ea], ^, b"})
  void shouldTakeEncodedBytesLiterally(String pattern, String literal, String other) {
    var patterns = NamespacePatterns.parse(pattern);

    assertThat(patterns.cover(ByteString.utf8(literal))).isTrue();
    assertThat(patterns.cover(ByteString.utf8(other))).isFalse();
  }

  @Test
  void shouldMatchBytesThatAreNoText() {
    var patterns = NamespacePatterns.parse("%FF%00*,[%80-%9F]");

    assertThat(patterns.cover(ByteString.of(new byte[] {-1, 0, 1}))).isTrue();
    assertThat(patterns.cover(ByteString.of(new byte[] {-1, 1}))).isFalse();
    assertThat(patterns.cover(ByteString.of(new byte[] {(byte) 0x90}))).isTrue();
    assertThat(patterns.cover(ByteString.of(new byte[] {(byte) 0xA0}))).isFalse();
  }

  @Test
  void shouldCoverWhatAnyOfThemMatches() {
    var patterns = NamespacePatterns.parse("a,b*");

    assertThat(patterns.coverAll(List.of(ByteString.utf8("a"), ByteString.utf8("bc")))).isTrue();
    assertThat(patterns.coverAll(List.of(ByteString.utf8("a"), ByteString.utf8("c")))).isFalse();
    assertThat(patterns.coverAll(List.of())).as("the service as a whole").isFalse();
    assertThat(patterns).hasToString("a,b*").isEqualTo(NamespacePatterns.of(List.of("a", "b*")));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''|pattern is empty; * stands for every namespace",
        "a,|pattern is empty; * stands for every namespace",
        "x[a|pattern is 'x[a', where ']' is missing after '['; \\[ stands for itself",
        "a%2|pattern is 'a%2', with a '%' that two hexadecimal digits do not follow; %25 stands for"
            + " itself",
        "%G0|pattern is '%G0', with a '%' that two hexadecimal digits do not follow; %25 stands for"
            + " itself",
      })
  void shouldSayWhatIsWrong(String patterns, String message) {
    assertThatThrownBy(() -> NamespacePatterns.parse(patterns))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }

  @Test
  void shouldBeBounded() {
    assertThat(NamespacePatterns.of(Collections.nCopies(100, "a")).patterns()).hasSize(100);
    assertThatThrownBy(() -> NamespacePatterns.of(Collections.nCopies(101, "a")))
        .hasMessage("patterns are 101; there must be 1 to 100");
  }
}

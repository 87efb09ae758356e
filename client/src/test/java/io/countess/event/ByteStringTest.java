package io.countess.event;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteStringTest {
  @Test
  void shouldNotChangeWithTheArrayItWasMadeFromOrGives() {
    byte[] source = {1, 2};
    var bytes = ByteString.of(source);
    source[0] = 9;
    bytes.toBytes()[1] = 9;
    assertThat(bytes).isEqualTo(ByteString.of(new byte[] {1, 2}));
  }

  @Test
  void shouldOrderBytesAsUnsigned() {
    var low = ByteString.of(new byte[] {0x7f});
    var high = ByteString.of(new byte[] {(byte) 0x80});
    assertThat(low).isLessThan(high).isGreaterThan(ByteString.EMPTY);
    assertThat(high).isLessThan(ByteString.of(new byte[] {(byte) 0x80, 0}));
  }

  @Test
  void shouldShowBytesThatAreNotTextInHexadecimal() {
    var notText = ByteString.of(new byte[] {(byte) 0xff, 'a'});
    assertThat(notText.text()).isEmpty();
    assertThat(notText).hasToString("0xff61");
    assertThat(ByteString.utf8("día")).hasToString("día");
  }

  @Test
  void shouldCutBytesOut() {
    byte[] source = "abcd".getBytes(UTF_8);
    assertThat(ByteString.of(source, 1, 3)).hasToString("bc");
    assertThat(ByteString.of(source, 2, 2)).isSameAs(ByteString.EMPTY);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a\ud800", "\udc00b", "\ud83d", "\ude00\ud83d"})
  void shouldRefuseHalfOfASurrogatePair(String text) {
    assertThatThrownBy(() -> ByteString.utf8(text))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("half of a surrogate pair");
    assertThatThrownBy(() -> CounterName.of("n", text)).hasMessageStartingWith("key has half");
    assertThatThrownBy(() -> CounterName.of(text, "k")).hasMessageStartingWith("namespace has");
  }

  @Property
  void shouldReadBackEveryTextThatIsOne(@ForAll String text) {
    if (UTF_8.newEncoder().canEncode(text)) {
      assertThat(ByteString.utf8(text).text()).contains(text);
    }
  }
}

package io.countess.door.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.ByteString;
import io.countess.event.CounterName;
import java.util.Optional;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which counter a key means. */
class KeySpaceTest {
  private static final KeySpace BY_PREFIX = new KeySpace(Optional.empty());
  private static final KeySpace ONE = new KeySpace(Optional.of(ByteString.utf8("redis")));

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "logins:alice, logins, alice",
        "logins:a:b, logins, a:b",
        "logins:, logins, \"\"",
        "alice, \"\", alice",
        ":alice, \"\", :alice",
        "{tag}:alice, \"\", {tag}:alice",
        "a{tag:b}:c, \"\", a{tag:b}:c",
        "a:{tag}, a, {tag}",
        "\"\", \"\", \"\"",
      })
  void shouldTakeTheNamespaceFromTheKey(String key, String namespace, String rest) {
    assertThat(BY_PREFIX.counter(ByteString.utf8(key))).isEqualTo(CounterName.of(namespace, rest));
    assertThat(ONE.counter(ByteString.utf8(key))).isEqualTo(CounterName.of("redis", key));
  }

  @Property
  void shouldFindTheKeyOfACounterAgain(
      @ForAll
          @CharRange(from = '9', to = 'b')
          @CharRange(from = '{', to = '}')
          @StringLength(max = 80)
          String text) {
    ByteString key = ByteString.utf8(text);
    assertThat(BY_PREFIX.key(BY_PREFIX.counter(key))).isEqualTo(key);
    assertThat(ONE.key(ONE.counter(key))).isEqualTo(key);
  }
}

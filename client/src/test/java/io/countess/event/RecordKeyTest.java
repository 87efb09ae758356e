package io.countess.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RecordKeyTest {
  @ParameterizedTest
  @CsvSource({
    "logins, alice, logins/alice",
    "logins, a/b%c {d}, logins/a/b%c {d}",
    "a.b_c~d:e-9, k, a.b_c~d:e-9/k",
    "a/b, k, a%2Fb/k",
    "50%, k, 50%25/k",
    "día, ü, d%C3%ADa/ü",
    "'', k, /k",
    "n, '', n/",
    "'', '', /",
  })
  void shouldEncodeTheNamespaceOnly(String namespace, String key, String recordKey) {
    var name = CounterName.of(namespace, key);
    assertThat(new String(RecordKey.of(name), UTF_8)).isEqualTo(recordKey);
    assertThat(RecordKey.parse(recordKey.getBytes(UTF_8))).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b/k", "%6Cogins/k", "a%2fb/k", "d\u00eda/k"})
  void shouldReadKeysThatAreNotCanonical(String text) {
    byte[] recordKey = text.getBytes(UTF_8);
    assertThat(RecordKey.isCanonical(recordKey)).isFalse();
    var name = RecordKey.parse(recordKey);
    assertThat(RecordKey.isCanonical(RecordKey.of(name))).isTrue();
    assertThat(RecordKey.parse(RecordKey.of(name))).isEqualTo(name);
  }

  @ParameterizedTest
  @ValueSource(strings = {"%/k", "a%2/k", "%GG/k", "%+1/k", "a%zz/", "%2", "%\u0666\u0666/k"})
  void shouldRefuseBrokenPercentSequences(String text) {
    byte[] recordKey = (text.contains("/") ? text : text + "/k").getBytes(UTF_8);
    assertThatThrownBy(() -> RecordKey.parse(recordKey))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("two hexadecimal digits");
  }

  @Test
  void shouldRefuseAKeyWithoutASeparator() {
    assertThatThrownBy(() -> RecordKey.parse("alice".getBytes(UTF_8)))
        .hasMessage("key has no '/' between the namespace and the key");
    assertThat(RecordKey.isCanonical("alice".getBytes(UTF_8))).isFalse();
    assertThat(RecordKey.separator(new byte[0])).isEqualTo(-1);
  }

  @Test
  void shouldRefuseNamesThatAreTooLong() {
    byte[] longest = ("n".repeat(64) + "/" + "k".repeat(4096)).getBytes(UTF_8);
    assertThat(RecordKey.of(RecordKey.parse(longest))).isEqualTo(longest);
    assertThatThrownBy(() -> RecordKey.parse(("n".repeat(65) + "/").getBytes(UTF_8)))
        .hasMessage("namespace is 65 bytes long; at most 64 bytes are allowed");
    assertThatThrownBy(() -> RecordKey.parse(("/" + "k".repeat(4097)).getBytes(UTF_8)))
        .hasMessage("key is 4097 bytes long; at most 4096 bytes are allowed");
  }

  @Test
  void shouldCountTheBytesOfTheNamespaceAfterDecoding() {
    byte[] recordKey = ("%ff".repeat(64) + "/k").getBytes(ISO_8859_1);
    assertThat(RecordKey.parse(recordKey).namespace().size()).isEqualTo(64);
  }

  @Property
  @Domain(Contract.class)
  void shouldReadBackEveryName(@ForAll CounterName name) {
    byte[] recordKey = RecordKey.of(name);
    assertThat(RecordKey.parse(recordKey)).isEqualTo(name);
    assertThat(RecordKey.isCanonical(recordKey)).isTrue();
    int separator = RecordKey.separator(recordKey);
    assertThat(RecordKey.encodeNamespace(name.namespace())).hasSize(separator);
    assertThat(RecordKey.decodeNamespace(recordKey, separator)).isEqualTo(name.namespace());
  }

  @Property
  void shouldReadOrRefuseAnything(@ForAll byte[] recordKey) {
    try {
      var name = RecordKey.parse(recordKey);
      assertThat(RecordKey.parse(RecordKey.of(name))).isEqualTo(name);
    } catch (InvalidInputException refused) {
      assertThat(refused.field()).isIn("key", "namespace");
    }
  }
}

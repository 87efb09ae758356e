package io.countess.event;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.apache.kafka.common.utils.Utils;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The oracle is what Kafka's own Java clients do. */
class PartitionsTest {
  @Property
  void shouldPlaceKeysWithoutBracesAsKafkasClientsDo(
      @ForAll @Size(max = 300) byte[] recordKey, @ForAll @IntRange(min = 1, max = 1024) int of) {
    byte[] withoutBraces = new String(recordKey, UTF_8).replace('{', '(').getBytes(UTF_8);
    assertThat(Partitions.of(withoutBraces, of)).isEqualTo(kafkas(withoutBraces, of));
  }

  @Property
  @Domain(Contract.class)
  @Domain(DomainContext.Global.class)
  void shouldPlaceEveryNameByItsTagOrItsWholeRecordKey(
      @ForAll CounterName name, @ForAll @IntRange(min = 1, max = 1024) int of) {
    byte[] recordKey = RecordKey.of(name);
    assertThat(Partitions.of(recordKey, of)).isEqualTo(kafkas(placing(name), of));
    assertThat(Partitions.of(recordKey, RecordKey.separator(recordKey), of))
        .isEqualTo(Partitions.of(recordKey, of));
  }

  @ParameterizedTest
  @CsvSource({
    "carts/{u1}, u1",
    "carts/item:{u1}:7, u1",
    "carts/{u1}{u2}, u1",
    "carts/{{u1}}, {u1",
    "other/x{u1}, u1",
    "carts/{}{u1}, carts/{}{u1}",
    "carts/{u1, carts/{u1",
    "carts/u1}, carts/u1}",
    "carts/}{u1}, u1",
    "%7Bns%7D/k, %7Bns%7D/k",
  })
  void shouldPlaceByTheHashTagOfTheKey(String recordKey, String placedBy) {
    for (int of : new int[] {1, 4, 16, 1024}) {
      assertThat(Partitions.of(recordKey.getBytes(UTF_8), of))
          .isEqualTo(kafkas(placedBy.getBytes(UTF_8), of));
    }
  }

  @Test
  void shouldNotReadATagInARawNamespace() {
    byte[] recordKey = "{ns}/k".getBytes(UTF_8);
    assertThat(Partitions.of(recordKey, 1024)).isEqualTo(kafkas(recordKey, 1024));
  }

  @Property
  @Domain(Contract.class)
  @Domain(DomainContext.Global.class)
  void shouldKnowWhatIsTogetherInAnyNumberOfPartitions(
      @ForAll CounterName one, @ForAll CounterName other) {
    boolean together = Arrays.equals(placing(one), placing(other));
    assertThat(Partitions.areTogether(one, other)).isEqualTo(together);
    assertThat(Partitions.areTogether(one, one)).isTrue();
  }

  @ParameterizedTest
  @CsvSource({
    "a, {t}x, b, {t}y, true",
    "a, {t}x, a, y{t}, true",
    "a, x, a, x, true",
    "a, x, a, y, false",
    "a, x, b, x, false",
    "a, {t}x, a, {T}x, false",
    "a, {t}x, a, t, false",
    "a, {}x, a, {}y, false",
    "{t}a, x, {t}a, y, false",
  })
  void shouldKeepTogetherWhatCarriesTheSameTag(
      String namespace, String key, String otherNamespace, String otherKey, boolean together) {
    var one = CounterName.of(namespace, key);
    var other = CounterName.of(otherNamespace, otherKey);
    assertThat(Partitions.areTogether(one, other)).isEqualTo(together);
  }

  @Test
  void shouldSayHowToClaimTogether() {
    var x = CounterName.of("a", "{t}x");
    var y = CounterName.of("b", "{t}y");
    Partitions.requireTogether(List.of());
    Partitions.requireTogether(List.of(x, y));
    assertThatThrownBy(() -> Partitions.requireTogether(List.of(x, y, CounterName.of("b", "z"))))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "counters are not all in one partition: 'a/{t}x' and 'b/z' must carry the same hash"
                + " tag in their keys, the same text in braces as in {t}a and {t}b, to be changed"
                + " together");
  }

  private static int kafkas(byte[] bytes, int partitions) {
    return Utils.toPositive(Utils.murmur2(bytes)) % partitions;
  }

  /** The rule of the contract, told once more in the plainest way. */
  private static byte[] placing(CounterName name) {
    String key = new String(name.key().toBytes(), ISO_8859_1);
    int open = key.indexOf('{');
    int close = open < 0 ? -1 : key.indexOf('}', open);
    return close > open + 1
        ? ByteString.of(name.key().toBytes(), open + 1, close).toBytes()
        : RecordKey.of(name);
  }
}

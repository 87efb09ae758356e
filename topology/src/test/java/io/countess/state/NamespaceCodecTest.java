package io.countess.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.count.Counting;
import io.countess.count.Tally;
import io.countess.event.ByteString;
import io.countess.event.Policy;
import io.countess.event.RecordKey;
import io.countess.event.codec.PolicyCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

/** Rows of namespaces, of the default policy and of totals as bytes. */
class NamespaceCodecTest {
  private static final PolicyInForce DEFAULTS =
      new PolicyInForce(Counting.of(Policy.DEFAULT), OptionalLong.empty(), 0);

  @Property
  void shouldReadBackANamespace(
      @ForAll @Size(max = 64) byte[] name,
      @ForAll("policies") Policy policy,
      @ForAll("versions") OptionalLong version,
      @ForAll @LongRange(max = Long.MAX_VALUE - 1) long epoch,
      @ForAll List<@LongRange(min = 1) Long> ends,
      @ForAll long high,
      @ForAll boolean sweeping) {
    var counting = version.isPresent() ? Counting.of(policy) : DEFAULTS.counting();
    byte[] encodedName = RecordKey.encodeNamespace(ByteString.of(name));
    var inForce = new PolicyInForce(counting, version, epoch);
    var namespace = new Namespace(ByteString.of(name), encodedName, inForce);
    namespace.sweptTo = sweeping ? name : null;
    namespace.noteOwn(ends.size());
    for (int i = 0; i < ends.size(); i++) {
      namespace.tally().addSum(ends.get(i), i % 2 == 0 ? high : 0, i - 5);
      namespace.tally().addKeys(ends.get(i) + 1, 1);
    }
    namespace.tally().drop(0);

    var read = NamespaceCodec.decode(encodedName, NamespaceCodec.encode(namespace), DEFAULTS);

    assertThat(read.name()).isEqualTo(namespace.name());
    assertThat(read.policy().counting().policy()).isEqualTo(counting.policy());
    assertThat(read.policy().version()).isEqualTo(version);
    assertThat(read.policy().epoch()).isEqualTo(epoch);
    assertThat(read.sweptTo).isEqualTo(namespace.sweptTo);
    assertThat(read.ownPolicies).isEqualTo(ends.size());
    assertThat(entries(read.tally())).isEqualTo(entries(namespace.tally()));
  }

  @Property
  void shouldReadBackTheDefaultPolicy(@ForAll("policies") Policy policy) {
    var defaults = new PolicyInForce(Counting.of(policy), OptionalLong.of(7), 9);

    var read = NamespaceCodec.decodeDefaults(NamespaceCodec.encodeDefaults(defaults));

    assertThat(read.counting().policy()).isEqualTo(policy);
    assertThat(read.version()).hasValue(7);
    assertThat(read.epoch()).isEqualTo(9);
  }

  @Example
  void shouldTakeTheBuiltInDefaultPolicyWhereNoneWasSet() {
    var builtIn = NamespaceCodec.decodeDefaults(null);

    assertThat(builtIn.counting().policy()).isEqualTo(Policy.DEFAULT);
    assertThat(builtIn.version()).isEmpty();
    assertThat(builtIn.epoch()).isZero();
  }

  @Example
  void shouldWriteTheseBytes() {
    var policy = Counting.of(decode("{\"kind\":\"total\"}"));
    var inForce = new PolicyInForce(policy, OptionalLong.of(300), 301);
    var namespace =
        new Namespace(ByteString.utf8("a b"), "a%20b".getBytes(StandardCharsets.UTF_8), inForce);
    namespace.sweptTo = new byte[] {'C'};
    namespace.tally().addSum(1000, -2);
    namespace.tally().addKeys(1000, 1);
    String json =
        HexFormat.of()
            .formatHex("{\"kind\":\"total\",\"initial\":0}".getBytes(StandardCharsets.UTF_8));

    assertThat(HexFormat.of().formatHex(NamespaceCodec.encode(namespace)))
        .isEqualTo(
            "01" + "03" + "ac02" + "1c" + json + "0143" + "ad02" + "01e80703" + "02e80702" + "00");
  }

  /** All ends that puts can have which come within two minutes, with every time to live. */
  @Example
  void shouldFitTheTotalsOfEveryTimeToLiveIntoARecord() {
    var tally = new Tally();
    long floor = 1_767_225_600_000L;
    addEnds(tally, floor, 10, 2000);
    for (long resolution = 1000; resolution < 1000 << 19; resolution *= 2) {
      addEnds(tally, floor, resolution, 256 * resolution);
    }

    assertThat(NamespaceCodec.encodeTally(tally)).hasSizeBetween(300_000, 700_000);
  }

  private static void addEnds(Tally tally, long floor, long resolution, long longestTtl) {
    for (long ends = floor; ends < floor + 120_000 + longestTtl; ends += resolution) {
      tally.addSum(ends, Long.MAX_VALUE >> 10);
      tally.addKeys(ends, Integer.MAX_VALUE);
    }
  }

  @Example
  void shouldRefuseARowOfAVersionThatItDoesNotKnow() {
    assertThatThrownBy(() -> NamespaceCodec.decodeTally(new byte[] {2, 0}, new Tally()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("version");
  }

  private static List<String> entries(Tally tally) {
    var entries = new ArrayList<String>();
    tally.forEachSum((end, high, low) -> entries.add("sum " + end + " " + high + " " + low));
    tally.forEachKeyEnd((end, n) -> entries.add("keys " + end + " " + n));
    return entries;
  }

  @Provide
  Arbitrary<OptionalLong> versions() {
    return Arbitraries.longs()
        .between(0, Long.MAX_VALUE)
        .optional(0.5)
        .map(v -> v.map(OptionalLong::of).orElse(OptionalLong.empty()));
  }

  @Provide
  Arbitrary<Policy> policies() {
    return Arbitraries.of(
            "{\"kind\":\"expiring\",\"ttl\":\"90s\"}",
            "{\"kind\":\"expiring\",\"ttl\":\"400d\",\"limit\":0}",
            "{\"kind\":\"leaky\",\"rate\":\"7/h\"}",
            "{\"kind\":\"leaky\",\"rate\":\"999999999999999999/d\",\"capacity\":106751991167}",
            "{\"kind\":\"total\",\"initial\":-5,\"min\":-5,\"max\":9,\"maxDelta\":1,\"limit\":8}",
            "{\"kind\":\"total\"}")
        .map(NamespaceCodecTest::decode);
  }

  private static Policy decode(String json) {
    return PolicyCodec.decode(json.getBytes(StandardCharsets.UTF_8));
  }
}

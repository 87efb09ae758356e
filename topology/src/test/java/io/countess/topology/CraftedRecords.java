package io.countess.topology;

import io.countess.event.ByteString;
import io.countess.event.LogFormat;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Tuple;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Records as somebody would make them who wants to break the fold. */
final class CraftedRecords {
  record Crafted(byte[] key, byte[] value, Headers headers, Instant at) {
    @Override
    public String toString() {
      return "%s %s %s at %d".formatted(text(key), text(value), headers, at.toEpochMilli());
    }

    private static String text(byte[] bytes) {
      return bytes == null ? "nothing" : "'" + ByteString.of(bytes) + "'";
    }
  }

  private record Head(String name, byte[] value) {}

  private CraftedRecords() {}

  static Arbitrary<Crafted> all() {
    var crafted =
        Combinators.combine(keys(), values(), headers(), instants())
            .as(
                (key, value, heads, at) ->
                    new Crafted(key.orElse(null), value.orElse(null), heads, at));
    return Arbitraries.frequencyOf(Tuple.of(3, crafted), Tuple.of(2, sensible()));
  }

  /** Events that change how others are folded, in an order that nobody expects. */
  private static Arbitrary<Crafted> sensible() {
    var policies =
        Combinators.combine(
                Arbitraries.of("ns/", "other/", "/"), policies(), Arbitraries.of("keep", "reset"))
            .as(
                (key, policy, onChange) ->
                    key
                        + " {\"op\":\"policy\",\"policy\":"
                        + policy
                        + ",\"onChange\":\""
                        + onChange
                        + "\"}");
    var defaults =
        Combinators.combine(policies(), Arbitraries.of("keep", "reset"))
            .as(
                (policy, onChange) ->
                    "/ {\"op\":\"defaults\",\"policy\":"
                        + policy
                        + ",\"onChange\":\""
                        + onChange
                        + "\"}");
    var others =
        Arbitraries.of(
            "ns/1 {\"op\":\"reset\"}",
            "ns/1 {\"op\":\"set\",\"value\":7}",
            "/ {\"op\":\"tick\"}",
            "ns/1 {}",
            "other/1 {\"n\":-1}",
            "ns/2 {\"ttl\":\"1h\"}");
    var ahead = Arbitraries.longs().between(-100_000, 500_000).map(FoldFixture.START::plusMillis);
    return Combinators.combine(
            Arbitraries.frequencyOf(
                Tuple.of(1, policies), Tuple.of(1, defaults), Tuple.of(3, others)),
            ahead)
        .as(
            (line, at) -> {
              String[] record = line.split(" ", 2);
              return new Crafted(
                  FoldFixture.utf8(record[0]),
                  FoldFixture.utf8(record[1]),
                  new RecordHeaders(),
                  at);
            });
  }

  private static Arbitrary<Optional<byte[]>> keys() {
    var odd =
        Arbitraries.of(
            "",
            "/",
            "//",
            "ns/",
            "no separator",
            "n s/k",
            "%/k",
            "%2/k",
            "%zz/k",
            "%41/k",
            "%C3/k",
            "%c3%a4/k",
            "ns/{tag}k",
            "ns/{}k",
            "ns/{k",
            "n".repeat(64) + "/k",
            "n".repeat(65) + "/k",
            "%20".repeat(64) + "/k",
            "%20".repeat(65) + "/k",
            "ns/" + "k".repeat(4096),
            "ns/" + "k".repeat(4097));
    var usual =
        Combinators.combine(
                Arbitraries.of("ns", "other", "", "n%20s"), Arbitraries.integers().between(0, 9))
            .as((namespace, key) -> namespace + "/" + key);
    return Arbitraries.frequencyOf(
            Tuple.of(6, usual.map(FoldFixture::utf8)),
            Tuple.of(3, odd.map(FoldFixture::utf8)),
            Tuple.of(1, bytes(80)))
        .optional(0.95);
  }

  private static Arbitrary<Optional<byte[]>> values() {
    return Arbitraries.frequencyOf(
            Tuple.of(1, Arbitraries.just(new byte[0])),
            Tuple.of(8, objects().map(FoldFixture::utf8)),
            Tuple.of(2, encoded()),
            Tuple.of(3, mutated()),
            Tuple.of(1, bytes(200)),
            Tuple.of(1, nested()))
        .optional(0.9);
  }

  private static Arbitrary<String> objects() {
    return Combinators.combine(
            fields(), Arbitraries.of("{", "{ ", "[{", ""), Arbitraries.of("}", "}}", ""))
        .as((fields, open, close) -> open + String.join(",", fields) + close)
        .filter(json -> json.length() < 40_000);
  }

  private static Arbitrary<List<String>> fields() {
    return Combinators.combine(names(), scalars())
        .as((name, value) -> "\"" + name + "\":" + value)
        .list()
        .ofMaxSize(4);
  }

  private static Arbitrary<String> names() {
    return Arbitraries.of(
        "op",
        "op",
        "op",
        "n",
        "n",
        "ttl",
        "value",
        "if",
        "policy",
        "policy",
        "onChange",
        "id",
        "x",
        "\\ud800",
        "",
        "kind",
        "\\u0000");
  }

  private static Arbitrary<String> scalars() {
    return Arbitraries.frequencyOf(Tuple.of(1, policies()), Tuple.of(4, others()));
  }

  private static Arbitrary<String> policies() {
    return Arbitraries.of(
        "{\"kind\":\"expiring\",\"ttl\":\"1s\",\"limit\":2}",
        "{\"kind\":\"leaky\",\"rate\":\"1/d\",\"capacity\":106751991167}",
        "{\"kind\":\"leaky\",\"rate\":\"999999999999999999/s\"}",
        "{\"kind\":\"total\",\"limit\":9223372036854775807}",
        "{\"kind\":\"total\",\"min\":5,\"max\":-5}",
        "{\"kind\":\"gauge\"}",
        "{\"kind\":null}",
        "{}");
  }

  private static Arbitrary<String> others() {
    return Arbitraries.of(
        "\"put\"",
        "\"set\"",
        "\"reset\"",
        "\"policy\"",
        "\"defaults\"",
        "\"tick\"",
        "\"absent\"",
        "\"keep\"",
        "\"60s\"",
        "\"PT9999999999999999999H\"",
        "\"999999999999999999d\"",
        "\"400d\"",
        "\"0s\"",
        "\"-1s\"",
        "\"\\ud800\"",
        "\"\"",
        "0",
        "-1",
        "9223372036854775807",
        "-9223372036854775808",
        "9223372036854775808",
        "1e400",
        "1.5",
        "-0",
        "01",
        "NaN",
        "true",
        "null",
        "[]",
        "{}",
        "1".repeat(99),
        "1".repeat(101),
        "\"" + "x".repeat(5000) + "\"");
  }

  private static Arbitrary<byte[]> encoded() {
    var charsets =
        Arbitraries.of("UTF-8", "UTF-16", "UTF-16LE", "UTF-32", "UTF-32LE", "ISO-8859-1")
            .map(Charset::forName);
    return Combinators.combine(objects(), charsets).as(String::getBytes);
  }

  private static Arbitrary<byte[]> mutated() {
    return Combinators.combine(encoded(), Arbitraries.integers(), Arbitraries.bytes())
        .as(
            (bytes, at, b) -> {
              if (bytes.length > 0) {
                bytes[Math.floorMod(at, bytes.length)] = b;
              }
              return bytes;
            });
  }

  private static Arbitrary<byte[]> nested() {
    return Arbitraries.of("[", "{\"policy\":", "{\"x\":[")
        .map(open -> FoldFixture.utf8(open.repeat(2000)));
  }

  private static Arbitrary<Headers> headers() {
    var forwarded =
        Arbitraries.oneOf(marks(), marks(), bytes(40)).optional(0.9).map(v -> v.orElse(null));
    Arbitrary<Head> heads =
        Arbitraries.frequencyOf(
            Tuple.of(4, forwarded.map(value -> new Head(LogFormat.FORWARDED_HEADER, value))),
            Tuple.of(2, anything().map(value -> new Head(LogFormat.CALLER_HEADER, value))),
            Tuple.of(1, anything().map(value -> new Head(LogFormat.TIME_HEADER, value))),
            Tuple.of(1, anything().map(value -> new Head(LogFormat.REASON_HEADER, value))));
    return heads
        .list()
        .ofMaxSize(2)
        .map(
            list -> {
              var headers = new RecordHeaders();
              list.forEach(head -> headers.add(head.name, head.value));
              return headers;
            });
  }

  private static Arbitrary<byte[]> anything() {
    return bytes(60).optional(0.8).map(value -> value.orElse(null));
  }

  private static Arbitrary<byte[]> marks() {
    var numbers = Arbitraries.of(-2L, -1L, 0L, 1L, 5L, Long.MAX_VALUE, Long.MIN_VALUE);
    var partitions = Arbitraries.of(-1, 0, 1, 2, 3, Integer.MAX_VALUE, Integer.MIN_VALUE);
    var start = FoldFixture.START.toEpochMilli();
    var times = Arbitraries.of(start, start + 5, 0L, -1L, Long.MAX_VALUE, Long.MIN_VALUE);
    return Combinators.combine(partitions, numbers, numbers, times)
        .as(
            (partition, offset, previous, at) ->
                ByteBuffer.allocate(28)
                    .putInt(partition)
                    .putLong(offset)
                    .putLong(previous)
                    .putLong(at)
                    .array());
  }

  private static Arbitrary<Instant> instants() {
    return Arbitraries.frequencyOf(
        Tuple.of(
            20, Arbitraries.longs().between(-70_000, 70_000).map(FoldFixture.START::plusMillis)),
        Tuple.of(1, Arbitraries.of(Instant.EPOCH, Instant.ofEpochMilli(Long.MAX_VALUE))));
  }

  private static Arbitrary<byte[]> bytes(int most) {
    return Arbitraries.bytes()
        .array(byte[].class)
        .ofMaxSize(most)
        .map(a -> Arrays.copyOf(a, a.length));
  }
}

package io.countess.topology;

import static io.countess.topology.FoldFixture.utf8;

import io.countess.event.LogFormat;
import io.countess.event.Partitions;
import io.countess.event.RecordKey;
import io.countess.event.codec.ClockStamp;
import io.countess.fold.ForwardMark;
import io.countess.topology.CraftedRecords.Crafted;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;

/**
 * Draws what stands in partition 0 of a log: everything that an event can say, on few counters and
 * with few ids, so that it meets what was there before. Some of it belongs to other partitions, and
 * some was forwarded from there.
 */
final class DrawnRecords {
  static final int PARTITIONS = 3;

  private static final List<String> NAMESPACES = List.of("a", "b", "c", "d");
  private static final List<String> POLICIES =
      List.of(
          "{\"kind\":\"expiring\",\"ttl\":\"5s\",\"limit\":4,"
              + "\"plans\":{\"free\":{\"limit\":1},\"pro\":{\"limit\":null,\"ttl\":\"9s\"}}}",
          "{\"kind\":\"expiring\",\"ttl\":\"90s\",\"dedupe\":\"20s\"}",
          "{\"kind\":\"leaky\",\"rate\":\"1/s\",\"capacity\":3}",
          "{\"kind\":\"window\",\"period\":\"1m\",\"limit\":9}",
          "{\"kind\":\"window\",\"period\":\"day\",\"zone\":\"Europe/Berlin\"}",
          "{\"kind\":\"window\",\"period\":\"10s\",\"keep\":3}",
          "{\"kind\":\"window\",\"period\":\"10s\",\"limit\":6,\"keep\":8,"
              + "\"plans\":{\"free\":{\"keep\":1},\"pro\":{\"keep\":30,\"limit\":null}}}",
          "{\"kind\":\"window\",\"period\":\"1m\",\"zone\":\"Asia/Tokyo\",\"keep\":2}",
          "{\"kind\":\"total\",\"limit\":9,\"plans\":{\"free\":{\"limit\":2}}}",
          "{\"kind\":\"total\",\"initial\":2,\"maxIds\":3,\"journal\":\"9s\"}",
          "{\"kind\":\"limits\",\"limits\":[{\"kind\":\"window\",\"period\":\"1m\",\"limit\":9}]}",
          "{\"kind\":\"limits\",\"limits\":[{\"kind\":\"window\",\"period\":\"1m\",\"limit\":7},"
              + "{\"kind\":\"leaky\",\"rate\":\"1/s\",\"capacity\":4}]}",
          "{\"kind\":\"limits\",\"limits\":[{\"kind\":\"expiring\",\"ttl\":\"5s\",\"limit\":4},"
              + "{\"kind\":\"total\",\"limit\":40}],\"plans\":{\"pro\":{\"mode\":\"observe\"}}}",
          "{\"kind\":\"value\"}",
          "{\"kind\":\"value\",\"maxIds\":2,\"dedupe\":\"9s\",\"journal\":\"1h\"}",
          "{\"kind\":\"gauge\"}",
          "{\"kind\":\"gauge\",\"max\":5.5,\"min\":-1,\"journal\":\"90s\"}");

  /** Keys with it are at home here. */
  private static final String TAG =
      Stream.of("{t}", "{u}", "{v}", "{w}", "{x}", "{y}")
          .filter(tag -> home("a/" + tag) == 0)
          .findFirst()
          .orElseThrow();

  private final SplittableRandom random;
  private final long[] sent = new long[PARTITIONS];
  private long now = FoldFixture.START.toEpochMilli();

  DrawnRecords(SplittableRandom random) {
    this.random = random;
  }

  Crafted next() {
    now += random.nextInt(12) == 0 ? random.nextInt(40_000) : random.nextInt(300);
    long at = now - (random.nextInt(8) == 0 ? random.nextInt(70_000) : 0);
    String namespace = one(NAMESPACES);
    int what = random.nextInt(100);
    if (what < 10) {
      boolean all = random.nextInt(5) == 0;
      return change(all ? "/" : namespace + "/", all, at);
    }
    if (what < 16) {
      return record(namespace + "/" + TAG + random.nextInt(3), own(), headers(at), at);
    }
    boolean astray = random.nextInt(9) == 0;
    String key = namespace + "/" + (astray ? "" : TAG) + random.nextInt(3);
    var headers = headers(at);
    String value =
        what < 45
            ? put()
            : what < 62
                ? random.nextBoolean() ? set() : write()
                : what < 75 ? claim(namespace, key) : what < 97 ? release() : tick();
    return record(key, value, headers, at);
  }

  private static Crafted record(String key, String value, Headers headers, long at) {
    return new Crafted(utf8(key), utf8(value), headers, Instant.ofEpochMilli(at));
  }

  /** A policy comes from where it was decided, or is decided here. */
  private Crafted change(String key, boolean all, long at) {
    int home = home(key);
    var headers = new RecordHeaders();
    if (home != 0) {
      forward(headers, home, at);
    }
    return record(key, change(all), headers, at);
  }

  private static int home(String recordKey) {
    byte[] key = utf8(recordKey);
    return Partitions.of(key, RecordKey.separator(key), PARTITIONS);
  }

  private String change(boolean all) {
    String onChange = random.nextInt(3) > 0 ? "reset" : "keep";
    String none = random.nextInt(4) == 0 && !all ? "null" : one(POLICIES);
    return "{\"op\":\"%s\",\"policy\":%s,\"onChange\":\"%s\"%s}"
        .formatted(
            all ? "defaults" : "policy",
            none,
            onChange,
            random.nextInt(6) == 0 ? ",\"ifVersion\":" + random.nextInt(-1, 9) : "");
  }

  /** A policy or a plan for one counter. */
  private String own() {
    String onChange = random.nextInt(3) > 0 ? "reset" : "keep";
    int what = random.nextInt(4);
    String given = "\"policy\":" + (what == 0 ? "null" : one(POLICIES));
    return "{\"op\":\"policy\",%s,\"onChange\":\"%s\"%s}"
        .formatted(
            what == 1 ? "\"plan\":\"" + one(List.of("free", "pro", "none")) + "\"" : given,
            onChange,
            random.nextInt(6) == 0 ? ",\"ifVersion\":" + random.nextInt(-1, 9) : "");
  }

  private String put() {
    String n = random.nextInt(6) == 0 ? random.nextInt(-9, 30) / 4.0 + "" : "" + draw();
    String ttl = random.nextInt(6) == 0 ? ",\"ttl\":\"%ds\"".formatted(random.nextInt(70)) : "";
    String policy = random.nextInt(12) == 0 ? ",\"policy\":" + one(POLICIES) : "";
    return "{\"n\":" + n + ttl + id() + policy + "}";
  }

  private String set() {
    if (random.nextInt(4) == 0) {
      return "{\"op\":\"reset\"" + id() + "}";
    }
    String absent = random.nextInt(3) == 0 ? ",\"if\":\"absent\"" : "";
    return "{\"op\":\"set\",\"value\":" + random.nextInt(-2, 9) + absent + id() + "}";
  }

  private String write() {
    String change =
        one(
            List.of(
                "\"add\":" + draw(),
                "\"add\":" + draw() / 4.0,
                "\"add\":2,\"min\":-2,\"max\":6",
                "\"add\":3,\"max\":7,\"saturate\":true",
                "\"to\":" + draw(),
                "\"to\":" + draw() + ",\"expires\":\"keep\"",
                "\"to\":null",
                "\"ttl\":\"1s\"",
                "\"expires\":\"never\""));
    boolean mayEnd = !change.contains("null") && !change.contains("tt") && !change.contains("ex");
    String end =
        mayEnd && random.nextInt(3) > 0
            ? one(
                List.of(
                    ",\"ttl\":\"%dms\"".formatted(1 + random.nextInt(90_000)),
                    ",\"expiresAt\":" + (now + random.nextInt(-9_000, 90_000))))
            : "";
    boolean ends = !end.isEmpty() || change.contains("ttl") || change.contains("never");
    String endIf = one(List.of("absent", "present", "later", "sooner", "present-sooner"));
    String only = one(List.of("absent", "present"));
    return "{\"op\":\"write\","
        + change
        + end
        + (ends && random.nextInt(3) == 0 ? ",\"expiresIf\":\"" + endIf + "\"" : "")
        + (random.nextInt(4) == 0 ? ",\"if\":\"" + only + "\"" : "")
        + id()
        + "}";
  }

  private String claim(String namespace, String key) {
    String own = key.substring(namespace.length() + 1);
    var counters = new StringBuilder("{\"key\":\"" + own + "\",\"n\":" + draw() + "}");
    for (String other : NAMESPACES) {
      if (random.nextBoolean() && !other.equals(namespace)) {
        counters.append(
            ",{\"namespace\":\"%s\",\"key\":\"%s%d\",\"n\":%d}"
                .formatted(other, TAG, random.nextInt(4), draw()));
      }
    }
    return "{\"op\":\"claim\",\"counters\":[" + counters + "]" + id() + "}";
  }

  private String release() {
    String n = random.nextInt(4) == 0 ? ",\"n\":1" : "";
    String id = random.nextInt(4) == 0 ? ",\"id\":\"r" + random.nextInt(9) + "\"" : "";
    return "{\"op\":\"release\",\"of\":\"i" + random.nextInt(8) + "\"" + n + id + "}";
  }

  private static String tick() {
    return "{\"op\":\"tick\"}";
  }

  private String id() {
    return random.nextInt(3) == 0 ? "" : ",\"id\":\"i" + random.nextInt(8) + "\"";
  }

  private int draw() {
    return random.nextInt(5) == 0 ? random.nextInt(-3, 12) : 1;
  }

  private RecordHeaders headers(long at) {
    var headers = new RecordHeaders();
    if (random.nextInt(5) == 0) {
      headers.add(LogFormat.CALLER_HEADER, new byte[] {(byte) random.nextInt(9)});
    }
    if (random.nextInt(8) == 0) {
      headers.add(LogFormat.SENT_HEADER, utf8("" + (at + random.nextInt(90_000))));
    }
    if (random.nextInt(8) == 0) {
      headers.add(LogFormat.TIME_HEADER, utf8("" + (at - random.nextInt(90_000))));
    }
    if (random.nextInt(4) == 0) {
      forward(headers, 1 + random.nextInt(PARTITIONS - 1), at);
    } else if (random.nextInt(4) == 0) {
      boolean known = random.nextInt(4) > 0;
      var stamp = known ? new ClockStamp(random.nextInt(900), 0) : ClockStamp.BY_WALL_CLOCK;
      headers.add(LogFormat.CLOCK_HEADER, stamp.encode());
    }
    return headers;
  }

  /** Mostly the next one from there; sometimes a repeat, or one behind a gap. */
  private void forward(Headers headers, int from, long at) {
    long previous = sent[from] - 1;
    long offset = sent[from] + random.nextInt(3);
    int how = random.nextInt(10);
    sent[from] = how == 0 ? sent[from] : offset + 1;
    long gap = how == 1 ? 1 + random.nextInt(3) : 0;
    var mark = new ForwardMark(from, offset + gap, previous + gap, at, random.nextInt(9) == 0);
    Marks.write(mark, FakeLog.ENDLESS.id(), headers);
  }

  private <T> T one(List<T> some) {
    return some.get(random.nextInt(some.size()));
  }
}

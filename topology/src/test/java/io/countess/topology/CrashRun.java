package io.countess.topology;

import io.countess.fold.ForwardMark;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.internals.RecordHeaders;

/** Partitions that fold, forward, commit and crash at random while puts and policies come in. */
final class CrashRun {
  static final int PARTITIONS = 3;

  /** No log in here gets so long. */
  private static final long FAR_AHEAD = 1_000_000;

  private static final long START = FoldFixture.START.toEpochMilli();
  private static final List<String> POLICIES =
      List.of(
          "{\"kind\":\"expiring\",\"ttl\":\"5s\",\"limit\":4}",
          "{\"kind\":\"expiring\",\"ttl\":\"90s\"}",
          "{\"kind\":\"leaky\",\"rate\":\"1/s\",\"capacity\":3}",
          "{\"kind\":\"total\",\"limit\":9,\"journal\":\"20s\"}",
          "{\"kind\":\"limits\",\"limits\":[{\"kind\":\"leaky\",\"rate\":\"1/s\",\"capacity\":3},"
              + "{\"kind\":\"expiring\",\"ttl\":\"90s\",\"limit\":5}]}",
          "null");

  private static final List<String> LAPSING =
      List.of(
          "{\"kind\":\"leaky\",\"rate\":\"1/s\",\"capacity\":2,\"lapses\":true}",
          "{\"kind\":\"expiring\",\"ttl\":\"9s\",\"limit\":2,\"lapses\":true}");

  private final SplittableRandom random;
  private final boolean losesState;
  final SimulatedLog log = new SimulatedLog(PARTITIONS);
  final List<SimulatedPartition> folds =
      IntStream.range(0, PARTITIONS).mapToObj(p -> new SimulatedPartition(p, log)).toList();

  /** What was put into the namespace sums, by key. */
  final Map<String, Long> sums = new HashMap<>();

  long now = START;

  CrashRun(SplittableRandom random) {
    this(random, false);
  }

  private CrashRun(SplittableRandom random, boolean losesState) {
    this.random = random;
    this.losesState = losesState;
    append("sums/", policy("{\"kind\":\"total\"}", "keep"));
    settle();
  }

  /** One in which some crashes lose committed state, all of it or only what was written last. */
  static CrashRun losingState(SplittableRandom random) {
    return new CrashRun(random, true);
  }

  void go(int steps) {
    for (int i = 0; i < steps; i++) {
      now += random.nextInt(10) == 0 ? random.nextInt(40_000) : random.nextInt(300);
      step(folds.get(random.nextInt(PARTITIONS)), random.nextInt(100));
    }
  }

  private void step(SimulatedPartition fold, int what) {
    if (what < 2) {
      forge();
    } else if (what < 25) {
      put();
    } else if (what < 28) {
      change();
    } else if (what < 75) {
      fold.fold();
    } else if (what < 83) {
      fold.deliver(1 + random.nextInt(3));
    } else if (what < 91) {
      fold.commit();
    } else if (what < 96) {
      fold.housekeeping(now);
    } else if (losesState && random.nextBoolean()) {
      fold.loseState(random, random.nextInt(4));
    } else if (random.nextBoolean()) {
      fold.crash(random.nextInt(8) == 0 ? 1 : 0, random.nextInt(4));
    } else {
      fold.revive(random.nextInt(8) == 0 ? 1 : 0, random.nextInt(4));
    }
  }

  private void put() {
    String key = "k" + random.nextInt(6);
    if (random.nextBoolean()) {
      long n = random.nextInt(-3, 10);
      sums.merge(key, n, Long::sum);
      append("sums/" + key, "{\"n\":" + n + "}");
    } else {
      append("n" + random.nextInt(3) + "/" + key, event());
    }
  }

  private String event() {
    return switch (random.nextInt(12)) {
      case 0 -> "{\"op\":\"reset\"}";
      case 1, 2, 3 -> "{\"n\":1,\"policy\":" + LAPSING.get(random.nextInt(LAPSING.size())) + "}";
      default -> "{\"n\":1}";
    };
  }

  /** A mark that no fold of this log has written, on a put or a policy, in any partition. */
  private void forge() {
    boolean copied = random.nextBoolean();
    Uuid id = copied ? new Uuid(7, random.nextLong(9)) : log.id();
    long offset = copied ? random.nextLong(90) : FAR_AHEAD + random.nextLong(FAR_AHEAD);
    long previous = random.nextBoolean() ? -1 : random.nextLong(offset + 1) - 1;
    var mark =
        new ForwardMark(random.nextInt(PARTITIONS), offset, previous, now, random.nextBoolean());
    var headers = new RecordHeaders();
    Marks.write(mark, id, headers);
    boolean isPut = random.nextBoolean();
    String key = (isPut ? "forged/k" : "n") + random.nextInt(3) + (isPut ? "" : "/");
    String value = isPut ? "{}" : policy(POLICIES.get(random.nextInt(POLICIES.size())), "reset");
    log.append(
        new Forwarder.Outgoing(
            random.nextInt(PARTITIONS),
            FoldFixture.utf8(key),
            FoldFixture.utf8(value),
            now,
            headers));
  }

  private void change() {
    String policy = POLICIES.get(random.nextInt(POLICIES.size()));
    String onChange = random.nextBoolean() ? "reset" : "keep";
    if (random.nextInt(3) == 0) {
      append("n" + random.nextInt(3) + "/k" + random.nextInt(6), policy(policy, onChange));
    } else if (random.nextInt(4) > 0) {
      append("n" + random.nextInt(3) + "/", policy(policy, onChange));
    } else if (!policy.equals("null")) {
      append("/", policy(policy, onChange).replace("\"policy\",", "\"defaults\","));
    }
  }

  private static String policy(String policy, String onChange) {
    return "{\"op\":\"policy\",\"policy\":" + policy + ",\"onChange\":\"" + onChange + "\"}";
  }

  /** As a producer that knows nothing of partitions would. */
  private void append(String key, String value) {
    long at = now - (random.nextInt(5) == 0 ? random.nextInt(20_000) : 0);
    log.append(random.nextInt(PARTITIONS), key, value, at);
  }

  void settle() {
    while (folds.stream().anyMatch(SimulatedPartition::isBehind)) {
      for (SimulatedPartition fold : folds) {
        while (fold.isBehind()) {
          fold.fold();
        }
        fold.commit();
      }
    }
  }
}

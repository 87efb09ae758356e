package io.countess.metrics;

import io.countess.answer.LineOutcome;
import io.countess.event.ByteString;
import io.countess.event.Decision;
import io.countess.event.InvalidInputException;
import io.countess.event.Outcome;
import io.countess.event.RecordKey;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.LongAdder;

/**
 * What did not count, or would not have, by namespace. So many namespaces have numbers of their
 * own; all others are counted together.
 *
 * <p>An event that is simply accepted is not looked at. Of any other the namespace is found by the
 * bytes of its record key, in a table that is replaced when a namespace is added: without a lock,
 * and without making an object.
 */
final class NamespaceMetrics {
  private static final String OTHER = "other";

  private static final Set<LineOutcome> TOLD =
      Set.of(
          LineOutcome.WOULD_REFUSE,
          LineOutcome.REFUSED,
          LineOutcome.OVER_IDS,
          LineOutcome.LATE,
          LineOutcome.IMPOSSIBLE,
          LineOutcome.CONFLICT);

  /** Slots for a namespace: few are met twice on the way to one. */
  private static final int SLOTS_FOR_EACH = 4;

  private final Metrics metrics;
  private final MetricsConfig config;
  private final Tally other;
  private final Set<String> labels = new HashSet<>(Set.of(OTHER));
  private volatile Tally[] table;
  private volatile int size;

  NamespaceMetrics(Metrics metrics, MetricsConfig config) {
    this.metrics = metrics;
    this.config = config;
    this.other = new Tally(new byte[0]);
    register(other, OTHER);
    int slots = Math.max(1, config.most()) * SLOTS_FOR_EACH;
    table = new Tally[Integer.highestOneBit(slots) * 2];
  }

  /** The numbers of a namespace, under its name as record keys have it. */
  private static final class Tally {
    private final byte[] name;
    private final Map<LineOutcome, LongAdder> events = new EnumMap<>(LineOutcome.class);
    private final LongAdder letters = new LongAdder();

    Tally(byte[] name) {
      this.name = name;
      TOLD.forEach(outcome -> events.put(outcome, new LongAdder()));
    }
  }

  /** A record has been decided. */
  void decided(byte[] key, Decision decision) {
    if (decision.outcome() == Outcome.ACCEPTED && !decision.details().wouldRefuse()) {
      return;
    }
    LongAdder events = of(key).events.get(LineOutcome.of(decision));
    if (events != null) {
      events.increment();
    }
  }

  /**
   * A record has become a dead letter.
   *
   * @param key its key, which may be null or name nothing
   */
  void buried(byte[] key) {
    of(key).letters.increment();
  }

  private Tally of(byte[] key) {
    int end = key == null ? -1 : RecordKey.separator(key);
    if (end < 0) {
      return other;
    }
    Tally found = find(table, key, end);
    return found == null ? added(key, end) : found;
  }

  /** Null where it is not there. */
  private static Tally find(Tally[] in, byte[] key, int end) {
    for (int at = slot(in, key, end); in[at] != null; at = at + 1 & in.length - 1) {
      if (Arrays.equals(in[at].name, 0, in[at].name.length, key, 0, end)) {
        return in[at];
      }
    }
    return null;
  }

  private static int slot(Tally[] in, byte[] key, int end) {
    int hash = 1;
    for (int i = 0; i < end; i++) {
      hash = 31 * hash + key[i];
    }
    return (hash ^ hash >>> 16) & in.length - 1;
  }

  private Tally added(byte[] key, int end) {
    boolean mayBeThere = size < config.most() || !RecordKey.isPlain(key, end);
    ByteString namespace = mayBeThere ? namespace(key, end) : null;
    return namespace == null || !config.covers(namespace) ? other : add(namespace);
  }

  /** The namespace of a key, which may not be in its canonical form; null where it has none. */
  private static ByteString namespace(byte[] key, int end) {
    try {
      return RecordKey.decodeNamespace(key, end);
    } catch (InvalidInputException none) {
      return null;
    }
  }

  private synchronized Tally add(ByteString namespace) {
    byte[] name = RecordKey.encodeNamespace(namespace);
    Tally there = find(table, name, name.length);
    if (there != null) {
      return there;
    }
    String label = namespace.toString();
    if (size >= config.most() || !labels.add(label)) {
      return other;
    }
    var tally = new Tally(name);
    Tally[] next = table.clone();
    int at = slot(next, name, name.length);
    while (next[at] != null) {
      at = at + 1 & next.length - 1;
    }
    next[at] = tally;
    register(tally, label);
    table = next;
    size = size + 1;
    return tally;
  }

  private void register(Tally tally, String label) {
    tally.events.forEach(
        (outcome, count) ->
            metrics.total(
                "countess.namespace.events",
                "Events that did not count or would not have, by namespace",
                count::sum,
                "namespace",
                label,
                "outcome",
                outcome.name().toLowerCase(Locale.ROOT)));
    metrics.total(
        "countess.namespace.dead.letters",
        "Records that went to the dead letters, by the namespace of their key",
        tally.letters::sum,
        "namespace",
        label);
  }
}

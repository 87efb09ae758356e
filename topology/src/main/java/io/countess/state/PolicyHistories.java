package io.countess.state;

import io.countess.answer.PolicyHistory;
import io.countess.count.VarInput;
import io.countess.count.VarOutput;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.codec.PolicyCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last changes of policies: in the home partition of each namespace and of each counter, and of
 * the default policy in its own. The fold's thread adds; any thread may read.
 */
public final class PolicyHistories {
  /** How many changes of one policy are kept. */
  static final int MAX_CHANGES = 20;

  /** Stands for the default policy; no namespace's encoded name holds a slash. */
  static final byte[] OF_DEFAULTS = {'/'};

  private static final int VERSION = 1;
  private static final int RESET = 1;
  private static final int PLAN = 2;

  private final Rows beneath;

  /** Rows changed since the last flush. */
  private final Map<StoreKey, List<PolicyHistory.Change>> changed = new ConcurrentHashMap<>();

  PolicyHistories(Rows beneath) {
    this.beneath = beneath;
  }

  void drop() {
    changed.clear();
  }

  /** Adds a change of a namespace's policy. */
  public void changed(Namespace namespace, PolicyHistory.Change change) {
    changed(namespace.encodedName(), change);
  }

  /** Adds a change of the default policy. */
  public void defaultsChanged(PolicyHistory.Change change) {
    changed(OF_DEFAULTS, change);
  }

  /**
   * Adds a change.
   *
   * @param name the record key of a counter, or the encoded name of a namespace
   */
  void changed(byte[] name, PolicyHistory.Change change) {
    StoreKey key = key(name);
    var changes = new ArrayList<PolicyHistory.Change>();
    changes.add(change);
    changes.addAll(read(name));
    changed.put(key, List.copyOf(changes.subList(0, Math.min(changes.size(), MAX_CHANGES))));
  }

  /** Forgets the changes of a counter. */
  void forget(byte[] recordKey) {
    changed.put(key(recordKey), List.of());
  }

  /** The changes of a namespace or a counter, the newest first. */
  List<PolicyHistory.Change> read(byte[] name) {
    StoreKey key = key(name);
    List<PolicyHistory.Change> fresh = changed.get(key);
    if (fresh != null) {
      return fresh;
    }
    byte[] value = beneath.get(key.bytes());
    return value == null ? List.of() : decode(value);
  }

  /** Takes names with their newest changes, in order. */
  interface Visitor {
    /** Returns whether to go on. */
    boolean visit(byte[] name, PolicyHistory.Change newest);
  }

  /** Visits the names from {@code from} on that start with {@code prefix}, in order. */
  void scan(byte[] from, byte[] prefix, Visitor visitor) {
    byte[] low = StoreKeys.of(StoreKeys.HISTORY, from);
    byte[] high = StoreKeys.after(StoreKeys.of(StoreKeys.HISTORY, prefix));
    NavigableMap<byte[], Optional<PolicyHistory.Change>> fresh = fresh(low, high);
    try (Rows.Cursor rows = beneath.range(low, high)) {
      while (rows.next() && Arrays.compareUnsigned(rows.key(), high) < 0) {
        if (!visit(fresh.headMap(rows.key(), false), visitor)) {
          return;
        }
        Optional<PolicyHistory.Change> newest = fresh.remove(rows.key());
        if (newest == null) {
          newest = Optional.of(decode(rows.value()).get(0));
        }
        if (!visit(rows.key(), newest, visitor)) {
          return;
        }
      }
    }
    visit(fresh, visitor);
  }

  /** What changed since the last flush, by store key; empty where it was forgotten. */
  private NavigableMap<byte[], Optional<PolicyHistory.Change>> fresh(byte[] low, byte[] high) {
    var fresh = new TreeMap<byte[], Optional<PolicyHistory.Change>>(Arrays::compareUnsigned);
    changed.forEach(
        (key, changes) -> {
          byte[] at = key.bytes();
          if (Arrays.compareUnsigned(at, low) >= 0 && Arrays.compareUnsigned(at, high) < 0) {
            fresh.put(at, changes.stream().findFirst());
          }
        });
    return fresh;
  }

  /** Visits them, and takes them out; answers whether to go on. */
  private static boolean visit(
      NavigableMap<byte[], Optional<PolicyHistory.Change>> some, Visitor visitor) {
    for (var next = some.pollFirstEntry(); next != null; next = some.pollFirstEntry()) {
      if (!visit(next.getKey(), next.getValue(), visitor)) {
        return false;
      }
    }
    return true;
  }

  private static boolean visit(
      byte[] storeKey, Optional<PolicyHistory.Change> newest, Visitor visitor) {
    return newest.isEmpty() || visitor.visit(StoreKeys.withoutKind(storeKey), newest.get());
  }

  int dirtyCount() {
    return changed.size();
  }

  void flush(Batch out) {
    changed.forEach(
        (key, changes) -> out.put(key.bytes(), changes.isEmpty() ? null : encode(changes)));
    // Readers find a change either here or beneath: so first there, then forget here.
    out.write();
    changed.clear();
  }

  private static StoreKey key(byte[] name) {
    return new StoreKey(StoreKeys.of(StoreKeys.HISTORY, name));
  }

  private static byte[] encode(List<PolicyHistory.Change> changes) {
    var out = new VarOutput(128 * changes.size()).writeByte(VERSION).write(changes.size());
    for (PolicyHistory.Change change : changes) {
      out.write(change.version()).write(change.atMillis());
      int reset = change.onChange() == OnChange.RESET ? RESET : 0;
      out.writeByte(reset | (change.plan().isPresent() ? PLAN : 0));
      Optional<byte[]> policy = change.policy().map(PolicyCodec::encode);
      out.write(policy.or(() -> change.plan().map(PolicyHistories::utf8)).orElse(new byte[0]));
    }
    return out.toBytes();
  }

  private static List<PolicyHistory.Change> decode(byte[] value) {
    var in = new VarInput(value);
    int version = in.readByte();
    if (version != VERSION) {
      throw new IllegalStateException("a history of the unknown version " + version);
    }
    int count = (int) in.read();
    var changes = new ArrayList<PolicyHistory.Change>(count);
    for (int i = 0; i < count; i++) {
      long of = in.read();
      long at = in.read();
      int flags = in.readByte();
      OnChange onChange = (flags & RESET) != 0 ? OnChange.RESET : OnChange.KEEP;
      Optional<byte[]> what = Optional.of(in.readBlock()).filter(block -> block.length > 0);
      boolean isPlan = (flags & PLAN) != 0;
      Optional<Policy> policy = isPlan ? Optional.empty() : what.map(PolicyCodec::decode);
      Optional<String> plan = isPlan ? what.map(PolicyHistories::text) : Optional.empty();
      changes.add(new PolicyHistory.Change(of, at, policy, plan, onChange));
    }
    return changes;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}

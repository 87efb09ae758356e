package io.countess.state;

import io.countess.answer.PolicyHistory;
import io.countess.count.VarInput;
import io.countess.count.VarOutput;
import io.countess.event.OnChange;
import io.countess.event.codec.PolicyCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The last changes of policies, in the home partition of each namespace, and of the default policy
 * in its own. The fold's thread adds; any thread may read.
 */
public final class PolicyHistories {
  /** How many changes of a namespace are kept. */
  static final int MAX_CHANGES = 20;

  /** Stands for the default policy; no namespace's encoded name holds a slash. */
  static final byte[] OF_DEFAULTS = {'/'};

  private static final int VERSION = 1;

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
    add(namespace.encodedName(), change);
  }

  /** Adds a change of the default policy. */
  public void defaultsChanged(PolicyHistory.Change change) {
    add(OF_DEFAULTS, change);
  }

  private void add(byte[] encodedName, PolicyHistory.Change change) {
    StoreKey key = key(encodedName);
    var changes = new ArrayList<PolicyHistory.Change>();
    changes.add(change);
    changes.addAll(read(encodedName));
    changed.put(key, List.copyOf(changes.subList(0, Math.min(changes.size(), MAX_CHANGES))));
  }

  /** The changes of a namespace, the newest first. */
  List<PolicyHistory.Change> read(byte[] encodedName) {
    StoreKey key = key(encodedName);
    List<PolicyHistory.Change> fresh = changed.get(key);
    if (fresh != null) {
      return fresh;
    }
    byte[] value = beneath.get(key.bytes());
    return value == null ? List.of() : decode(value);
  }

  void flush(Batch out) {
    changed.forEach((key, changes) -> out.put(key.bytes(), encode(changes)));
    // Readers find a change either here or beneath: so first there, then forget here.
    out.write();
    changed.clear();
  }

  private static StoreKey key(byte[] encodedName) {
    return new StoreKey(StoreKeys.of(StoreKeys.HISTORY, encodedName));
  }

  private static byte[] encode(List<PolicyHistory.Change> changes) {
    var out = new VarOutput(128 * changes.size()).writeByte(VERSION).write(changes.size());
    for (PolicyHistory.Change change : changes) {
      out.write(change.version()).write(change.atMillis());
      out.writeByte(change.onChange() == OnChange.RESET ? 1 : 0);
      out.write(change.policy().map(PolicyCodec::encode).orElse(new byte[0]));
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
      OnChange onChange = in.readByte() == 1 ? OnChange.RESET : OnChange.KEEP;
      byte[] policy = in.readBlock();
      changes.add(
          new PolicyHistory.Change(
              of,
              at,
              policy.length == 0 ? Optional.empty() : Optional.of(PolicyCodec.decode(policy)),
              onChange));
    }
    return changes;
  }
}

package io.countess.state;

import io.countess.count.State;
import io.countess.event.ByteString;
import io.countess.event.RecordKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The namespaces of a partition, all of them in memory. The fold's thread changes them; any thread
 * may read.
 *
 * <p><b>The bound.</b> A put that needs one place more than there are is impossible. The places
 * taken are a function of the log. A namespace takes a place while it has a policy or a live key at
 * the floor ({@link Namespace#placeUntilMillis}). The number in memory is not. A namespace that
 * takes no place is forgotten at a flush, and one that is being swept stays until that is done. So
 * where memory holds fewer than there are places, none can be short. Else the taken places are
 * counted. The answer is kept for as long as it must stay the same: until the floor gets to the end
 * of the first of them.
 *
 * <p>A policy that its home partition has accepted holds everywhere. So it finds a place in the
 * other partitions even where none is free: the homes' decisions are the bound there.
 */
final class Namespaces {
  /** The most namespaces that take a place in one partition. */
  static final int MAX = 100_000;

  private final ConcurrentSkipListMap<ByteString, Namespace> byName = new ConcurrentSkipListMap<>();
  private volatile PolicyInForce defaults = NamespaceCodec.decodeDefaults(null);
  private final List<Namespace> dirty = new ArrayList<>();
  private boolean defaultsDirty;
  private final int places;
  private Namespace latest;
  private int held;

  /** All places are taken while the floor is before this. */
  private long fullUntilMillis;

  Namespaces(int places) {
    this.places = places;
  }

  void open(Rows beneath) {
    byte[] row = beneath.get(StoreKeys.of(StoreKeys.DEFAULTS));
    defaults = NamespaceCodec.decodeDefaults(row);
    byte[] from = StoreKeys.of(StoreKeys.NAMESPACE);
    byte[] to = StoreKeys.after(from);
    try (var rows = beneath.range(from, to)) {
      while (rows.next()) {
        byte[] storeKey = rows.key();
        if (storeKey[0] == StoreKeys.NAMESPACE) {
          byte[] encodedName = StoreKeys.withoutKind(storeKey);
          var namespace = NamespaceCodec.decode(encodedName, rows.value(), defaults);
          byName.put(namespace.name(), namespace);
          held++;
        }
      }
    }
  }

  void drop() {
    byName.clear();
    dirty.clear();
    latest = null;
    held = 0;
    fullUntilMillis = 0;
    defaultsDirty = false;
  }

  /** Takes note that a namespace has changed. */
  void changed(Namespace namespace) {
    if (!namespace.dirty) {
      namespace.dirty = true;
      dirty.add(namespace);
    }
  }

  /** The namespace of a canonical record key, or null where there is none yet. */
  Namespace find(byte[] recordKey, int separator) {
    Namespace last = latest;
    if (last != null && isOf(last.encodedName(), recordKey, separator)) {
      return last;
    }
    Namespace found = byName.get(RecordKey.decodeNamespace(recordKey, separator));
    if (found != null) {
      latest = found;
    }
    return found;
  }

  /** The namespace with this name, or null where there is none yet. */
  Namespace find(ByteString name) {
    return byName.get(name);
  }

  /**
   * The namespace of a canonical record key, made if there is none; null if it has no place.
   *
   * @param checkpoint as it is before the record that names the namespace
   */
  Namespace claim(byte[] recordKey, int separator, Checkpoint checkpoint) {
    long floorMillis = checkpoint.floorMillis();
    Namespace found = find(recordKey, separator);
    if (held >= places && (found == null || found.placeUntilMillis() <= floorMillis)) {
      if (isFull(floorMillis)) {
        return null;
      }
      found = find(recordKey, separator); // it may have been forgotten meanwhile
    }
    return found != null ? found : create(recordKey, separator, checkpoint);
  }

  /** Takes note that a namespace may give its place up earlier than before. */
  void mayLeaveEarlier(Namespace namespace) {
    fullUntilMillis = Math.min(fullUntilMillis, namespace.placeUntilMillis());
  }

  private boolean isFull(long floorMillis) {
    if (floorMillis >= fullUntilMillis) {
      long firstEnd = State.NEVER;
      int taken = 0;
      for (Namespace namespace : byName.values()) {
        long until = namespace.placeUntilMillis();
        if (until > floorMillis) {
          taken++;
          firstEnd = Math.min(firstEnd, until);
        } else if (isIdle(namespace, floorMillis)) {
          changed(namespace);
          forget(namespace);
        }
      }
      fullUntilMillis = taken >= places ? firstEnd : 0;
    }
    return floorMillis < fullUntilMillis;
  }

  /**
   * Adds a namespace that counts by the default policy. It may have been here before, so its epoch
   * is one that it never had. An id may still tell of a put in an earlier epoch, which has been
   * reset since.
   */
  Namespace create(byte[] recordKey, int separator, Checkpoint checkpoint) {
    ByteString name = RecordKey.decodeNamespace(recordKey, separator);
    // A reset by a record before this one starts the epoch of that record's offset and one.
    long epoch = checkpoint.offset() + 2;
    var policy = defaults.as(OptionalLong.empty(), epoch);
    var namespace = new Namespace(name, Arrays.copyOf(recordKey, separator), policy);
    byName.put(name, namespace);
    held++;
    latest = namespace;
    // Where nothing comes to be counted in it, the next flush forgets it.
    changed(namespace);
    return namespace;
  }

  /** How a namespace counts that there is not: rows that it has left behind are all dead. */
  PolicyInForce policyOfNew() {
    PolicyInForce now = defaults;
    return now.as(OptionalLong.empty(), now.epoch());
  }

  /** The default policy, and the epoch in which namespaces come to be under it. */
  PolicyInForce defaults() {
    return defaults;
  }

  void defaults(PolicyInForce newDefaults) {
    defaults = newDefaults;
    defaultsDirty = true;
  }

  /** The epoch of each namespace and of the default policy. */
  Map<ByteString, Long> policies() {
    Map<ByteString, Long> epochs = new HashMap<>();
    byName.forEach((name, namespace) -> epochs.put(name, namespace.policy().epoch()));
    epochs.put(null, defaults.epoch());
    return epochs;
  }

  NavigableMap<ByteString, Namespace> all() {
    return byName;
  }

  void flush(Batch out, long floorMillis) {
    if (defaultsDirty) {
      byte[] row = NamespaceCodec.encodeDefaults(defaults);
      out.put(StoreKeys.of(StoreKeys.DEFAULTS), row);
      defaultsDirty = false;
    }
    dirty.forEach(namespace -> flush(namespace, out, floorMillis));
    dirty.clear();
  }

  private void flush(Namespace namespace, Batch out, long floorMillis) {
    namespace.dirty = false;
    boolean idle = isIdle(namespace, floorMillis);
    byte[] storeKey = StoreKeys.of(StoreKeys.NAMESPACE, namespace.encodedName());
    out.put(storeKey, idle ? null : NamespaceCodec.encode(namespace));
    if (idle) {
      forget(namespace);
    }
  }

  private static boolean isIdle(Namespace namespace, long floorMillis) {
    namespace.tally().drop(floorMillis);
    return namespace.tally().isEmpty()
        && namespace.sweptTo == null
        && namespace.placeUntilMillis() <= floorMillis;
  }

  /** Its row goes with the next flush. */
  private void forget(Namespace namespace) {
    if (byName.remove(namespace.name(), namespace)) {
      held--;
      latest = null;
    }
  }

  private static boolean isOf(byte[] encodedName, byte[] recordKey, int separator) {
    return Arrays.equals(encodedName, 0, encodedName.length, recordKey, 0, separator);
  }
}

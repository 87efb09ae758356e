package io.countess.state;

import io.countess.event.ByteString;
import io.countess.event.RecordKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.NavigableMap;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentSkipListMap;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * The namespaces of a partition, all of them in memory. The fold's thread changes them; any thread
 * may read.
 */
final class Namespaces {
  /** The most namespaces that one partition holds; a put in another one is impossible. */
  static final int MAX = 100_000;

  private final ConcurrentSkipListMap<ByteString, Namespace> byName = new ConcurrentSkipListMap<>();
  private volatile PolicyInForce defaults = NamespaceCodec.decodeDefaults(null);
  private final List<Namespace> dirty = new ArrayList<>();
  private boolean defaultsDirty;
  private Namespace latest;

  void open(KeyValueStore<Bytes, byte[]> beneath) {
    byte[] row = beneath.get(Bytes.wrap(StoreKeys.of(StoreKeys.DEFAULTS)));
    defaults = NamespaceCodec.decodeDefaults(row);
    byte[] from = StoreKeys.of(StoreKeys.NAMESPACE);
    byte[] to = StoreKeys.after(from);
    try (var rows = beneath.range(Bytes.wrap(from), Bytes.wrap(to))) {
      while (rows.hasNext()) {
        var entry = rows.next();
        byte[] storeKey = entry.key.get();
        if (storeKey[0] == StoreKeys.NAMESPACE) {
          byte[] encodedName = StoreKeys.withoutKind(storeKey);
          var namespace = NamespaceCodec.decode(encodedName, entry.value, defaults.counting());
          byName.put(namespace.name(), namespace);
        }
      }
    }
  }

  void drop() {
    byName.clear();
    dirty.clear();
    latest = null;
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

  /** Adds a namespace that counts by the default policy; null where there are too many. */
  Namespace create(byte[] recordKey, int separator) {
    if (byName.size() >= MAX) {
      return null;
    }
    ByteString name = RecordKey.decodeNamespace(recordKey, separator);
    var namespace = new Namespace(name, Arrays.copyOf(recordKey, separator), policyOfNew());
    byName.put(name, namespace);
    latest = namespace;
    // Where nothing comes to be counted in it, the next flush forgets it.
    changed(namespace);
    return namespace;
  }

  /**
   * How a namespace counts that there is not yet. Rows that it may have left behind, all of them
   * dead, are of the same kind and epoch as new ones, or of another epoch.
   */
  PolicyInForce policyOfNew() {
    PolicyInForce now = defaults;
    return new PolicyInForce(now.counting(), OptionalLong.empty(), now.epoch());
  }

  /** The default policy, and the epoch in which namespaces come to be under it. */
  PolicyInForce defaults() {
    return defaults;
  }

  void defaults(PolicyInForce newDefaults) {
    defaults = newDefaults;
    defaultsDirty = true;
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
    namespace.tally().drop(floorMillis);
    namespace.dirty = false;
    boolean idle =
        namespace.tally().isEmpty()
            && namespace.sweptTo == null
            && namespace.policy().version().isEmpty();
    byte[] storeKey = StoreKeys.of(StoreKeys.NAMESPACE, namespace.encodedName());
    out.put(storeKey, idle ? null : NamespaceCodec.encode(namespace));
    if (idle) {
      byName.remove(namespace.name());
      latest = null;
    }
  }

  private static boolean isOf(byte[] encodedName, byte[] recordKey, int separator) {
    return Arrays.equals(encodedName, 0, encodedName.length, recordKey, 0, separator);
  }
}

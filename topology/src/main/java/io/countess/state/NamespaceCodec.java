package io.countess.state;

import io.countess.count.Counting;
import io.countess.count.Tally;
import io.countess.count.VarInput;
import io.countess.count.VarOutput;
import io.countess.event.ByteString;
import io.countess.event.Policy;
import io.countess.event.RecordKey;
import io.countess.event.codec.PolicyCodec;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The rows of namespaces, of the default policy, and of the totals of everything, as bytes. */
final class NamespaceCodec {
  private static final int VERSION = 1;
  private static final int OWN_POLICY = 1;
  private static final int SWEEPING = 2;
  private static final int FILLED = 4;
  private static final int WITH_COUNTERS_OWN = 8;
  private static final int KEPT_LESS = 16;
  private static final int LAPSING = 32;

  private static final int SUM = 1;
  private static final int KEYS = 2;

  /** A sum of more than 64 bits: its high half, then its low one. */
  private static final int WIDE_SUM = 3;

  private NamespaceCodec() {}

  static byte[] encode(Namespace namespace) {
    PolicyInForce policy = namespace.policy();
    boolean own = policy.version().isPresent();
    var out = new VarOutput(512).writeByte(VERSION);
    boolean filled = namespace.drainedAtMillis > 0;
    out.writeByte(
        (own ? OWN_POLICY : 0)
            | (namespace.sweptTo != null ? SWEEPING : 0)
            | (filled ? FILLED : 0)
            | (namespace.ownPolicies > 0 ? WITH_COUNTERS_OWN : 0)
            | (policy.keptFrom().isEmpty() ? 0 : KEPT_LESS)
            | (namespace.lapses ? LAPSING : 0));
    if (own) {
      out.write(policy.version().getAsLong()).write(PolicyCodec.encode(policy.counting().policy()));
    }
    if (namespace.sweptTo != null) {
      out.write(namespace.sweptTo);
    }
    out.write(policy.epoch());
    if (filled) {
      out.write(namespace.drainedAtMillis);
    }
    if (namespace.ownPolicies > 0) {
      out.write(namespace.ownPolicies);
    }
    if (!policy.keptFrom().isEmpty()) {
      writeKeptFrom(policy.keptFrom(), out);
    }
    writeTally(namespace.tally(), out);
    return out.toBytes();
  }

  static Namespace decode(byte[] encodedName, byte[] value, PolicyInForce defaults) {
    var in = new VarInput(value);
    requireVersion(in);
    int flags = in.readByte();
    PolicyInForce policy = defaults.as(OptionalLong.empty(), 0);
    if ((flags & OWN_POLICY) != 0) {
      var version = OptionalLong.of(in.read());
      policy = new PolicyInForce(Counting.of(PolicyCodec.decode(in.readBlock())), version, 0);
    }
    byte[] sweptTo = (flags & SWEEPING) != 0 ? in.readBlock() : null;
    policy = policy.as(policy.version(), in.read());
    ByteString name = RecordKey.decodeNamespace(encodedName, encodedName.length);
    var namespace = new Namespace(name, encodedName, policy);
    namespace.sweptTo = sweptTo;
    namespace.drainedAtMillis = (flags & FILLED) != 0 ? in.read() : 0;
    namespace.ownPolicies = (flags & WITH_COUNTERS_OWN) != 0 ? in.read() : 0;
    namespace.lapses = (flags & LAPSING) != 0;
    if ((flags & KEPT_LESS) != 0) {
      namespace.policy(policy.keptFrom(readKeptFrom(in)));
    }
    readTally(in, namespace.tally());
    return namespace;
  }

  private static void writeKeptFrom(Map<String, Long> instants, VarOutput out) {
    out.write(instants.size());
    new TreeMap<>(instants)
        .forEach(
            (plan, millis) -> out.write(plan.getBytes(StandardCharsets.UTF_8)).writeSigned(millis));
  }

  private static Map<String, Long> readKeptFrom(VarInput in) {
    int size = (int) in.read();
    Map<String, Long> instants = new HashMap<>();
    for (int i = 0; i < size; i++) {
      instants.put(new String(in.readBlock(), StandardCharsets.UTF_8), in.readSigned());
    }
    return instants;
  }

  static byte[] encodeDefaults(PolicyInForce defaults) {
    byte[] policy = PolicyCodec.encode(defaults.counting().policy());
    long version = defaults.version().orElseThrow();
    var out = new VarOutput(64).writeByte(VERSION).write(version).write(policy);
    return out.write(defaults.epoch()).toBytes();
  }

  static PolicyInForce decodeDefaults(byte[] value) {
    if (value == null) {
      return new PolicyInForce(Counting.of(Policy.DEFAULT), OptionalLong.empty(), 0);
    }
    var in = new VarInput(value);
    requireVersion(in);
    var version = OptionalLong.of(in.read());
    var counting = Counting.of(PolicyCodec.decode(in.readBlock()));
    return new PolicyInForce(counting, version, in.read());
  }

  static byte[] encodeTally(Tally tally) {
    var out = new VarOutput(512).writeByte(VERSION);
    writeTally(tally, out);
    return out.toBytes();
  }

  static void decodeTally(byte[] value, Tally into) {
    if (value != null) {
      var in = new VarInput(value);
      requireVersion(in);
      readTally(in, into);
    }
  }

  private static void writeTally(Tally tally, VarOutput out) {
    tally.forEachSum((end, high, low) -> writeSum(end, high, low, out));
    tally.forEachKeyEnd((end, n) -> out.writeByte(KEYS).write(end).writeSigned(n));
    out.writeByte(0);
  }

  private static void writeSum(long end, long high, long low, VarOutput out) {
    if (high == low >> 63) { // it fits into the low half
      out.writeByte(SUM).write(end).writeSigned(low);
    } else {
      out.writeByte(WIDE_SUM).write(end).writeSigned(high).writeSigned(low);
    }
  }

  private static void readTally(VarInput in, Tally into) {
    for (int what = in.readByte(); what != 0; what = in.readByte()) {
      long end = in.read();
      long n = in.readSigned();
      switch (what) {
        case SUM -> into.addSum(end, n);
        case KEYS -> into.addKeys(end, n);
        case WIDE_SUM -> into.addSum(end, n, in.readSigned());
        default -> throw new IllegalStateException("a total of the unknown kind " + what);
      }
    }
  }

  private static void requireVersion(VarInput in) {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IllegalStateException("a row of the unknown version " + version);
    }
  }
}

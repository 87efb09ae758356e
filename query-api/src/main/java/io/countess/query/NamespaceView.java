package io.countess.query;

import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Partitions;
import io.countess.event.Policy;
import io.countess.event.RecordKey;
import java.util.List;
import java.util.OptionalLong;

/**
 * A namespace.
 *
 * @param policy what it counts by
 * @param version of the policy: higher is later; empty where the default policy is in force
 */
public record NamespaceView(
    ByteString namespace, Policy policy, OptionalLong version, Totals totals, long atMillis) {

  /** The partition that decides on the policy of a namespace. */
  static int home(ByteString namespace, int partitions) {
    return Partitions.of(RecordKey.of(CounterName.policyOf(namespace)), partitions);
  }

  /**
   * Views of one namespace by different partitions, put together. The policy is the one that its
   * home knows, if that is among them: others may still have to hear of the latest.
   */
  static NamespaceView merge(List<Part<NamespaceView>> parts, int partitions) {
    NamespaceView policy = parts.get(0).value();
    Totals totals = Totals.ZERO;
    int home = home(policy.namespace, partitions);
    for (Part<NamespaceView> part : parts) {
      policy = part.partitions().contains(home) ? part.value() : policy;
      totals = totals.and(part.value().totals);
    }
    return new NamespaceView(
        policy.namespace, policy.policy, policy.version, totals, policy.atMillis);
  }
}

package io.countess.answer;

import io.countess.event.ByteString;
import java.util.Optional;

/**
 * A namespace.
 *
 * @param policy what it counts by; without a version where that is the default policy
 * @param window the window that the totals are of, where one was asked for
 */
public record NamespaceView(
    ByteString namespace,
    VersionedPolicy policy,
    Totals totals,
    long atMillis,
    Optional<CountedWindow> window) {
  /** A namespace with its totals at an instant. */
  public NamespaceView(ByteString namespace, VersionedPolicy policy, Totals totals, long atMillis) {
    this(namespace, policy, totals, atMillis, Optional.empty());
  }
}

package io.countess.runtime;

import io.countess.state.TimeSource;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The leases of the fold's threads. Each thread is a member of the group, with heartbeats of its
 * own. So one that dies or hangs takes no partition from the others.
 *
 * <p>Kafka Streams names a thread that replaces a dead one like that, or by the next number, so
 * there are never many names.
 */
final class Leases {
  private final TimeSource time;
  private final Supplier<Map<String, OptionalLong>> heartbeatAges;
  private final Map<String, Lease> byThread = new ConcurrentHashMap<>();

  /**
   * @param heartbeatAges how long ago each thread's last heartbeat was sent, in whole seconds, by
   *     the thread's name; empty for one that has sent none yet
   */
  Leases(TimeSource time, Supplier<Map<String, OptionalLong>> heartbeatAges) {
    this.time = time;
    this.heartbeatAges = heartbeatAges;
  }

  Lease of(String thread) {
    return byThread.computeIfAbsent(thread, name -> new Lease(time));
  }

  /** Looks when the last heartbeats were; wants to be called a few times a second. */
  void renew() {
    heartbeatAges.get().forEach((thread, age) -> of(thread).renew(age));
  }
}

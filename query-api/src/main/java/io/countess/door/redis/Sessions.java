package io.countess.door.redis;

import io.countess.door.ApiKeys;
import java.util.Collection;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** The connections that are open. */
final class Sessions {
  private final ApiKeys keys;
  private final AtomicLong last = new AtomicLong();
  private final AtomicLong commands = new AtomicLong();
  private final Map<Long, Session> open = new ConcurrentSkipListMap<>();

  Sessions(ApiKeys keys) {
    this.keys = keys;
  }

  Session open(Session.Peers peers) {
    var session = new Session(last.incrementAndGet(), peers, keys);
    open.put(session.id(), session);
    return session;
  }

  void close(Session session) {
    open.remove(session.id());
  }

  /** Those that are open, the oldest first. */
  Collection<Session> all() {
    return open.values();
  }

  /** How many there have been. */
  long ever() {
    return last.get();
  }

  /** A command was taken. */
  void counted() {
    commands.incrementAndGet();
  }

  /** How many commands there have been. */
  long commands() {
    return commands.get();
  }
}

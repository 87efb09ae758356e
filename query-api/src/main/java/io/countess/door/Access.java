package io.countess.door;

import io.countess.event.Batch;
import io.countess.event.Event;
import io.countess.event.Grants;
import io.countess.event.NamespacePatterns;
import io.countess.event.Write;
import io.countess.query.Command;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What a caller needs to be let through to a route, where keys are asked for at all. */
public enum Access {
  /** Nothing. */
  OPEN,
  /** Sees counts, listings, policies and metrics. */
  READ,
  /** Puts, sets, writes, resets, claims, batches and releases. */
  WRITE,
  /** Changes policies, also by a put that brings one. */
  ADMIN;

  /** Events that change counters; any other one takes more. */
  private static final Set<Class<? extends Event>> COUNTED =
      Set.of(
          Event.Put.class,
          Event.SetValue.class,
          Write.class,
          Event.Reset.class,
          Event.Release.class,
          Event.Claim.class,
          Batch.class);

  /** What it takes to submit a command. */
  static Access of(Command command) {
    Event event = command.event();
    return COUNTED.contains(event.getClass()) && !bringsPolicy(event) ? WRITE : ADMIN;
  }

  private static boolean bringsPolicy(Event event) {
    return event instanceof Event.Put put && put.policy().isPresent()
        || event instanceof Batch batch && batch.bringsPolicy();
  }

  /** What grants allow, by what is allowed. */
  static Map<Access, Optional<NamespacePatterns>> of(Collection<String> grants) {
    var byAccess = new EnumMap<Access, Optional<NamespacePatterns>>(Access.class);
    Grants.parse(grants)
        .forEach((scope, where) -> byAccess.put(valueOf(scope.toUpperCase(Locale.ROOT)), where));
    return byAccess;
  }

  /** The scope of a key that allows this. */
  public String scope() {
    return name().toLowerCase(Locale.ROOT);
  }
}

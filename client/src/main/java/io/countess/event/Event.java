package io.countess.event;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * What a record in the log says. Its key says about which counter, its timestamp when.
 *
 * <p>An event on a counter may have an id. A counter remembers the ids of accepted events for as
 * long as its policy's {@code dedupe} says, up to {@code maxIds}. The same event under the same id
 * again changes nothing and is answered by the first decision.
 */
public sealed interface Event
    permits Event.Put,
        Event.SetValue,
        Event.Reset,
        Event.Release,
        Event.Claim,
        Event.ChangePolicy,
        Event.ChangeDefaults,
        Event.Tick,
        Batch,
        Write {
  /** The longest id, in bytes of UTF-8. */
  int MAX_ID_BYTES = 128;

  /** The most counters of one claim. */
  int MAX_CLAIMED = 100;

  /**
   * The namespaces in which it may change something, for keys that are limited to some: all that a
   * reader of the event can tell. Empty where it is about the log or the service as a whole.
   *
   * @param record the counter under which its record stands
   */
  default Set<ByteString> namespaces(CounterName record) {
    return Set.of(record.namespace());
  }

  /**
   * The same event, refused by the fold where it would change something elsewhere: for those of
   * which only the state can tell what they change.
   */
  default Event within(NamespacePatterns namespaces) {
    return this;
  }

  /** The counter under whose key its record stands, where the event itself says so. */
  default Optional<CounterName> first() {
    return Optional.empty();
  }

  /** Checks that its counters are in one partition, however many partitions there are. */
  default void requireTogether() {}

  /** Under which the event is remembered; empty where it is not. */
  default Optional<String> id() {
    return Optional.empty();
  }

  /**
   * The same event under another id, or under none.
   *
   * @throws InvalidInputException where such an event can't have one
   */
  default Event withId(Optional<String> other) {
    if (other.isPresent()) {
      throw new InvalidInputException("id", "is not for policies and ticks; they are not counted");
    }
    return this;
  }

  /**
   * Adds to a counter.
   *
   * @param n how much, finite; 0 changes nothing. Only gauges take real numbers
   * @param ttl this put's own time to live, for expiring counts; not for real numbers
   * @param policy that the counter has from this put on, which is decided by it
   */
  record Put(Amount n, Optional<Duration> ttl, Optional<String> id, Optional<Policy> policy)
      implements Event {
    /** One put of 1: what an absent or empty value means. */
    public static final Put ONE = new Put(1, Optional.empty());

    public Put {
      if (ttl.isPresent()) {
        requireTtl(ttl.get(), n);
      }
      n.requireFinite("n");
      id.ifPresent(text -> requireId("id", text));
    }

    /** A put that brings no policy. */
    public Put(Amount n, Optional<Duration> ttl, Optional<String> id) {
      this(n, ttl, id, Optional.empty());
    }

    /** A put of a whole number. */
    public Put(long n, Optional<Duration> ttl, Optional<String> id) {
      this(Amount.of(n), ttl, id);
    }

    /** A put of a whole number without an id. */
    public Put(long n, Optional<Duration> ttl) {
      this(n, ttl, Optional.empty());
    }

    /** A put of {@code n} that lives as long as the policy says. */
    public static Put of(long n) {
      return n == 1 ? ONE : new Put(n, Optional.empty());
    }

    /** The same of an amount that may be real. */
    public static Put of(Amount n) {
      return n.equals(ONE.n) ? ONE : new Put(n, Optional.empty(), Optional.empty());
    }

    @Override
    public Event withId(Optional<String> other) {
      return new Put(n, ttl, other, policy);
    }

    /** The same put, from which on the counter has a policy of its own. */
    public Put bringing(Policy own) {
      return new Put(n, ttl, id, Optional.of(own));
    }

    private static void requireTtl(Duration ttl, Amount n) {
      Policy.requireTtl(ttl);
      if (!n.isWhole()) {
        throw new InvalidInputException(
            "ttl", "is for whole numbers that fit into 64 bits; n is " + n);
      }
    }
  }

  /**
   * Gives a total or a gauge a value.
   *
   * @param value finite; only gauges take real numbers
   * @param ifAbsent only where the counter does not exist yet
   */
  record SetValue(Amount value, boolean ifAbsent, Optional<String> id) implements Event {
    public SetValue {
      value.requireFinite("value");
      id.ifPresent(text -> requireId("id", text));
    }

    /** Sets to a whole number. */
    public SetValue(long value, boolean ifAbsent, Optional<String> id) {
      this(Amount.of(value), ifAbsent, id);
    }

    /** Sets to a whole number without an id. */
    public SetValue(long value, boolean ifAbsent) {
      this(value, ifAbsent, Optional.empty());
    }

    @Override
    public Event withId(Optional<String> other) {
      return new SetValue(value, ifAbsent, other);
    }
  }

  /** Brings a counter back to its initial value. */
  record Reset(Optional<String> id) implements Event {
    public Reset {
      id.ifPresent(text -> requireId("id", text));
    }

    /** Resets without an id. */
    public Reset() {
      this(Optional.empty());
    }

    @Override
    public Event withId(Optional<String> other) {
      return new Reset(other);
    }
  }

  /**
   * Takes back what is left of an accepted put or claim, while its id is remembered.
   *
   * @param of the id of the put or claim
   * @param n how much at most, at least 1, for a put; empty for all of it
   * @param within the namespaces to which a claim that is released must keep; empty for any. A
   *     server puts those there that the key of the sender is limited to
   */
  record Release(String of, OptionalLong n, Optional<String> id, Optional<NamespacePatterns> within)
      implements Event {
    public Release {
      requireId("of", of);
      id.ifPresent(text -> requireId("id", text));
      if (n.isPresent() && n.getAsLong() < 1) {
        throw new InvalidInputException("n", "is " + n.getAsLong() + "; it must be at least 1");
      }
      if (id.isPresent() && id.get().equals(of)) {
        throw new InvalidInputException("id", "is the id of what is released; it needs its own");
      }
    }

    /** A release that may touch any namespace. */
    public Release(String of, OptionalLong n, Optional<String> id) {
      this(of, n, id, Optional.empty());
    }

    @Override
    public Event withId(Optional<String> other) {
      return new Release(of, n, other, within);
    }

    @Override
    public Event within(NamespacePatterns namespaces) {
      return new Release(of, n, id, Optional.of(namespaces));
    }
  }

  /**
   * Puts to several counters of one partition, all or none of them. The key of the record is that
   * of the first.
   *
   * @param parts 1 to {@link #MAX_CLAIMED}, each for another counter
   */
  record Claim(List<Part> parts, Optional<String> id) implements Event {
    public Claim {
      parts = List.copyOf(parts);
      id.ifPresent(text -> requireId("id", text));
      if (parts.isEmpty() || parts.size() > MAX_CLAIMED) {
        throw new InvalidInputException(
            "counters", "are %d; there must be 1 to %d".formatted(parts.size(), MAX_CLAIMED));
      }
      if (parts.stream().map(Part::counter).distinct().count() < parts.size()) {
        throw new InvalidInputException("counters", "has one counter twice; each may come once");
      }
    }

    @Override
    public Set<ByteString> namespaces(CounterName record) {
      var all = new HashSet<ByteString>();
      all.add(record.namespace());
      parts.forEach(part -> all.add(part.counter().namespace()));
      return all;
    }

    @Override
    public Event withId(Optional<String> other) {
      return new Claim(parts, other);
    }

    @Override
    public Optional<CounterName> first() {
      return Optional.of(counter());
    }

    @Override
    public void requireTogether() {
      Partitions.requireTogether(parts.stream().map(Part::counter).toList());
    }

    /** The first counter: the record stands under its name. */
    public CounterName counter() {
      return parts.get(0).counter();
    }

    /**
     * One counter of a claim.
     *
     * @param n how much; negative gives back, where its kind allows that
     * @param ttl this put's own time to live, for expiring counts
     */
    public record Part(CounterName counter, long n, Optional<Duration> ttl) {
      public Part {
        ttl.ifPresent(Policy::requireTtl);
      }

      /** One counter whose put lives as long as its policy says. */
      public static Part of(CounterName counter, long n) {
        return new Part(counter, n, Optional.empty());
      }
    }
  }

  /**
   * Sets the policy of the namespace of the record, or brings it back to the default policy. Where
   * the record's key names a counter, it is that one's own policy, or its plan, that is set; or it
   * goes back to the policy of its namespace.
   *
   * @param policy empty for the default policy, or for that of the namespace
   * @param plan the name of a plan of the namespace's policy, for a counter
   * @param ifVersion the change is made only where this is the version of the own policy. {@link
   *     #NO_VERSION} means that there is none, {@link #ANY_VERSION} that there is one. Empty means
   *     in any case
   */
  record ChangePolicy(
      Optional<Policy> policy, Optional<String> plan, OnChange onChange, OptionalLong ifVersion)
      implements Event {
    /** The version of a namespace that has no policy of its own. */
    public static final long NO_VERSION = -1;

    /** Stands for whatever version there is, as long as there is one. */
    public static final long ANY_VERSION = -2;

    public ChangePolicy {
      requireVersion(ifVersion);
      plan.ifPresent(name -> Terms.requirePlan("plan", name));
      if (policy.isPresent() && plan.isPresent()) {
        throw new InvalidInputException("plan", "and policy are both there; give one of them");
      }
      policy.ifPresent(Terms::requireLasting);
    }

    /** A change to a policy of its own, or to none. */
    public ChangePolicy(Optional<Policy> policy, OnChange onChange, OptionalLong ifVersion) {
      this(policy, Optional.empty(), onChange, ifVersion);
    }

    /** A change in any case. */
    public ChangePolicy(Optional<Policy> policy, OnChange onChange) {
      this(policy, onChange, OptionalLong.empty());
    }

    /** A change of a counter to a plan, in any case. */
    public static ChangePolicy toPlan(String name, OnChange onChange) {
      return new ChangePolicy(Optional.empty(), Optional.of(name), onChange, OptionalLong.empty());
    }

    /** The same change, where this is the version of the own policy. */
    public ChangePolicy ifVersion(OptionalLong version) {
      return new ChangePolicy(policy, plan, onChange, version);
    }

    /** Whether nothing of its own is left after it. */
    public boolean isDrop() {
      return policy.isEmpty() && plan.isEmpty();
    }
  }

  /**
   * Sets the policy of all namespaces that have none of their own. The record's key is /.
   *
   * @param ifVersion the change is made only where this is the version of the default policy.
   *     {@link ChangePolicy#NO_VERSION} means that it was never set, {@link
   *     ChangePolicy#ANY_VERSION} that it was. Empty means in any case
   */
  record ChangeDefaults(Policy policy, OnChange onChange, OptionalLong ifVersion) implements Event {
    public ChangeDefaults {
      requireVersion(ifVersion);
      Terms.requireLasting(policy);
      if (KeepRules.keeps(policy)) {
        throw new InvalidInputException(
            "keep",
            "is not for the default policy; a namespace that keeps windows has a policy of its own");
      }
    }

    /** A change in any case. */
    public ChangeDefaults(Policy policy, OnChange onChange) {
      this(policy, onChange, OptionalLong.empty());
    }

    @Override
    public Set<ByteString> namespaces(CounterName record) {
      return Set.of();
    }
  }

  /** Lets time pass in the partition in which the record stands. */
  record Tick() implements Event {
    @Override
    public Set<ByteString> namespaces(CounterName record) {
      return Set.of();
    }
  }

  /**
   * Checks an id.
   *
   * @throws InvalidInputException where it is empty, longer than {@link #MAX_ID_BYTES}, or no text
   */
  static String requireId(String field, String id) {
    int bytes = ByteString.utf8(field, id).size();
    if (bytes == 0 || bytes > MAX_ID_BYTES) {
      throw new InvalidInputException(
          field, "takes %d bytes of UTF-8; it must take 1 to %d".formatted(bytes, MAX_ID_BYTES));
    }
    return id;
  }

  private static void requireVersion(OptionalLong ifVersion) {
    if (ifVersion.orElse(0) < ChangePolicy.ANY_VERSION) {
      String rule = "is %d; it must be a version, -1 for none, or -2 for any that there is";
      throw new InvalidInputException("ifVersion", rule.formatted(ifVersion.getAsLong()));
    }
  }
}

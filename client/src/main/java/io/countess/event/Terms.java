package io.countess.event;

import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What policies of all kinds have.
 *
 * @param dedupe how long the ids of accepted events are remembered, from {@link #MIN_DEDUPE} to
 *     {@link #MAX_DEDUPE}
 * @param maxIds how many ids a counter remembers at a time, from 1 to {@link #MOST_IDS}: an event
 *     with one more is refused
 * @param description what is counted, or what for: free text of at most {@link
 *     Policy#MAX_DESCRIPTION} characters
 * @param journal how long a counter keeps what happened to it, from {@link #MIN_JOURNAL} to {@link
 *     #MAX_JOURNAL}; empty where it does not. For totals, gauges and values
 * @param lapses whether a counter has the policy only for as long as it counts something. For the
 *     policies of puts, and for kinds whose counts end by themselves
 * @param plans by name: what counters count by that were given this plan. At most {@link
 *     #MOST_PLANS}, each of the policy's kind, without plans, and none that lapses
 */
public record Terms(
    Policy.Mode mode,
    Duration dedupe,
    long maxIds,
    Optional<String> description,
    Optional<Duration> journal,
    boolean lapses,
    Map<String, Policy> plans) {
  /** The shortest memory of ids. */
  public static final Duration MIN_DEDUPE = Duration.ofSeconds(1);

  /** The longest memory of ids. */
  public static final Duration MAX_DEDUPE = Duration.ofDays(400);

  /** The shortest journal. */
  public static final Duration MIN_JOURNAL = Duration.ofSeconds(1);

  /** The longest journal. */
  public static final Duration MAX_JOURNAL = Duration.ofDays(3650);

  /** The most ids that a counter can be told to remember. */
  public static final long MOST_IDS = 1_000_000_000;

  /** Limits hold, and a million ids are remembered for ten minutes. */
  public static final Terms DEFAULT =
      new Terms(Policy.Mode.ENFORCE, Duration.ofMinutes(10), 1_000_000);

  /** The most plans of a policy. */
  public static final int MOST_PLANS = 100;

  /** Sorts the plans by name. */
  public Terms {
    plans = plans.isEmpty() ? Map.of() : Collections.unmodifiableMap(new TreeMap<>(plans));
    requirePlans(plans);
    description.ifPresent(Terms::requireDescription);
    journal.ifPresent(Terms::requireJournal);
    Durations.requirePositiveMillis("dedupe", dedupe);
    if (dedupe.compareTo(MIN_DEDUPE) < 0 || dedupe.compareTo(MAX_DEDUPE) > 0) {
      throw new InvalidInputException(
          "dedupe", "is %s; it must be from 1s to 400d".formatted(Durations.format(dedupe)));
    }
    if (maxIds < 1 || maxIds > MOST_IDS) {
      throw new InvalidInputException(
          "maxIds", "is %d; it must be from 1 to %d".formatted(maxIds, MOST_IDS));
    }
  }

  /** Terms without a description, a journal and plans, of a policy that does not lapse. */
  public Terms(Policy.Mode mode, Duration dedupe, long maxIds) {
    this(mode, dedupe, maxIds, Optional.empty(), Optional.empty(), false, Map.of());
  }

  /** The same terms in another mode. */
  public Terms in(Policy.Mode other) {
    return new Terms(other, dedupe, maxIds, description, journal, lapses, plans);
  }

  /** The same terms with another memory of ids. */
  public Terms remembering(Duration ids) {
    return new Terms(mode, ids, maxIds, description, journal, lapses, plans);
  }

  /** The same terms with other plans. */
  public Terms with(Map<String, Policy> others) {
    return new Terms(mode, dedupe, maxIds, description, journal, lapses, others);
  }

  /** The same terms with another description. */
  public Terms describedBy(Optional<String> text) {
    return new Terms(mode, dedupe, maxIds, text, journal, lapses, plans);
  }

  /** The same terms with another journal. */
  public Terms journaling(Optional<Duration> forSoLong) {
    return new Terms(mode, dedupe, maxIds, description, forSoLong, lapses, plans);
  }

  /** The same terms of a policy that lapses. */
  public Terms lapsing() {
    return new Terms(mode, dedupe, maxIds, description, journal, true, plans);
  }

  private static void requireJournal(Duration journal) {
    Durations.requirePositiveMillis("journal", journal);
    if (journal.compareTo(MIN_JOURNAL) < 0 || journal.compareTo(MAX_JOURNAL) > 0) {
      throw new InvalidInputException(
          "journal", "is %s; it must be from 1s to 3650d".formatted(Durations.format(journal)));
    }
  }

  private static void requireDescription(String text) {
    ByteString.utf8("description", text);
    if (text.length() > Policy.MAX_DESCRIPTION) {
      throw new InvalidInputException(
          "description",
          "has %d characters; it may have at most %d"
              .formatted(text.length(), Policy.MAX_DESCRIPTION));
    }
  }

  private static void requirePlans(Map<String, Policy> plans) {
    if (plans.size() > MOST_PLANS) {
      throw new InvalidInputException(
          "plans", "are %d; there may be at most %d".formatted(plans.size(), MOST_PLANS));
    }
    plans.forEach(
        (name, plan) -> {
          requirePlan("plans", name);
          if (!plan.terms().plans().isEmpty()) {
            throw new InvalidInputException("plans", "has the plan '" + name + "' with plans");
          }
          if (plan.terms().lapses()) {
            throw new InvalidInputException(
                "plans", "has the plan '" + name + "' that lapses; a put brings what lapses");
          }
        });
  }

  /** Checks that there is no journal, for a kind whose counters are more than a number. */
  void requireNoJournal(String kind) {
    if (journal.isPresent()) {
      throw new InvalidInputException(
          "journal", "is not for the kind %s; it is for total, gauge and value".formatted(kind));
    }
  }

  /** Checks that the policy does not lapse, for a kind whose counters stay what they are. */
  void requireLasting(String kind) {
    if (lapses) {
      throw new InvalidInputException(
          "lapses",
          "is not for the kind %s; it is for expiring, leaky, window and limits".formatted(kind));
    }
  }

  /** Checks that the policy does not lapse, where no put brings it. */
  static void requireLasting(Policy policy) {
    if (policy.terms().lapses()) {
      throw new InvalidInputException(
          "lapses", "is for the policy that a put brings to its counter; leave it out here");
    }
  }

  void requireKind(Class<? extends Policy> kind) {
    plans.forEach(
        (name, plan) -> {
          if (!kind.isInstance(plan)) {
            throw new InvalidInputException(
                "plans",
                "has the plan '%s' of the kind %s; a plan is of the kind of its policy"
                    .formatted(name, plan.kind()));
          }
        });
  }

  /** The longest name of a plan, in bytes of UTF-8. */
  public static final int MAX_PLAN_BYTES = 64;

  /**
   * Checks the name of a plan.
   *
   * @throws InvalidInputException where it is empty, too long, or no text
   */
  public static String requirePlan(String field, String name) {
    int bytes = ByteString.utf8(field, name).size();
    if (bytes == 0 || bytes > MAX_PLAN_BYTES) {
      throw new InvalidInputException(
          field,
          "has the name '%s' of %d bytes of UTF-8; it must take 1 to %d"
              .formatted(name, bytes, MAX_PLAN_BYTES));
    }
    return name;
  }
}

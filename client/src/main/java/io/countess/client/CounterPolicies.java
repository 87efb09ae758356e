package io.countess.client;

import io.countess.answer.CounterPolicy;
import io.countess.answer.CounterPolicyPage;
import io.countess.answer.PolicyHistory;
import io.countess.answer.VersionedPolicy;
import io.countess.answer.codec.CounterPolicyJson;
import io.countess.answer.codec.CounterPolicyPageJson;
import io.countess.answer.codec.PolicyHistoryJson;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import java.util.Optional;

/**
 * The policies and plans that counters have of their own. They are in force for all puts that come
 * after a change was answered.
 */
public final class CounterPolicies {
  private final Counts counts;

  CounterPolicies(Counts counts) {
    this.counts = counts;
  }

  /** What a counter counts by, and whether that is its own. */
  public CounterPolicy of(CounterName counter) {
    return counts.ask(target(counter)).found(new CounterPolicyJson()).value();
  }

  /** The counters of a namespace that have something of their own, in key order. */
  public CounterPolicyPage list(ByteString namespace, Page page) {
    var target = page.of(Target.listing(namespace, "policies"));
    return counts.ask(target).found(new CounterPolicyPageJson()).value();
  }

  /** How the policy of a counter changed, newest first. */
  public PolicyHistory history(CounterName counter) {
    var target = target(counter).below("history");
    return counts.ask(target).found(new PolicyHistoryJson()).value();
  }

  /** Gives a counter a policy of its own. */
  public Decision set(CounterName counter, Policy policy, OnChange onChange) {
    var change = new Event.ChangePolicy(Optional.of(policy), onChange);
    return counts.decide(put(counter, change));
  }

  /**
   * Gives a counter a policy of its own if its policy has not changed; the outcome tells.
   *
   * @param expected the version to be replaced, as {@link VersionedPolicy#expected} gives it
   */
  public Decision set(CounterName counter, Policy policy, OnChange onChange, long expected) {
    var change = new Event.ChangePolicy(Optional.of(policy), onChange);
    return counts.decide(put(counter, change).ifVersion(expected));
  }

  /** Gives a counter one of the plans that the policy of its namespace names. */
  public Decision assign(CounterName counter, String plan, OnChange onChange) {
    return counts.decide(put(counter, Event.ChangePolicy.toPlan(plan, onChange)));
  }

  /**
   * The same if its policy has not changed; the outcome tells.
   *
   * @param expected the version to be replaced, as {@link VersionedPolicy#expected} gives it
   */
  public Decision assign(CounterName counter, String plan, OnChange onChange, long expected) {
    var change = Event.ChangePolicy.toPlan(plan, onChange);
    return counts.decide(put(counter, change).ifVersion(expected));
  }

  /** Lets a counter count by the policy of its namespace again. */
  public Decision drop(CounterName counter, OnChange onChange) {
    return counts.decide(put(counter, new Event.ChangePolicy(Optional.empty(), onChange)));
  }

  /**
   * The same if its policy has not changed; the outcome tells.
   *
   * @param expected the version to be replaced, as {@link VersionedPolicy#expected} gives it
   */
  public Decision drop(CounterName counter, OnChange onChange, long expected) {
    var change = new Event.ChangePolicy(Optional.empty(), onChange);
    return counts.decide(put(counter, change).ifVersion(expected));
  }

  private static Command put(CounterName counter, Event.ChangePolicy change) {
    return Command.put(target(counter), change);
  }

  private static Target target(CounterName counter) {
    return Target.counter(counter).below("policy");
  }
}

package io.countess.cli.soak;

import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Policy;
import io.countess.event.Policy.Mode;
import io.countess.event.Rate;
import io.countess.event.Terms;
import io.countess.event.WindowPeriod;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.stream.Stream;

/**
 * The namespaces of the soak: every kind, with limits and without. Each with the policies that it
 * may get, the first one from the start.
 */
enum Space {
  CALLS(expiring(3, none()), expiring(8, some(10)), total(0, none(), none())),
  LOGINS(
      expiring(20, some(15)),
      expiring(10, some(25)),
      expiring(20, some(0)),
      observing(expiring(30, some(12)))),
  WATCHED(
      observing(expiring(20, some(15))), expiring(20, some(15)), window("20s", none(), some(9))),
  /** Rates of whole numbers a millisecond, so that releases are not rounded; the slowest first. */
  BUCKET(leaky("1000/s", 20_000), leaky("2000/s", 15_000), observing(leaky("2000/s", 9000))),
  DRIP(leaky("20/m", 12), leaky("50/m", 9), leaky("50/m", 0), leaky("3/s", 15)),
  MINUTE(
      window("10s", none(), some(12)),
      window("15s", some(0), some(9)),
      window("15s", some(20), none())),
  DAY(window("day", some(30), some(6)), window("6h", some(12), none()), expiring(30, none())),
  STOCK(between(0, 40), total(7, some(25), none()), gauge(0, 60)),
  QUOTA(
      total(0, some(30), none()),
      total(0, some(0), some(9)),
      total(0, some(15), none()),
      window("10s", some(20), none())),
  HOLD(expiring(15, some(20)), expiring(25, some(12))),
  /** Half of its puts bring one of these. */
  BROUGHT(expiring(15, some(12)), expiring(9, some(20)), observing(expiring(25, some(8)))),
  /** As with drips, nothing is released from these. */
  BURSTS(
      leaky("3/s", 9),
      limits(leaky("3/s", 8), window("20s", some(15), none())),
      limits(leaky("2/s", 12), window("20s", some(25), none()), expiring(30, some(20))),
      observing(limits(leaky("3/s", 6), window("15s", some(9), none())))),
  METER(
      window("10s", some(12), none()),
      limits(window("10s", some(12), none()), total(3, some(40), none())),
      limits(window("15s", some(20), some(9)), total(0, some(25), none())),
      observing(limits(window("10s", some(9), none()), total(0, some(30), none())))),
  /** Of whole numbers, which puts, writes and releases change. */
  CACHE(value(), observing(value()), total(0, none(), none())),
  /** Keeps windows, by policies that cut and keep alike. */
  BILLS(kept(none()), kept(some(12)), observing(kept(some(9)))),
  HEAT(gauge(-50, 50), gauge(-20, 30), observing(gauge(-5, 5)));

  /** Those that the default policy may be, the first one from the start. None is leaky. */
  private static final List<Policy> DEFAULTS =
      planned(
          expiring(12, some(18)),
          expiring(25, none()),
          observing(expiring(15, some(10))),
          window("20s", some(15), none()),
          total(3, some(30), none()),
          gauge(-40, 40));

  /** Names of plans. Not every policy has them all. */
  static final List<String> PLANS = List.of("more", "less");

  private final List<Policy> policies;

  Space(Policy... policies) {
    this.policies = hasOwn() ? planned(policies) : List.of(policies);
  }

  /** Each with the others of its kind as its plans. */
  private static List<Policy> planned(Policy... policies) {
    return Stream.of(policies).map(policy -> withPlans(policy, policies)).toList();
  }

  private static Policy withPlans(Policy policy, Policy... all) {
    List<Policy> others =
        Stream.of(all).filter(it -> it != policy && kinds(it).equals(kinds(policy))).toList();
    var plans = new HashMap<String, Policy>();
    for (int i = 0; i < Math.min(others.size(), 2); i++) {
      plans.put(i == 0 ? "more" : "less", others.get(i));
    }
    return policy.with(policy.terms().with(plans));
  }

  /** Without plans: so one counter may have it. */
  static Policy alone(Policy policy) {
    return policy.with(policy.terms().with(Map.of()));
  }

  /** Whether counters of it may be given policies and plans of their own. */
  boolean hasOwn() {
    return !name().equals("BUCKET") && !isBrought() && !keepsWindows();
  }

  /** Whether its windows stay: it always has a policy of its own then. */
  boolean keepsWindows() {
    return name().equals("BILLS");
  }

  /** Whether its puts may bring policies. */
  boolean isBrought() {
    return name().equals("BROUGHT");
  }

  /** How late puts come; where windows are kept, some for the oldest, and some too late for any. */
  int latestMillis() {
    return keepsWindows() ? 30_000 : 4000;
  }

  List<Policy> policies() {
    return policies;
  }

  static List<Policy> defaults() {
    return DEFAULTS;
  }

  ByteString namespace() {
    return ByteString.utf8(name().toLowerCase(Locale.ROOT));
  }

  CounterName counter(String key) {
    return new CounterName(namespace(), ByteString.utf8(key));
  }

  /**
   * Whether counters can go on from one of the policies to another. A bucket that releases are made
   * from is never made slower: what is left of earlier puts could be taken for too much then.
   */
  boolean canKeep(Policy from, Policy to) {
    boolean slower = this == BUCKET && policies.indexOf(to) < policies.indexOf(from);
    return !slower && adopts(from, to);
  }

  /** Whether counters can go on under another policy with what they have counted. */
  static boolean adopts(Policy from, Policy to) {
    if (to instanceof Policy.Limits) {
      List<String> before = kinds(from);
      return before.size() <= kinds(to).size()
          && before.equals(kinds(to).subList(0, before.size()));
    }
    return from.kind().equals(to.kind())
        || from instanceof Policy.Total && to instanceof Policy.Gauge;
  }

  private static List<String> kinds(Policy policy) {
    return policy instanceof Policy.Limits several ? several.kinds() : List.of(policy.kind());
  }

  static Space of(CounterName counter) {
    for (Space space : values()) {
      if (space.namespace().equals(counter.namespace())) {
        return space;
      }
    }
    throw new IllegalArgumentException(counter.toString());
  }

  private static Policy expiring(int seconds, OptionalLong limit) {
    return new Policy.Expiring(Duration.ofSeconds(seconds), limit, terms(Mode.ENFORCE));
  }

  private static Policy leaky(String rate, long capacity) {
    return new Policy.Leaky(Rate.parse(rate), some(capacity), terms(Mode.ENFORCE));
  }

  private static Policy window(String period, OptionalLong limit, OptionalLong maxDelta) {
    return window(period, limit, maxDelta, 0);
  }

  private static Policy kept(OptionalLong limit) {
    return window("4s", limit, none(), 5);
  }

  private static Policy window(String period, OptionalLong limit, OptionalLong maxDelta, int keep) {
    var length = WindowPeriod.parse(period);
    return new Policy.Window(
        length, ZoneOffset.UTC, none(), maxDelta, limit, keep, terms(Mode.ENFORCE));
  }

  private static Policy total(long initial, OptionalLong limit, OptionalLong maxDelta) {
    return new Policy.Total(initial, none(), none(), maxDelta, limit, terms(Mode.ENFORCE));
  }

  private static Policy between(long min, long max) {
    return new Policy.Total(5, some(min), some(max), some(9), none(), terms(Mode.ENFORCE));
  }

  private static Policy gauge(double min, double max) {
    return new Policy.Gauge(
        OptionalDouble.of(min),
        OptionalDouble.of(max),
        OptionalDouble.empty(),
        terms(Mode.ENFORCE));
  }

  private static Policy value() {
    return new Policy.Value(terms(Mode.ENFORCE));
  }

  private static Policy limits(Policy... each) {
    var plain = Stream.of(each).map(it -> it.with(Terms.DEFAULT)).toList();
    return new Policy.Limits(plain, terms(Mode.ENFORCE));
  }

  private static Policy observing(Policy policy) {
    return policy.with(terms(Mode.OBSERVE));
  }

  /** Ids are remembered for longer than any client goes on to try. */
  private static Terms terms(Mode mode) {
    return Terms.DEFAULT.in(mode).remembering(Duration.ofMinutes(20));
  }

  private static OptionalLong none() {
    return OptionalLong.empty();
  }

  private static OptionalLong some(long n) {
    return OptionalLong.of(n);
  }
}

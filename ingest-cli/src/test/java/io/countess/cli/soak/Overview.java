package io.countess.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.answer.CounterPolicy;
import io.countess.answer.CounterPolicyPage;
import io.countess.answer.KeyPage;
import io.countess.answer.NamespaceView;
import io.countess.answer.PolicyHistory;
import io.countess.answer.Totals;
import io.countess.answer.VersionedPolicy;
import io.countess.cli.soak.Changes.Accepted;
import io.countess.client.Counts;
import io.countess.client.Page;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Policy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;
import java.util.function.Supplier;

/**
 * What an instance says of many counters against what the model makes of them: policies, listings,
 * the top, and totals.
 */
final class Overview {
  private static final int PAGE = 2;
  private static final int TOP = 3;
  private static final int HISTORY = 20;
  private static final Duration STILL = Duration.ofSeconds(30);

  private final Model model;
  private final Counts instance;

  Overview(Model model, Counts instance) {
    this.model = model;
    this.instance = instance;
  }

  void check() {
    checkDefaults();
    for (Space space : Space.values()) {
      checkPolicies(space);
      checkOwn(space);
      checkTotals(space);
      checkWhileStill(space + " listed", () -> listing(space), at -> live(space, at));
      checkWhileStill(space + " top", () -> top(space), at -> top(space, at));
    }
    model.counters().keySet().stream()
        .filter(name -> Space.of(name).keepsWindows())
        .forEach(
            name ->
                checkWhileStill(name + " windows", () -> windows(name), at -> windows(name, at)));
    checkWhileStill("all", () -> instance.totals().count(), this::sum);
    Totals all = instance.totals();
    assertThat(all.keys()).isBetween(live(now()), (long) model.counters().size());
  }

  private void checkPolicies(Space space) {
    var expected = model.changes().history(space.namespace());
    var own = expected.peek().policy();
    var inForce =
        own.isPresent()
            ? new VersionedPolicy(own.get(), OptionalLong.of(expected.peek().version()))
            : new VersionedPolicy(defaults().policy(), OptionalLong.empty());
    assertThat(instance.policy(space.namespace())).as(space + " policy").isEqualTo(inForce);
    checkHistory(space + " history", instance.policyHistory(space.namespace()), expected);
  }

  /** What single counters have of their own. */
  private void checkOwn(Space space) {
    var policies = instance.counterPolicies();
    var expected = new ArrayList<CounterPolicyPage.Entry>();
    model
        .own()
        .forEach(
            (name, changes) -> {
              if (name.namespace().equals(space.namespace())) {
                var history = policies.history(name);
                checkHistory(name + " history", history, changes);
                CounterPolicy inForce = policies.of(name);
                assertThat(inForce.policy().policy())
                    .as("policy of %s", name)
                    .isEqualTo(model.counters().get(name).policy());
                assertThat(inForce.plan()).isEqualTo(changes.peek().plan());
                if (!changes.peek().isDrop()) {
                  expected.add(new CounterPolicyPage.Entry(name.key(), history.changes().get(0)));
                }
              }
            });
    assertThat(ownListing(space)).as(space + " own").isEqualTo(expected);
  }

  private List<CounterPolicyPage.Entry> ownListing(Space space) {
    var all = new ArrayList<CounterPolicyPage.Entry>();
    Optional<Page> page = Optional.of(Page.first(PAGE));
    while (page.isPresent()) {
      Page asked = page.get();
      var answer = instance.counterPolicies().list(space.namespace(), asked);
      all.addAll(answer.policies());
      page = answer.next().map(asked::from);
    }
    return all;
  }

  private boolean hasOwn(Space space) {
    return model.own().entrySet().stream()
        .anyMatch(
            each ->
                each.getKey().namespace().equals(space.namespace())
                    && !each.getValue().peek().isDrop());
  }

  private void checkDefaults() {
    assertThat(instance.defaultPolicy()).isEqualTo(defaults());
    checkHistory("defaults", instance.defaultPolicyHistory(), model.changes().defaults());
  }

  private VersionedPolicy defaults() {
    var last = model.changes().defaults().peek();
    return new VersionedPolicy(last.policy().orElseThrow(), OptionalLong.of(last.version()));
  }

  private static void checkHistory(String what, PolicyHistory found, Deque<Accepted> expected) {
    assertThat(found.changes().stream().map(Overview::accepted))
        .as(what)
        .containsExactlyElementsOf(expected.stream().limit(HISTORY).toList());
  }

  private static Accepted accepted(PolicyHistory.Change change) {
    return new Accepted(change.version(), change.policy(), change.plan(), change.onChange());
  }

  private void checkTotals(Space space) {
    NamespaceView found = instance.namespace(space.namespace());
    long at = found.atMillis();
    assertThat(found.totals().count()).as("%s: %s", space, found).isEqualTo(sum(space, at));
    int live = live(space, at).size();
    if (found.totals().approximate()) {
      assertThat(hasOwn(space) || drains(found.policy().policy())).as("%s", found).isTrue();
      assertThat(found.totals().keys()).as("%s", found).isGreaterThanOrEqualTo(live);
    } else {
      assertThat(found.totals().keys()).as("%s", found).isEqualTo(live);
    }
  }

  private static boolean drains(Policy policy) {
    return policy instanceof Policy.Leaky
        || policy instanceof Policy.Limits several && several.kinds().contains("leaky");
  }

  /** Such an answer names no instant, so it has to come while nothing expires. */
  private static <T> void checkWhileStill(
      String what, Supplier<T> asked, LongFunction<T> expected) {
    await()
        .alias(what)
        .atMost(STILL)
        .until(
            () -> {
              T before = expected.apply(now());
              T answer = asked.get();
              boolean still = expected.apply(now()).equals(before);
              if (still) {
                assertThat(answer).as(what).isEqualTo(before);
              }
              return still;
            });
  }

  private List<KeyPage.Entry> listing(Space space) {
    var all = new ArrayList<KeyPage.Entry>();
    Optional<Page> page = Optional.of(Page.first(PAGE));
    while (page.isPresent()) {
      Page asked = page.get();
      var answer = instance.keys(space.namespace(), Optional.empty(), asked).value();
      all.addAll(answer.keys());
      page = answer.next().map(asked::from);
    }
    return all;
  }

  private SortedMap<Long, Long> windows(CounterName name) {
    var sums = new TreeMap<Long, Long>();
    instance
        .windows()
        .list(name)
        .value()
        .windows()
        .forEach(each -> sums.put(each.window().span().endMillis(), each.count()));
    return sums;
  }

  private SortedMap<Long, Long> windows(CounterName name, long at) {
    return ((NaiveWindow) model.counters().get(name).arithmetic()).keptAt(at);
  }

  private List<KeyPage.Entry> top(Space space) {
    return instance.top(space.namespace(), TOP).value().keys();
  }

  private List<KeyPage.Entry> top(Space space, long at) {
    Comparator<KeyPage.Entry> highestFirst =
        Comparator.comparingDouble(
                (KeyPage.Entry each) -> each.gauge().orElse((double) each.count()))
            .reversed();
    return live(space, at).stream()
        .sorted(highestFirst.thenComparing(KeyPage.Entry::key))
        .limit(TOP)
        .toList();
  }

  private List<KeyPage.Entry> live(Space space, long at) {
    return model.counters().entrySet().stream()
        .filter(each -> each.getKey().namespace().equals(space.namespace()))
        .filter(each -> each.getValue().arithmetic().isLiveAt(at))
        .map(each -> keyCount(each.getKey().key(), each.getValue(), at))
        .sorted(Comparator.comparing(KeyPage.Entry::key))
        .toList();
  }

  private static KeyPage.Entry keyCount(ByteString key, Counter counter, long at) {
    double count = counter.arithmetic().countAt(at);
    boolean gauge = counter.policy() instanceof Policy.Gauge;
    return gauge ? new KeyPage.Entry(key, count) : new KeyPage.Entry(key, (long) count);
  }

  private long live(long at) {
    return model.counters().values().stream()
        .filter(each -> each.arithmetic().isLiveAt(at))
        .count();
  }

  private long sum(Space space, long at) {
    return model.counters().entrySet().stream()
        .filter(each -> each.getKey().namespace().equals(space.namespace()))
        .mapToLong(each -> (long) each.getValue().arithmetic().sharedAt(at))
        .sum();
  }

  private long sum(long at) {
    return model.counters().values().stream()
        .mapToLong(each -> (long) each.arithmetic().sharedAt(at))
        .sum();
  }

  private static long now() {
    return System.currentTimeMillis();
  }
}

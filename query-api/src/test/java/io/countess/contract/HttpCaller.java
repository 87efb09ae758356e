package io.countess.contract;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.answer.CounterPolicy;
import io.countess.answer.CounterPolicyPage;
import io.countess.answer.JournalPage;
import io.countess.answer.JournalPlace;
import io.countess.answer.KeyPage;
import io.countess.answer.NamespacePage;
import io.countess.answer.NamespaceView;
import io.countess.answer.Peek;
import io.countess.answer.PolicyHistory;
import io.countess.answer.Totals;
import io.countess.answer.VersionedPolicy;
import io.countess.answer.WindowList;
import io.countess.client.CounterPolicies;
import io.countess.client.Counts;
import io.countess.client.Page;
import io.countess.client.ProblemException;
import io.countess.client.Submission;
import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.CountRange;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.OnChange;
import io.countess.event.Position;
import io.countess.event.WindowName;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** By way of the Java client, over HTTP. */
record HttpCaller(Counts counts) implements Caller {
  @Override
  public Decision decide(Submission submission) {
    return call(() -> counts.decide(submission));
  }

  @Override
  public Position log(Submission submission) {
    return call(() -> counts.log(submission));
  }

  @Override
  public Decision claim(Event.Claim claim) {
    return call(() -> counts.claims().claim(claim)).decision();
  }

  @Override
  public Decision change(ByteString namespace, Event.ChangePolicy change) {
    return call(
        () -> change.policy().isPresent() ? set(namespace, change) : drop(namespace, change));
  }

  private Decision set(ByteString namespace, Event.ChangePolicy change) {
    var policy = change.policy().get();
    return change.ifVersion().isPresent()
        ? counts.setPolicy(namespace, policy, change.onChange(), change.ifVersion().getAsLong())
        : counts.setPolicy(namespace, policy, change.onChange());
  }

  private Decision drop(ByteString namespace, Event.ChangePolicy change) {
    OptionalLong expected = change.ifVersion();
    if (change.onChange() == OnChange.KEEP) {
      return expected.isPresent()
          ? counts.dropPolicy(namespace, expected.getAsLong())
          : counts.dropPolicy(namespace);
    }
    return expected.isPresent()
        ? counts.resetNamespace(namespace, expected.getAsLong())
        : counts.resetNamespace(namespace);
  }

  @Override
  public Decision change(Event.ChangeDefaults change) {
    OptionalLong expected = change.ifVersion();
    return call(
        () ->
            expected.isPresent()
                ? counts.setDefaultPolicy(change.policy(), change.onChange(), expected.getAsLong())
                : counts.setDefaultPolicy(change.policy(), change.onChange()));
  }

  @Override
  public Decision change(CounterName counter, Event.ChangePolicy change) {
    CounterPolicies own = counts.counterPolicies();
    OptionalLong expected = change.ifVersion();
    return call(
        () ->
            expected.isPresent()
                ? change(own, counter, change, expected.getAsLong())
                : change(own, counter, change));
  }

  private static Decision change(
      CounterPolicies own, CounterName counter, Event.ChangePolicy change) {
    OnChange onChange = change.onChange();
    if (change.plan().isPresent()) {
      return own.assign(counter, change.plan().get(), onChange);
    }
    return change.policy().isPresent()
        ? own.set(counter, change.policy().get(), onChange)
        : own.drop(counter, onChange);
  }

  private static Decision change(
      CounterPolicies own, CounterName counter, Event.ChangePolicy change, long expected) {
    OnChange onChange = change.onChange();
    if (change.plan().isPresent()) {
      return own.assign(counter, change.plan().get(), onChange, expected);
    }
    return change.policy().isPresent()
        ? own.set(counter, change.policy().get(), onChange, expected)
        : own.drop(counter, onChange, expected);
  }

  @Override
  public Answer.Found<Count> count(CounterName counter, Optional<Instant> at) {
    return call(() -> counts.ask(counter, at));
  }

  @Override
  public Answer.Found<Peek> peek(CounterName counter, Amount n, Optional<Instant> at) {
    return call(() -> counts.ask(counter, n, at));
  }

  @Override
  public KeyPage keys(
      ByteString namespace, Optional<String> match, Optional<CountRange> counts, Page page) {
    return call(() -> this.counts.keys(namespace, match, counts, page).value());
  }

  @Override
  public KeyPage top(ByteString namespace, int k, Optional<CountRange> counts) {
    return call(() -> this.counts.top(namespace, k, counts).value());
  }

  @Override
  public NamespaceView namespace(ByteString namespace) {
    return call(() -> counts.namespace(namespace));
  }

  @Override
  public Answer.Found<Count> countIn(WindowName window, CounterName counter) {
    return call(() -> counts.windows().count(counter, window));
  }

  @Override
  public WindowList windows(CounterName counter) {
    return call(() -> counts.windows().list(counter).value());
  }

  @Override
  public JournalPage journal(CounterName counter, Optional<JournalPlace> before, int limit) {
    var journal = counts.journal(counter);
    return call(
        () ->
            (before.isPresent() ? journal.before(before.get(), limit) : journal.newest(limit))
                .value());
  }

  @Override
  public KeyPage keysIn(WindowName window, ByteString namespace, Page page) {
    Optional<CountRange> any = Optional.empty();
    return call(
        () -> counts.windows().keys(namespace, window, Optional.empty(), any, page).value());
  }

  @Override
  public KeyPage topIn(WindowName window, ByteString namespace, int k) {
    return call(() -> counts.windows().top(namespace, window, k, Optional.empty()).value());
  }

  @Override
  public NamespaceView namespaceIn(WindowName window, ByteString namespace) {
    return call(() -> counts.windows().namespace(namespace, window).value());
  }

  @Override
  public NamespacePage namespaces(Page page) {
    return call(() -> counts.namespaces(page).value());
  }

  @Override
  public PolicyHistory history(ByteString namespace) {
    return call(() -> counts.policyHistory(namespace));
  }

  @Override
  public CounterPolicy policy(CounterName counter) {
    return call(() -> counts.counterPolicies().of(counter));
  }

  @Override
  public CounterPolicyPage policies(ByteString namespace, Page page) {
    return call(() -> counts.counterPolicies().list(namespace, page));
  }

  @Override
  public PolicyHistory history(CounterName counter) {
    return call(() -> counts.counterPolicies().history(counter));
  }

  @Override
  public PolicyHistory defaultPolicyHistory() {
    return call(counts::defaultPolicyHistory);
  }

  @Override
  public VersionedPolicy defaultPolicy() {
    return call(counts::defaultPolicy);
  }

  @Override
  public Totals totals() {
    return call(counts::totals);
  }

  @Override
  public Caller including(Position position) {
    return new HttpCaller(counts.including(position));
  }

  /** What the server finds wrong is told as what the client does. */
  private static <T> T call(Supplier<T> call) {
    try {
      return call.get();
    } catch (ProblemException failed) {
      var problem = failed.problem();
      if (problem.field().isEmpty()) {
        throw failed;
      }
      String field = problem.field().get();
      throw new InvalidInputException(
          field, problem.detail().replaceFirst("^\\Q" + field + "\\E ", ""));
    }
  }
}

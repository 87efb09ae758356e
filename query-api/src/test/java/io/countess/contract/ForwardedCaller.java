package io.countess.contract;

import static org.assertj.core.api.Assertions.assertThat;

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
import io.countess.client.Page;
import io.countess.client.Submission;
import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.CountRange;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Partitions;
import io.countess.event.Position;
import io.countess.event.RecordKey;
import io.countess.event.WindowName;
import io.countess.server.Group;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/**
 * Asks of two instances always the one that does not hold the partition concerned; and both of
 * them, who have to agree, where all partitions are concerned.
 *
 * @param heldByOne the partitions that the first one holds; the other one holds the rest
 * @param toForward counts what the instances had to ask of each other for this
 */
record ForwardedCaller(Caller one, Caller two, Set<Integer> heldByOne, Tally toForward)
    implements Caller {
  /** Commands and questions. */
  record Tally(AtomicLong commands, AtomicLong questions) {
    Tally() {
      this(new AtomicLong(), new AtomicLong());
    }
  }

  /** The one that holds nothing of a counter. */
  private Caller awayFrom(CounterName counter) {
    return isHeldByOne(counter) ? two : one;
  }

  boolean isHeldByOne(CounterName counter) {
    return heldByOne.contains(Partitions.of(RecordKey.of(counter), Group.PARTITIONS));
  }

  private Decision forwarded(CounterName counter, Function<Caller, Decision> command) {
    Decision decision = command.apply(awayFrom(counter));
    toForward.commands.incrementAndGet();
    return decision;
  }

  /** Once it is decided, the instance asks the other one whether it has applied it. */
  private Decision everywhere(CounterName policy, Function<Caller, Decision> change) {
    Decision decision = forwarded(policy, change);
    if (decision.outcome() == Outcome.ACCEPTED) {
      toForward.questions.incrementAndGet();
    }
    return decision;
  }

  private <A> A told(Caller by, Function<Caller, A> question) {
    A answer = question.apply(by);
    toForward.questions.incrementAndGet();
    return answer;
  }

  private <A> A toldByBoth(Function<Caller, A> question) {
    A answer = told(one, question);
    assertThat(told(two, question)).as("what the other instance tells").isEqualTo(answer);
    return answer;
  }

  @Override
  public Decision decide(Submission submission) {
    return forwarded(submission.counter(), away -> away.decide(submission));
  }

  /** The log belongs to all of them, so this one is not forwarded. */
  @Override
  public Position log(Submission submission) {
    return awayFrom(submission.counter()).log(submission);
  }

  @Override
  public Decision claim(Event.Claim claim) {
    return forwarded(claim.counter(), away -> away.claim(claim));
  }

  @Override
  public Decision change(ByteString namespace, Event.ChangePolicy change) {
    return everywhere(CounterName.policyOf(namespace), away -> away.change(namespace, change));
  }

  @Override
  public Decision change(Event.ChangeDefaults change) {
    return everywhere(CounterName.of("", ""), away -> away.change(change));
  }

  @Override
  public Decision change(CounterName counter, Event.ChangePolicy change) {
    return forwarded(counter, away -> away.change(counter, change));
  }

  @Override
  public Answer.Found<Count> count(CounterName counter, Optional<Instant> at) {
    return told(awayFrom(counter), it -> it.count(counter, at));
  }

  @Override
  public Answer.Found<Peek> peek(CounterName counter, Amount n, Optional<Instant> at) {
    return told(awayFrom(counter), it -> it.peek(counter, n, at));
  }

  @Override
  public KeyPage keys(
      ByteString namespace, Optional<String> match, Optional<CountRange> counts, Page page) {
    return toldByBoth(it -> it.keys(namespace, match, counts, page));
  }

  @Override
  public KeyPage top(ByteString namespace, int k, Optional<CountRange> counts) {
    return toldByBoth(it -> it.top(namespace, k, counts));
  }

  @Override
  public NamespaceView namespace(ByteString namespace) {
    NamespaceView view = told(one, it -> it.namespace(namespace));
    NamespaceView other = told(two, it -> it.namespace(namespace));
    assertThat(other)
        .as("what the other instance tells")
        .returns(view.policy(), NamespaceView::policy)
        .returns(view.totals(), NamespaceView::totals);
    return view;
  }

  @Override
  public Answer.Found<Count> countIn(WindowName window, CounterName counter) {
    return told(awayFrom(counter), it -> it.countIn(window, counter));
  }

  @Override
  public WindowList windows(CounterName counter) {
    return told(awayFrom(counter), it -> it.windows(counter));
  }

  @Override
  public JournalPage journal(CounterName counter, Optional<JournalPlace> before, int limit) {
    return told(awayFrom(counter), it -> it.journal(counter, before, limit));
  }

  @Override
  public KeyPage keysIn(WindowName window, ByteString namespace, Page page) {
    return toldByBoth(it -> it.keysIn(window, namespace, page));
  }

  @Override
  public KeyPage topIn(WindowName window, ByteString namespace, int k) {
    return toldByBoth(it -> it.topIn(window, namespace, k));
  }

  @Override
  public NamespaceView namespaceIn(WindowName window, ByteString namespace) {
    return told(two, it -> it.namespaceIn(window, namespace));
  }

  /** Others in the list may change as time passes, so that two answers may differ. */
  @Override
  public NamespacePage namespaces(Page page) {
    return told(two, it -> it.namespaces(page));
  }

  @Override
  public PolicyHistory history(ByteString namespace) {
    return told(awayFrom(CounterName.policyOf(namespace)), it -> it.history(namespace));
  }

  @Override
  public CounterPolicy policy(CounterName counter) {
    return told(awayFrom(counter), it -> it.policy(counter));
  }

  @Override
  public CounterPolicyPage policies(ByteString namespace, Page page) {
    return toldByBoth(it -> it.policies(namespace, page));
  }

  @Override
  public PolicyHistory history(CounterName counter) {
    return told(awayFrom(counter), it -> it.history(counter));
  }

  @Override
  public PolicyHistory defaultPolicyHistory() {
    return told(awayFrom(CounterName.of("", "")), Caller::defaultPolicyHistory);
  }

  @Override
  public VersionedPolicy defaultPolicy() {
    return told(awayFrom(CounterName.of("", "")), Caller::defaultPolicy);
  }

  @Override
  public Totals totals() {
    return told(one, Caller::totals);
  }

  @Override
  public Caller including(Position position) {
    return new ForwardedCaller(
        one.including(position), two.including(position), heldByOne, toForward);
  }
}

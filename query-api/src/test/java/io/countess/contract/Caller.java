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
import io.countess.client.Page;
import io.countess.client.Submission;
import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.CountRange;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Position;
import io.countess.event.WindowName;
import java.time.Instant;
import java.util.Optional;

/**
 * Somebody who commands the service and asks it, in one of the ways in which that can be done. What
 * breaks a rule of the wire contract is an {@link io.countess.event.InvalidInputException} in all
 * of them, wherever on the way it was found; whatever else keeps an answer from coming, any other
 * exception.
 */
interface Caller {
  /** Carries out a put, a set, a reset or a release, and waits for what it led to. */
  Decision decide(Submission submission);

  /** Appends one to the log, and waits for no more than that. */
  Position log(Submission submission);

  Decision claim(Event.Claim claim);

  /** Changes the policy of a namespace. */
  Decision change(ByteString namespace, Event.ChangePolicy change);

  Decision change(Event.ChangeDefaults change);

  /** Changes the policy of one counter. */
  Decision change(CounterName counter, Event.ChangePolicy change);

  /** The count of a counter at an instant, or now. */
  Answer.Found<Count> count(CounterName counter, Optional<Instant> at);

  /**
   * What would become of a put of {@code n} at an instant, or now.
   *
   * @param n a Long, or a Double for a gauge
   */
  Answer.Found<Peek> peek(CounterName counter, Amount n, Optional<Instant> at);

  KeyPage keys(
      ByteString namespace, Optional<String> match, Optional<CountRange> counts, Page page);

  KeyPage top(ByteString namespace, int k, Optional<CountRange> counts);

  /** Keys with any count. */
  default KeyPage keys(ByteString namespace, Optional<String> match, Page page) {
    return keys(namespace, match, Optional.empty(), page);
  }

  /** The highest of any counts. */
  default KeyPage top(ByteString namespace, int k) {
    return top(namespace, k, Optional.empty());
  }

  NamespaceView namespace(ByteString namespace);

  /** The count of a counter in a window. */
  Answer.Found<Count> countIn(WindowName window, CounterName counter);

  /** The windows of a counter that are kept. */
  WindowList windows(CounterName counter);

  /** What happened to a counter, before a place or of late. */
  JournalPage journal(CounterName counter, Optional<JournalPlace> before, int limit);

  /** The keys that counted in a window. */
  KeyPage keysIn(WindowName window, ByteString namespace, Page page);

  KeyPage topIn(WindowName window, ByteString namespace, int k);

  NamespaceView namespaceIn(WindowName window, ByteString namespace);

  NamespacePage namespaces(Page page);

  PolicyHistory history(ByteString namespace);

  CounterPolicy policy(CounterName counter);

  /** Counters that have something of their own. */
  CounterPolicyPage policies(ByteString namespace, Page page);

  PolicyHistory history(CounterName counter);

  VersionedPolicy defaultPolicy();

  PolicyHistory defaultPolicyHistory();

  Totals totals();

  /** The same, whose answers include what stands at {@code position} in the log. */
  Caller including(Position position);
}

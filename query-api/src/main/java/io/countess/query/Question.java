package io.countess.query;

import io.countess.answer.Count;
import io.countess.answer.KeyPage;
import io.countess.answer.NamespacePage;
import io.countess.answer.NamespaceView;
import io.countess.answer.Peek;
import io.countess.answer.Totals;
import io.countess.answer.codec.AnswerForm;
import io.countess.answer.codec.CountJson;
import io.countess.answer.codec.KeyPageJson;
import io.countess.answer.codec.NamespaceJson;
import io.countess.answer.codec.NamespacePageJson;
import io.countess.answer.codec.PeekJson;
import io.countess.answer.codec.TotalsJson;
import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.CountRange;
import io.countess.event.CounterName;
import io.countess.event.Glob;
import io.countess.event.Instants;
import io.countess.event.NamespacePatterns;
import io.countess.event.Partitions;
import io.countess.event.RecordKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A question about counters.
 *
 * @param <A> what answers it
 */
public sealed interface Question<A>
    permits Question.CountOf,
        Question.PeekOf,
        Question.KeysOf,
        Question.TopOf,
        Question.NamespaceOf,
        Question.Namespaces,
        Question.Everything,
        Question.Applied,
        JournalOf,
        WindowQuestion,
        PolicyQuestion {
  /** The most entries of one page. */
  int MAX_PAGE = 1000;

  /** The one partition that it is about, of {@code partitions} in all; empty where that is all. */
  default OptionalInt home(int partitions) {
    Optional<CounterName> home = match(QuestionHomes.CASES);
    return home.isPresent()
        ? OptionalInt.of(Partitions.of(RecordKey.of(home.get()), partitions))
        : OptionalInt.empty();
  }

  /** Whether one row answers it, which takes no scan. */
  default boolean isOneRow() {
    return false;
  }

  /** Whether a standby that is behind may answer it. */
  default boolean mayBeOld() {
    return true;
  }

  /**
   * What is made of each question. None can be forgotten.
   *
   * @param <R> what it is made into
   */
  interface Cases<R> {
    R count(CountOf it);

    R peek(PeekOf it);

    R keys(KeysOf it);

    R top(TopOf it);

    R namespace(NamespaceOf it);

    R namespaces(Namespaces it);

    R countIn(WindowQuestion.CountIn it);

    R windows(WindowQuestion.WindowsOf it);

    R journal(JournalOf it);

    R keysIn(WindowQuestion.KeysIn it);

    R topIn(WindowQuestion.TopIn it);

    R namespaceIn(WindowQuestion.NamespaceIn it);

    R history(PolicyQuestion.HistoryOf it);

    R counterPolicy(PolicyQuestion.CounterPolicyOf it);

    R counterPolicies(PolicyQuestion.CounterPoliciesOf it);

    R historyOfDefaults(PolicyQuestion.HistoryOfDefaults it);

    R defaultPolicy(PolicyQuestion.DefaultPolicy it);

    R everything(Everything it);

    R applied(Applied it);
  }

  /** What {@code cases} makes of this question. */
  <R> R match(Cases<R> cases);

  /**
   * The namespaces of which it asks, for keys that are limited to some. Empty where it is about the
   * service as a whole.
   */
  default Set<ByteString> namespaces() {
    return match(QuestionNamespaces.CASES);
  }

  /**
   * What of it may be asked by somebody who may read only these namespaces: the question itself
   * where it is about those alone, a narrower one where it can be narrowed; else empty.
   */
  default Optional<Question<A>> within(NamespacePatterns patterns) {
    return patterns.coverAll(namespaces()) ? Optional.of(this) : Optional.empty();
  }

  /** How what answers it stands in JSON. */
  AnswerForm<A> form();

  /**
   * What the answers come to that several instances gave, each for partitions of its own.
   *
   * @param partitions in all
   */
  default A merge(List<Part<A>> parts, int partitions) {
    return parts.get(0).value();
  }

  /**
   * The count of one counter.
   *
   * @param atMillis the instant to count at; empty for now. It may not be earlier than the
   *     counter's last instant, nor later than the year 9999
   */
  record CountOf(CounterName counter, OptionalLong atMillis) implements Question<Count> {
    /** Checks the instant. */
    public CountOf {
      atMillis.ifPresent(millis -> Instants.requireMillis("at", millis));
    }

    @Override
    public boolean isOneRow() {
      return true;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.count(this);
    }

    @Override
    public AnswerForm<Count> form() {
      return new AnswerForm<>(CountJson::write, () -> new CountJson(counter));
    }
  }

  /**
   * What a put on a counter would lead to.
   *
   * @param atMillis the instant of the put, as in {@link CountOf}
   * @param n how much would be put, finite
   */
  record PeekOf(CounterName counter, OptionalLong atMillis, Amount n) implements Question<Peek> {
    /** Checks the instant and the amount. */
    public PeekOf {
      atMillis.ifPresent(millis -> Instants.requireMillis("at", millis));
      n.requireFinite("n");
    }

    @Override
    public boolean isOneRow() {
      return true;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.peek(this);
    }

    @Override
    public AnswerForm<Peek> form() {
      return new AnswerForm<>(PeekJson::write, () -> new PeekJson(counter, n));
    }
  }

  /**
   * The live keys of a namespace that match, in order, with their counts.
   *
   * @param after only keys after this one
   * @param limit 1 to {@link #MAX_PAGE}
   * @param counts only keys whose counts lie there; empty for any
   */
  record KeysOf(
      ByteString namespace,
      Glob match,
      Optional<ByteString> after,
      int limit,
      Optional<CountRange> counts)
      implements Question<KeyPage> {
    /** Checks the limit. */
    public KeysOf {
      KeyPages.requirePage("limit", limit);
    }

    /** Asks for keys with any count. */
    public KeysOf(ByteString namespace, Glob match, Optional<ByteString> after, int limit) {
      this(namespace, match, after, limit, Optional.empty());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.keys(this);
    }

    @Override
    public AnswerForm<KeyPage> form() {
      return new AnswerForm<>(KeyPageJson::write, KeyPageJson::new);
    }

    @Override
    public KeyPage merge(List<Part<KeyPage>> parts, int partitions) {
      return KeyPages.merge(parts.stream().map(Part::value).toList(), limit);
    }
  }

  /**
   * The keys of a namespace with the highest counts, highest first, equal counts in key order.
   *
   * @param k 1 to {@link #MAX_PAGE}
   * @param counts only keys whose counts lie there; empty for any
   */
  record TopOf(ByteString namespace, int k, Optional<CountRange> counts)
      implements Question<KeyPage> {
    /** Checks the number. */
    public TopOf {
      KeyPages.requirePage("k", k);
    }

    /** Asks for keys with any count. */
    public TopOf(ByteString namespace, int k) {
      this(namespace, k, Optional.empty());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.top(this);
    }

    @Override
    public AnswerForm<KeyPage> form() {
      return new AnswerForm<>(KeyPageJson::write, KeyPageJson::new);
    }

    @Override
    public KeyPage merge(List<Part<KeyPage>> parts, int partitions) {
      return KeyPages.top(parts.stream().flatMap(part -> part.value().keys().stream()), k);
    }
  }

  /** A namespace: its policy and totals. One that was never seen has the default policy. */
  record NamespaceOf(ByteString namespace) implements Question<NamespaceView> {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.namespace(this);
    }

    @Override
    public AnswerForm<NamespaceView> form() {
      return new AnswerForm<>(NamespaceJson::write, NamespaceJson::new);
    }

    @Override
    public NamespaceView merge(List<Part<NamespaceView>> parts, int partitions) {
      return NamespaceParts.merge(parts, partitions);
    }
  }

  /**
   * The namespaces that have live keys or a policy, in order, with their totals.
   *
   * @param after only namespaces after this one
   * @param limit 1 to {@link #MAX_PAGE}
   * @param only those that match; empty for all
   */
  record Namespaces(Optional<ByteString> after, int limit, Optional<NamespacePatterns> only)
      implements Question<NamespacePage> {
    /** Checks the limit. */
    public Namespaces {
      KeyPages.requirePage("limit", limit);
    }

    /** Asks for all. */
    public Namespaces(Optional<ByteString> after, int limit) {
      this(after, limit, Optional.empty());
    }

    @Override
    public Optional<Question<NamespacePage>> within(NamespacePatterns patterns) {
      return Optional.of(new Namespaces(after, limit, Optional.of(patterns)));
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.namespaces(this);
    }

    @Override
    public AnswerForm<NamespacePage> form() {
      return new AnswerForm<>(NamespacePageJson::write, NamespacePageJson::new);
    }

    @Override
    public NamespacePage merge(List<Part<NamespacePage>> parts, int partitions) {
      return NamespaceParts.merge(parts, this, partitions);
    }
  }

  /** The totals of everything. */
  record Everything() implements Question<Totals> {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.everything(this);
    }

    @Override
    public AnswerForm<Totals> form() {
      return new AnswerForm<>(TotalsJson::write, TotalsJson::new);
    }

    @Override
    public Totals merge(List<Part<Totals>> parts, int partitions) {
      return parts.stream().map(Part::value).reduce(Totals.ZERO, Totals::and);
    }
  }

  /**
   * Whether a policy change has been applied by every partition: the answer comes when it has.
   *
   * @param home the partition that decided it
   * @param version its offset there
   */
  record Applied(int home, long version) implements Question<Boolean> {
    @Override
    public boolean mayBeOld() {
      return false;
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.applied(this);
    }

    @Override
    public AnswerForm<Boolean> form() {
      return AppliedJson.FORM;
    }

    @Override
    public Boolean merge(List<Part<Boolean>> parts, int partitions) {
      return parts.stream().allMatch(Part::value);
    }
  }
}

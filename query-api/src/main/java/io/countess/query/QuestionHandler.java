package io.countess.query;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.answer.CounterPolicy;
import io.countess.answer.CounterPolicyPage;
import io.countess.answer.Cursor;
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
import io.countess.count.Keeping;
import io.countess.count.State;
import io.countess.count.Tally;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.InvalidInputException;
import io.countess.event.NamespacePatterns;
import io.countess.event.Position;
import io.countess.event.WindowName;
import io.countess.state.Namespace;
import io.countess.state.PartitionReader;
import io.countess.state.PolicyInForce;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Answers questions from the partitions that they concern, all at one instant. */
final class QuestionHandler implements Question.Cases<Answer<?>> {
  private final List<PartitionReader> readers;
  private final int partitions;
  private final Present present;

  /**
   * @param partitions in all, here and elsewhere
   */
  QuestionHandler(List<PartitionReader> readers, int partitions) {
    this.readers = readers;
    this.partitions = partitions;
    this.present = Present.of(readers);
  }

  /** A partition that left while it was read, if one did: what has been read is no good then. */
  OptionalInt left(Predicate<PartitionReader> isHeld) {
    return readers.stream()
        .filter(reader -> reader.isClosed() || !isHeld.test(reader))
        .mapToInt(PartitionReader::partition)
        .findFirst();
  }

  @SuppressWarnings("unchecked") // each question names its answer's type, which Java can't follow
  <A> Answer<A> answer(Question<A> question) {
    return (Answer<A>) question.match(this);
  }

  @Override
  public Answer<Count> count(Question.CountOf it) {
    Position position = position(readers);
    Answer<Count> answer =
        at(it.counter(), it.atMillis(), reading -> new Answer.Found<>(reading.count(), position));
    boolean isPast = answer instanceof Answer.Invalid && it.atMillis().isPresent();
    return isPast ? inPast(it, answer) : answer;
  }

  /**
   * The count of the window that holds an instant before the last, of a counter that keeps some.
   */
  private Answer<Count> inPast(Question.CountOf it, Answer<Count> otherwise) {
    Keeping keeping = one().counter(it.counter()).counting().keeping();
    if (keeping == null || !keeping.keeps()) {
      return otherwise;
    }
    long at = it.atMillis().getAsLong();
    var window = new WindowName.Holding(at, Instant.ofEpochMilli(at).toString());
    return countIn(new WindowQuestion.CountIn(it.counter(), window));
  }

  @Override
  public Answer<Peek> peek(Question.PeekOf it) {
    Position position = position(readers);
    return at(it.counter(), it.atMillis(), reading -> reading.peek(it.n(), position));
  }

  @Override
  public Answer<KeyPage> keys(Question.KeysOf it) {
    return found(() -> new KeyScan(readers, present).page(it));
  }

  @Override
  public Answer<KeyPage> top(Question.TopOf it) {
    return found(() -> new KeyScan(readers, present).top(it));
  }

  @Override
  public Answer<NamespaceView> namespace(Question.NamespaceOf it) {
    return found(() -> view(it.namespace()));
  }

  @Override
  public Answer<NamespacePage> namespaces(Question.Namespaces it) {
    return found(() -> page(it));
  }

  @Override
  public Answer<Count> countIn(WindowQuestion.CountIn it) {
    return found(() -> windowsOf(it.counter()).count(it.window()));
  }

  @Override
  public Answer<WindowList> windows(WindowQuestion.WindowsOf it) {
    return found(() -> windowsOf(it.counter()).list());
  }

  private WindowReading windowsOf(CounterName counter) {
    return WindowReading.of(counter, one(), present.at(one()));
  }

  @Override
  public Answer<JournalPage> journal(JournalOf it) {
    return found(
        () -> {
          it.before().ifPresent(this::requireHere);
          return one().journal(it.counter(), it.before(), it.limit());
        });
  }

  private void requireHere(JournalPlace before) {
    if (before.partition() != one().partition()) {
      throw new InvalidInputException(
          "before",
          "is in partition %d; the counter is in partition %d"
              .formatted(before.partition(), one().partition()));
    }
  }

  @Override
  public Answer<KeyPage> keysIn(WindowQuestion.KeysIn it) {
    return found(() -> scan(it.of().namespace(), it.window()).page(it.of()));
  }

  @Override
  public Answer<KeyPage> topIn(WindowQuestion.TopIn it) {
    return found(() -> scan(it.of().namespace(), it.window()).top(it.of()));
  }

  @Override
  public Answer<NamespaceView> namespaceIn(WindowQuestion.NamespaceIn it) {
    return found(
        () -> {
          WindowScan scan = scan(it.namespace(), it.window());
          VersionedPolicy policy = versioned(home(it.namespace()).policy(it.namespace()));
          var window = Optional.of(scan.window());
          return new NamespaceView(it.namespace(), policy, scan.totals(), present.latest(), window);
        });
  }

  private WindowScan scan(ByteString namespace, WindowName window) {
    return new WindowScan(readers, present, namespace, window);
  }

  @Override
  public Answer<PolicyHistory> history(PolicyQuestion.HistoryOf it) {
    return found(() -> new PolicyHistory(Optional.of(it.namespace()), it.key(), changes(it)));
  }

  private List<PolicyHistory.Change> changes(PolicyQuestion.HistoryOf it) {
    return it.key().isPresent()
        ? one().history(new CounterName(it.namespace(), it.key().get()))
        : one().history(it.namespace());
  }

  @Override
  public Answer<CounterPolicy> counterPolicy(PolicyQuestion.CounterPolicyOf it) {
    return found(
        () -> {
          PartitionReader.Counted now = one().counter(it.counter());
          var policy = new VersionedPolicy(now.counting().policy(), now.own().version());
          return new CounterPolicy(it.counter(), policy, Optional.ofNullable(now.own().plan()));
        });
  }

  @Override
  public Answer<CounterPolicyPage> counterPolicies(PolicyQuestion.CounterPoliciesOf it) {
    return found(() -> PolicyPages.of(readers, it));
  }

  @Override
  public Answer<PolicyHistory> historyOfDefaults(PolicyQuestion.HistoryOfDefaults it) {
    return found(() -> new PolicyHistory(Optional.empty(), one().historyOfDefaults()));
  }

  @Override
  public Answer<VersionedPolicy> defaultPolicy(PolicyQuestion.DefaultPolicy it) {
    return found(() -> versioned(one().defaults()));
  }

  @Override
  public Answer<Totals> everything(Question.Everything it) {
    return found(this::totals);
  }

  /** It is asked for only once it is so. */
  @Override
  public Answer<Boolean> applied(Question.Applied it) {
    return found(() -> true);
  }

  /** The position is that before the state is read: the state includes it at least. */
  private <A> Answer<A> found(Supplier<A> value) {
    Position position = position(readers);
    try {
      return new Answer.Found<>(value.get(), position);
    } catch (InvalidInputException invalid) { // as only the state can tell
      return new Answer.Invalid<>(invalid.field(), invalid.rule());
    }
  }

  /** The one partition that a question with a home concerns. */
  private PartitionReader one() {
    return readers.get(0);
  }

  static Position position(List<PartitionReader> readers) {
    var offsets = new TreeMap<Integer, Long>();
    for (PartitionReader reader : readers) {
      long offset = reader.progress().offset();
      if (offset >= 0) {
        offsets.put(reader.partition(), offset);
      }
    }
    return new Position(offsets);
  }

  private <T> Answer<T> at(
      CounterName counter, OptionalLong atMillis, Function<CounterReading, Answer<T>> answer) {
    PartitionReader reader = one();
    long nowMillis = present.at(reader);
    PartitionReader.Counted now = reader.counter(counter);
    State state = now.state();
    long last = state == null ? 0 : state.atMillis();
    long at = atMillis.orElse(Math.max(nowMillis, last));
    if (at < last) {
      return new Answer.Invalid<>(
          "at", "is %d, before the counter's last instant, %d".formatted(at, last));
    }
    long from = atMillis.orElse(nowMillis);
    return answer.apply(new CounterReading(counter, now.counting(), state, at, from));
  }

  private NamespaceView view(ByteString namespace) {
    PolicyInForce policy = home(namespace).policy(namespace);
    Totals totals = Totals.ZERO;
    for (PartitionReader reader : readers) {
      Namespace found = reader.namespaces().get(namespace);
      if (found != null) {
        totals = totals.and(totals(found, present.at(reader)));
      }
    }
    return new NamespaceView(namespace, versioned(policy), totals, present.latest());
  }

  /** Who decides on the policy of a namespace, if that is here, else any other. */
  private PartitionReader home(ByteString namespace) {
    int home = NamespaceParts.home(namespace, partitions);
    return readers.stream().filter(reader -> reader.partition() == home).findAny().orElse(one());
  }

  private NamespacePage page(Question.Namespaces question) {
    var names = new TreeSet<ByteString>();
    for (PartitionReader reader : readers) {
      var all = reader.namespaces();
      var from = question.after().map(after -> all.tailMap(after, false)).orElse(all);
      from.values().stream()
          .filter(namespace -> isAskedFor(namespace.name(), question.only()))
          .filter(namespace -> isListed(namespace, present.at(reader)))
          .limit(question.limit() + 1L)
          .forEach(namespace -> names.add(namespace.name()));
    }
    List<NamespaceView> page = new ArrayList<>();
    for (ByteString name : names) {
      if (page.size() == question.limit()) {
        var last = page.get(page.size() - 1).namespace();
        return new NamespacePage(page, Optional.of(Cursor.after(last)), question.only());
      }
      page.add(view(name));
    }
    return new NamespacePage(page, Optional.empty(), question.only());
  }

  private static boolean isAskedFor(ByteString namespace, Optional<NamespacePatterns> only) {
    return only.isEmpty() || only.get().cover(namespace);
  }

  private static boolean isListed(Namespace namespace, long nowMillis) {
    return namespace.policy().version().isPresent()
        || namespace.hasOwnPolicies()
        || namespace.tally().keysAt(nowMillis) > 0;
  }

  private Totals totals() {
    Totals totals = Totals.ZERO;
    for (PartitionReader reader : readers) {
      totals = totals.and(totalsAt(present.at(reader), reader.everything(), false));
    }
    return totals;
  }

  private static Totals totals(Namespace namespace, long nowMillis) {
    boolean drains = namespace.policy().counting().drains() || namespace.hasOwnPolicies();
    return totalsAt(nowMillis, namespace.tally(), drains);
  }

  private static Totals totalsAt(long millis, Tally tally, boolean approximate) {
    var sum = tally.sumAt(millis);
    return new Totals(sum.nearest(), tally.keysAt(millis), approximate, !sum.isExact());
  }

  private static VersionedPolicy versioned(PolicyInForce policy) {
    return new VersionedPolicy(policy.counting().policy(), policy.version());
  }
}

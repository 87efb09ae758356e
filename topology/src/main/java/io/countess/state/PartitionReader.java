package io.countess.state;

import io.countess.answer.JournalPage;
import io.countess.answer.JournalPlace;
import io.countess.answer.PolicyHistory;
import io.countess.count.Counting;
import io.countess.count.KeptWindows;
import io.countess.count.State;
import io.countess.count.Tally;
import io.countess.count.WindowState;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.RecordKey;
import io.countess.event.WindowSpan;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;

/**
 * The way into a partition's state for readers on any thread. What it answers holds only if {@link
 * #isClosed} still says false afterwards: a state that is being dropped looks empty.
 */
public final class PartitionReader {
  private final int partition;
  private final CounterRows rows;
  private final KeptRows kept;
  private final Journals journals;
  private final Namespaces namespaces;
  private final OwnPolicies ownPolicies;
  private final PolicyHistories history;
  private final Tally everything;
  private final OneStep steps;
  private final PartitionClock clock;
  private final Progress progress = new Progress();
  private volatile boolean closed;

  PartitionReader(int partition, Readable held, PartitionClock clock) {
    this.partition = partition;
    this.rows = held.rows;
    this.kept = held.kept;
    this.journals = held.journals;
    this.namespaces = held.namespaces;
    this.ownPolicies = held.ownPolicies;
    this.history = held.history;
    this.everything = held.everything;
    this.steps = held.steps;
    this.clock = clock;
  }

  /** What of a partition's state can be read by any thread. */
  @SuppressWarnings("JavaLangClash") // as a part of this it has its best name
  record Readable(
      CounterRows rows,
      KeptRows kept,
      Journals journals,
      Namespaces namespaces,
      OwnPolicies ownPolicies,
      PolicyHistories history,
      Tally everything,
      OneStep steps) {}

  public int partition() {
    return partition;
  }

  /** What time it is here. */
  public PartitionClock clock() {
    return clock;
  }

  /** How far the fold has come. */
  public Progress progress() {
    return progress;
  }

  /** Whether the partition has left, or will soon be read anew. */
  public boolean isClosed() {
    return closed;
  }

  void close() {
    closed = true;
    progress.close();
  }

  /** Whether this is a look at the same flush as {@code other}, under the same policies. */
  public boolean agreesWith(PartitionReader other) {
    return progress.offset() == other.progress.offset()
        && namespaces.policies().equals(other.namespaces.policies());
  }

  /** How a namespace counts. */
  public PolicyInForce policy(ByteString namespace) {
    Namespace found = namespaces.find(namespace);
    return found != null ? found.policy() : namespaces.policyOfNew();
  }

  /** The last changes of a namespace's policy, newest first, where this is its home partition. */
  public List<PolicyHistory.Change> history(ByteString namespace) {
    return history.read(RecordKey.encodeNamespace(namespace));
  }

  /** The last changes of a counter's policy, newest first. */
  public List<PolicyHistory.Change> history(CounterName counter) {
    byte[] recordKey = RecordKey.of(counter);
    Namespace namespace = namespaces.find(counter.namespace());
    boolean isOver = namespace != null && isOver(namespace, recordKey);
    return isOver ? List.of() : ownPolicies.history(recordKey);
  }

  /** What the floor is for a record of this moment. */
  private long floorOfNow() {
    return clock.latestMillis() - Checkpoint.LATENESS_MILLIS;
  }

  private boolean isOver(Namespace namespace, byte[] recordKey) {
    OwnPolicy own = own(namespace, recordKey);
    Row row = own.lapses() ? rows.find(recordKey) : null;
    State state = row == null ? null : row.stateIn(namespace.policy().epoch());
    return own.isOver(state, floorOfNow());
  }

  /** The last changes of the default policy, newest first, where this is its home partition. */
  public List<PolicyHistory.Change> historyOfDefaults() {
    return history.read(PolicyHistories.OF_DEFAULTS);
  }

  /** The policy of namespaces that have none of their own. */
  public PolicyInForce defaults() {
    return namespaces.defaults();
  }

  /**
   * A counter as it is now.
   *
   * @param own what it has of its own to count by
   * @param counting what it counts by
   * @param state null where it has none
   * @param windows its windows, the last one too, where these were asked for
   * @param keptFrom what of them ended by then is not kept, whatever it counts by
   */
  public record Counted(
      OwnPolicy own, Counting counting, State state, KeptWindows windows, long keptFrom) {}

  /**
   * Looks at a counter. What it has of its own changes in one step with its state. The policy of
   * its namespace is looked at before its state and after it: a change that came between shows,
   * since the policy changes before the state goes on under another kind.
   */
  public Counted counter(CounterName name) {
    return counter(name, (recordKey, epoch) -> KeptWindows.NONE);
  }

  /** The same, with the windows of the counter. */
  public Counted counterWithWindows(CounterName name) {
    Counted now = counter(name, kept::find);
    return now.state() instanceof WindowState last
        ? new Counted(
            now.own(),
            now.counting(),
            last,
            now.windows().with(last.span(), last.n()),
            now.keptFrom())
        : now;
  }

  private interface WindowsOf {
    KeptWindows find(byte[] recordKey, long epoch);
  }

  private Counted counter(CounterName name, WindowsOf windows) {
    byte[] recordKey = RecordKey.of(name);
    return steps.look(() -> counted(namespaces.find(name.namespace()), recordKey, windows));
  }

  @SuppressWarnings("ReferenceEquality") // each change of a policy puts another one in force
  private Counted counted(Namespace namespace, byte[] recordKey, WindowsOf windows) {
    PolicyInForce policy = namespace != null ? namespace.policy() : namespaces.policyOfNew();
    while (true) {
      OwnPolicy own = own(namespace, recordKey);
      Row row = rows.find(recordKey);
      State found = row == null ? null : row.stateIn(policy.epoch());
      if (own.isOver(found, floorOfNow())) {
        own = OwnPolicy.NONE;
        found = null;
      }
      Counting counting = own.under(policy);
      State state = counting.adopt(found);
      KeptWindows ended = windows.find(recordKey, policy.epoch());
      PolicyInForce now = namespace != null ? namespace.policy() : policy;
      if (now == policy) {
        return new Counted(own, counting, state, ended, own.keptFrom(policy));
      }
      policy = now;
    }
  }

  private OwnPolicy own(Namespace namespace, byte[] recordKey) {
    return namespace != null && namespace.hasOwnPolicies()
        ? ownPolicies.find(recordKey)
        : OwnPolicy.NONE;
  }

  /** Takes counters in key order. */
  public interface CounterVisitor {
    /** Returns whether to go on. */
    boolean visit(ByteString key, State state);
  }

  /**
   * Visits the counters of a namespace in key order.
   *
   * @param from the first key that is wanted
   * @param prefix only keys that start so
   */
  public void scan(
      ByteString namespace, ByteString from, ByteString prefix, CounterVisitor visitor) {
    byte[] encodedName = RecordKey.encodeNamespace(namespace);
    PolicyInForce policy = policy(namespace);
    long epoch = policy.epoch();
    byte[] low = RecordKeys.storeKey(encodedName, from.compareTo(prefix) > 0 ? from : prefix);
    byte[] high = StoreKeys.after(RecordKeys.storeKey(encodedName, prefix));
    int keyAt = encodedName.length + 2;
    rows.scan(
        low,
        high,
        row -> {
          byte[] key = row.storeKey;
          State state = adopted(row.stateIn(epoch), policy, key);
          return state == null || visitor.visit(ByteString.of(key, keyAt, key.length), state);
        });
  }

  /**
   * Which keys of a namespace.
   *
   * @param from the first key that is wanted
   * @param prefix only keys that start so
   */
  public record KeyRange(ByteString from, ByteString prefix) {
    ByteString first() {
      return from.compareTo(prefix) > 0 ? from : prefix;
    }
  }

  /** Which window, and at which instant it has to be kept. */
  public record InWindow(WindowSpan span, long atMillis) {}

  /** Takes counters that counted something in a window, in key order. */
  public interface WindowVisitor {
    /** Returns whether to go on. */
    boolean visit(ByteString key, long n);

    /** Takes note that some counters have been looked at, up to a key; returns whether to go on. */
    default boolean passed(ByteString key, int looked) {
      return true;
    }
  }

  /** Visits the counters of a namespace that counted something in a window, in key order. */
  public void scanWindow(
      ByteString namespace, KeyRange range, InWindow window, WindowVisitor visitor) {
    Namespace found = namespaces.find(namespace);
    if (found != null) {
      new KeptScan(rows, kept, found, key -> own(found, key), window).visit(range, visitor);
    }
  }

  /**
   * Some of what happened to a counter that has or had a journal, the newest first.
   *
   * @param before only what happened before that
   * @param limit how many entries at most
   */
  public JournalPage journal(CounterName counter, Optional<JournalPlace> before, int limit) {
    var slice = new Journals.Slice(limit, clock.ageMillis());
    return journals.page(RecordKey.of(counter), partition, before.orElse(null), slice);
  }

  /** Whether counters of a namespace have policies or plans of their own. */
  public boolean haveOwnPolicies(ByteString namespace) {
    Namespace found = namespaces.find(namespace);
    return found != null && found.hasOwnPolicies();
  }

  /** A state that goes on under another kind, unless its counter has a policy of its own. */
  private State adopted(State state, PolicyInForce policy, byte[] storeKey) {
    State adopted = policy.counting().adopt(state);
    boolean keepsKind =
        adopted != state && ownPolicies.find(StoreKeys.withoutKind(storeKey)).own() != null;
    return keepsKind ? state : adopted;
  }

  /** Takes counters that have a policy or a plan of their own, with the change that gave it. */
  public interface PolicyVisitor {
    /** Returns whether to go on. */
    boolean visit(ByteString key, PolicyHistory.Change newest);
  }

  /** Visits the counters of a namespace that have a policy or a plan, from a key on, in order. */
  public void policies(ByteString namespace, ByteString from, PolicyVisitor visitor) {
    Namespace found = namespaces.find(namespace);
    if (found != null) {
      byte[] encodedName = found.encodedName();
      ownPolicies.scan(
          encodedName,
          from,
          (key, newest) ->
              isOver(found, RecordKeys.of(encodedName, key)) || visitor.visit(key, newest));
    }
  }

  /** The namespaces that have live keys or a policy, by name; some may have neither any more. */
  public NavigableMap<ByteString, Namespace> namespaces() {
    return namespaces.all();
  }

  /** The totals of all namespaces together. */
  public Tally everything() {
    return everything;
  }
}

package io.countess.state;

import io.countess.answer.PolicyHistory;
import io.countess.count.Counting;
import io.countess.count.Folded;
import io.countess.count.Keeping;
import io.countess.count.State;
import io.countess.count.Tally;
import io.countess.event.Policy;
import io.countess.event.codec.ClockStamp;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;

/**
 * The state of one partition, for the fold's thread. Rows change here, in memory. They are written
 * to the store beneath all together when {@link #flush} is called at a commit, never earlier.
 */
public final class PartitionState {
  /** So many changed rows ask for a commit, however long ago the last one was. */
  public static final int MANY_DIRTY_ROWS = 200_000;

  private final Rows beneath;
  private final CounterRows rows;
  private final Namespaces namespaces;
  private final Sweep sweep;
  private final AgedRows aged;
  private final PolicyHistories history;
  private final OwnPolicies ownPolicies;
  private final NamespacePolicies policies;
  private final KeptRows kept;
  private final EndedWindows ended;
  private final DueRows due;
  private final Lapses lapses;
  private final Tally everything = new Tally();
  private final OneStep steps = new OneStep();
  private Checkpoint checkpoint;
  private PartitionReader reader;
  private PartitionClock clock;
  private int partitions;
  private int followedFrom = -1;
  private long followedVersion;
  private boolean changed;
  private boolean poisoned;
  private Runnable beforeFlush = () -> {};
  private LongUnaryOperator afterGap = LongUnaryOperator.identity();

  /**
   * Not opened yet.
   *
   * @param hotRows how many rows are kept decoded
   */
  public PartitionState(Rows beneath, int hotRows) {
    this(beneath, hotRows, Namespaces.MAX);
  }

  /** With so many places for namespaces. */
  public PartitionState(Rows beneath, int hotRows, int places) {
    this.beneath = beneath;
    this.namespaces = new Namespaces(places);
    this.rows = new CounterRows(beneath, hotRows);
    this.aged = new AgedRows(new Ids(beneath), new Journals(beneath));
    this.history = new PolicyHistories(beneath);
    this.ownPolicies = new OwnPolicies(history, hotRows);
    this.kept = new KeptRows(beneath);
    this.ended = new EndedWindows(kept, ownPolicies);
    this.lapses = new Lapses(ownPolicies, rows, aged.ids(), namespaces, everything);
    this.due = new DueRows(rows, ended, aged, namespaces, lapses);
    this.sweep = new Sweep(rows, kept, ended, namespaces, lapses);
    this.policies =
        new NamespacePolicies(
            namespaces, ownPolicies, rows, everything, () -> checkpoint.floorMillis());
  }

  /**
   * Reads what has to be in memory, once the store beneath has been restored.
   *
   * @return the way in for readers, good until this state is dropped
   */
  public PartitionReader open(int partition, int ofPartitions, TimeSource time) {
    drop();
    partitions = ofPartitions;
    checkpoint = Wholeness.checkpoint(beneath, partitions);
    byte[] totals = beneath.get(StoreKeys.of(StoreKeys.EVERYTHING));
    NamespaceCodec.decodeTally(totals, everything);
    namespaces.open(beneath);
    rows.open();
    aged.open();
    kept.open();
    clock = new PartitionClock(time);
    clock.folded(checkpoint.time());
    var held =
        new PartitionReader.Readable(
            rows, kept, aged.journals(), namespaces, ownPolicies, history, everything, steps);
    reader = new PartitionReader(partition, held, clock);
    reader.progress().openedWith(checkpoint, partitions);
    reader.progress().folded(checkpoint.offset());
    return reader;
  }

  /** Drops everything that is held in memory. */
  public void drop() {
    if (reader != null) {
      reader.close();
      reader = null;
    }
    rows.drop();
    namespaces.drop();
    aged.drop();
    kept.drop();
    history.drop();
    ownPolicies.drop();
    lapses.drop();
    everything.clear();
    checkpoint = null;
    followedFrom = -1;
    changed = false;
    poisoned = false;
    beforeFlush = () -> {};
    afterGap = LongUnaryOperator.identity();
  }

  /**
   * Whether the rows beneath belong together. Else this must not be folded on: see {@link #wipe}.
   */
  public boolean isWhole() {
    return Wholeness.of(beneath);
  }

  /**
   * Whether all rows are there that the last flush left, and as it left them. Each of them is read
   * for that.
   */
  public boolean addsUp() {
    return !checkpoint.isSummed() || checkpoint.rowSum() == RowSum.of(beneath);
  }

  /** Deletes every row, so that this can be opened as if nothing had been folded yet. */
  public void wipe() {
    drop();
    Wholeness.wipe(beneath);
  }

  /** What is known of the log. */
  public Checkpoint checkpoint() {
    return checkpoint;
  }

  /**
   * Says that the fold failed half way. So this state must not be written any more: it will be
   * dropped, and read and folded anew.
   */
  public void poison() {
    poisoned = true;
  }

  /** Sets what has to be done before anything is written; where that fails, nothing is. */
  public void beforeFlush(Runnable action) {
    beforeFlush = action;
  }

  /**
   * Sets what tells how far it is known that no record stands in the log: from an offset to that of
   * the next one.
   */
  public void afterGap(LongUnaryOperator offsets) {
    afterGap = offsets;
  }

  /** Lets time pass to that of a record which bears its own. */
  public void passTo(long millis) {
    checkpoint.passTo(millis);
  }

  /**
   * Lets time pass by a record that a server stamped.
   *
   * @return when it happens
   */
  public long passTo(long timestamp, ClockStamp stamp) {
    long now = checkpoint.time().passTo(timestamp, stamp);
    clock.folded(checkpoint.time(), stamp);
    return now;
  }

  /**
   * Carries out what changes both a counter and what it has of its own to count by. Readers see
   * both or neither.
   */
  public <T> T inOneStep(Supplier<T> step) {
    return steps.change(step);
  }

  /** Takes note that the record at {@code offset} has been folded, and tells the waiters. */
  public void folded(long offset) {
    checkpoint.folded(offset);
    lapses.afterRecord(checkpoint);
    clock.folded(checkpoint.time());
    changed = true;
    reader.progress().folded(offset);
    // Only now: a waiter may ask next how far the fold has come.
    if (followedFrom >= 0) {
      reader.progress().applied(followedFrom, followedVersion);
      followedFrom = -1;
    }
  }

  /** Takes note that the record that is being folded was forwarded, and from where. */
  public void received(int partition, long fromOffset) {
    checkpoint.received(partition, fromOffset);
  }

  /** Takes note that the record that is being folded was a policy change, decided elsewhere. */
  public void followed(int home, long version) {
    followedFrom = home;
    followedVersion = version;
  }

  /** The namespace of a canonical record key, made if there is none; null if there are too many. */
  public Namespace namespace(byte[] recordKey, int separator) {
    return namespaces.claim(recordKey, separator, checkpoint);
  }

  /** The same for a policy that its home has accepted, however many there are. */
  public Namespace namespaceOfPolicy(byte[] recordKey, int separator) {
    Namespace found = namespaces.find(recordKey, separator);
    return found != null ? found : namespaces.create(recordKey, separator, checkpoint);
  }

  /** The ids that the counters here remember. */
  public Ids ids() {
    return aged.ids();
  }

  /** What happened to the counters here that have a journal. */
  public Journals journals() {
    return aged.journals();
  }

  /** How policies came to be what they are. */
  public PolicyHistories history() {
    return history;
  }

  /** How namespaces count. */
  public NamespacePolicies policies() {
    return policies;
  }

  /** What a counter has of its own to count by. Ask for that before its {@link #row}. */
  public OwnPolicy own(Namespace namespace, byte[] recordKey) {
    return lapses.policy(namespace, recordKey, checkpoint);
  }

  /** A policy made ready to count by. */
  public Counting ready(Policy policy) {
    return ownPolicies.ready(policy);
  }

  /**
   * Gives a counter a policy or plan of its own, or takes it away, as a change says. What becomes
   * of its count is another matter.
   */
  public void policy(Namespace namespace, byte[] recordKey, PolicyHistory.Change change) {
    ownPolicies.change(namespace, recordKey, change);
    lapses.mayBeOver(recordKey); // a put that is refused counts nothing
    namespaces.changed(namespace);
    namespaces.mayLeaveEarlier(namespace);
  }

  /** The row of a counter, or null. */
  public Row row(byte[] recordKey) {
    return rows.load(recordKey);
  }

  /** What is left of a counter's windows at an instant, for one that keeps some. */
  public Keeping.Past past(Namespace namespace, byte[] recordKey, State last, long atMillis) {
    return ended.past(namespace, recordKey, last, atMillis);
  }

  /** Takes over what an event led to. */
  public void apply(byte[] recordKey, Row row, Namespace namespace, State before, Folded folded) {
    State after = folded.after();
    if (folded.kept() != null) {
      ended.change(namespace, recordKey, folded.kept(), checkpoint.floorMillis());
      if (after == before) {
        return;
      }
    }
    long epoch = namespace.policy().epoch();
    Row target = row == null ? rows.create(recordKey, epoch) : row;
    rows.change(target, after, epoch);
    if (folded.addedEndMillis() != 0) {
      long n = folded.addedAmount();
      namespace.tally().added(folded.addedEndMillis(), n, before, after);
      everything.added(folded.addedEndMillis(), n, before, after);
    } else {
      namespace.tally().replaced(before, after);
      everything.replaced(before, after);
    }
    namespaces.changed(namespace);
    if (after == null) {
      namespaces.mayLeaveEarlier(namespace);
      lapses.mayBeOver(recordKey);
      return;
    }
    namespace.noteEnd(after);
    due.arm(namespace, target, before);
  }

  /** Whether rows wait to be expired at the floor. */
  public boolean isExpiryDue() {
    return due.areThere(checkpoint);
  }

  /**
   * Whether something waits to expire that was due so long ago, since no record has let time pass.
   */
  public boolean isOverdue(long forMillis) {
    return due.areOverdue(checkpoint, clock, forMillis);
  }

  /**
   * Removes the rows of one block of the expiry index that are dead, and arms the others again.
   *
   * @return how many entries were in it
   */
  public int expire() {
    changed = true;
    return due.expire(checkpoint);
  }

  /** Removes some rows that a change of policy has left behind; answers whether there were any. */
  public boolean sweep() {
    boolean swept = sweep.step(checkpoint);
    changed |= swept;
    return swept;
  }

  /** Whether so many rows have changed that a commit should come soon. */
  public boolean isFull() {
    return rows.dirtyCount() + aged.dirtyCount() + history.dirtyCount() + kept.dirtyCount()
        >= MANY_DIRTY_ROWS;
  }

  public int hotRows() {
    return rows.hotCount();
  }

  /** Writes everything that has changed to the store beneath. */
  public void flush() {
    if (checkpoint == null || poisoned) {
      return;
    }
    try {
      beforeFlush.run();
      passGap();
      if (changed) {
        write();
      }
    } catch (RuntimeException failure) {
      poison();
      throw failure;
    }
  }

  /** The group commits that it is past what is no record, and so the state has to say it too. */
  private void passGap() {
    long next = afterGap.applyAsLong(checkpoint.next());
    if (next > checkpoint.next()) {
      checkpoint.passedOver(next);
      changed = true;
    }
  }

  private void write() {
    var out = new Batch(beneath, checkpoint.isSummed() ? checkpoint.rowSum() : RowSum.of(beneath));
    out.add(StoreKeys.of(StoreKeys.BEGUN), Wholeness.begun(checkpoint.flushed()));
    long floorMillis = checkpoint.floorMillis();
    rows.expiry().flush(out, checkpoint);
    aged.flush(out, checkpoint);
    history.flush(out);
    namespaces.flush(out, floorMillis);
    everything.drop(floorMillis);
    out.put(StoreKeys.of(StoreKeys.EVERYTHING), NamespaceCodec.encodeTally(everything));
    kept.flush(out, checkpoint); // before the counters, for readers of a standby
    rows.flush(out);
    // Last, so that a copy that has this row has all that belongs to it.
    checkpoint.rowSum(out.sum());
    out.add(StoreKeys.of(StoreKeys.CHECKPOINT), checkpoint.encode());
    out.write();
    changed = false;
  }
}

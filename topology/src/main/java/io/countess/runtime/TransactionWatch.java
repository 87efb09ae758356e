package io.countess.runtime;

import io.countess.answer.OpenTransaction;
import io.countess.event.LogFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.stream.Collectors;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds transactions that hold partitions up, names them, and ends those that hang and are the
 * fold's own.
 *
 * <p>A transaction hangs where its coordinator has ended it and the partition never got the marker.
 * Brokers up to 4.3.1 leave the marker out where a partition has no leader at that moment
 * (KAFKA-20734). That is known only after two looks. A coordinator writes markers before it says
 * that a transaction has ended. So one that is still open in its partition after that will stay
 * open. One look alone could have come between the two.
 */
final class TransactionWatch {
  /** Commits are more frequent; nothing is asked about what goes on. */
  static final long SUSPECT_NANOS = TimeUnit.SECONDS.toNanos(2);

  /** What another producer leaves open for longer is named. */
  static final long NAMED_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Brokers let no transaction last longer, unless they are told to. */
  static final long LONGEST_NANOS = TimeUnit.MINUTES.toNanos(15);

  private static final Logger LOG = LoggerFactory.getLogger(TransactionWatch.class);

  private final Transactions transactions;
  private final String applicationId;
  private final LongSupplier nanoTime;
  private final Map<TopicPartition, Held> held = new HashMap<>();
  private final Set<Unfinished> endedBefore = new HashSet<>();
  private final Set<Unfinished> named = new HashSet<>();
  private volatile List<OpenTransaction> open = List.of();
  private volatile Map<TopicPartition, Held> heldNow = Map.of();
  private volatile long ended;

  /** A partition that can be read up to an offset, and since when no further. */
  private record Held(long offset, long sinceNanos) {}

  /**
   * @param applicationId of the fold: its transactional ids begin with it
   */
  TransactionWatch(Transactions transactions, String applicationId, LongSupplier nanoTime) {
    this.transactions = transactions;
    this.applicationId = applicationId;
    this.nanoTime = nanoTime;
  }

  /** Those that are to be named, as of the last look. */
  List<OpenTransaction> open() {
    return open;
  }

  /** How many hung and were ended. */
  long ended() {
    return ended;
  }

  /** For how long a partition can't be read further, if there is more in it. */
  Duration heldUp(TopicPartition where) {
    Held now = heldNow.get(where);
    return now == null ? Duration.ZERO : Duration.ofNanos(nanoTime.getAsLong() - now.sinceNanos);
  }

  /**
   * Looks; wants to be called about once a second. Where brokers don't answer nothing is changed.
   */
  void look() {
    try {
      lookAt(transactions.stableOffsets());
    } catch (KafkaException noAnswer) {
      LOG.debug("open transactions are not known now", noAnswer);
    }
  }

  private void lookAt(Map<TopicPartition, Long> stableOffsets) {
    long now = nanoTime.getAsLong();
    held.keySet().retainAll(stableOffsets.keySet());
    stableOffsets.forEach((where, offset) -> note(where, offset, now));
    heldNow = Map.copyOf(held);
    Set<TopicPartition> suspects =
        held.keySet().stream()
            .filter(where -> now - held.get(where).sinceNanos >= SUSPECT_NANOS)
            .collect(Collectors.toSet());
    List<Unfinished> found = suspects.isEmpty() ? List.of() : transactions.unfinished(suspects);
    endedBefore.retainAll(found);
    named.retainAll(found);
    var show = new ArrayList<OpenTransaction>();
    for (Unfinished each : found) {
      judge(each, now - held.get(each.where()).sinceNanos).ifPresent(show::add);
    }
    open = List.copyOf(show);
  }

  private void note(TopicPartition where, long offset, long now) {
    held.compute(
        where, (key, was) -> was != null && was.offset == offset ? was : new Held(offset, now));
  }

  /** What is to be shown of one, if anything is. */
  private Optional<OpenTransaction> judge(Unfinished each, long heldNanos) {
    Optional<TransactionOwner> owner = transactions.owner(each.producerId());
    boolean hangs =
        owner
            .map(known -> known.hasEnded(each))
            .orElseGet(() -> heldNanos > LONGEST_NANOS && transactions.areCoordinatorsWhole());
    var shown = shown(each, owner, heldNanos, hangs);
    if (hangs && !isOfOthers(each, owner)) {
      if (endedBefore.add(each)) {
        return Optional.of(shown);
      }
      return end(each, owner, shown) ? Optional.empty() : Optional.of(shown);
    }
    boolean holdsLogUp = isLog(each) && heldNanos >= NAMED_NANOS;
    if (holdsLogUp && named.add(each)) {
      LOG.warn(
          "a producer has left a transaction open in {}; what comes after is not counted before its"
              + " producer ends it, or Kafka does after its transaction.timeout.ms",
          shown);
    }
    return holdsLogUp ? Optional.of(shown) : Optional.empty();
  }

  private boolean end(Unfinished each, Optional<TransactionOwner> owner, OpenTransaction shown) {
    if (isLog(each) && !owner.map(known -> known.hasAborted(each)).orElse(false)) {
      sayOnce(
          each,
          "a transaction hangs in {}. It may have been committed, so it is not ended here. Who knows"
              + " that it was not can end it with kafka-transactions.sh abort; until then nothing"
              + " after it is counted",
          shown);
      return false;
    }
    try {
      transactions.abort(each);
      ended++;
      LOG.warn("a transaction hung, and was ended, in {}", shown);
      return true;
    } catch (ClusterAuthorizationException refused) {
      sayOnce(
          each,
          "a transaction hangs in {}. To end it needs the right to Alter the cluster, or"
              + " kafka-transactions.sh abort by somebody who has it",
          shown);
      return false;
    }
  }

  private void sayOnce(Unfinished each, String what, OpenTransaction shown) {
    if (named.add(each)) {
      LOG.warn(what, shown);
    }
  }

  /** The group's positions are kept where those of other groups are, too. */
  private boolean isOfOthers(Unfinished each, Optional<TransactionOwner> owner) {
    return each.where().topic().equals(KafkaTransactions.POSITIONS_TOPIC)
        && !owner
            .map(known -> known.transactionalId().startsWith(applicationId + "-"))
            .orElse(false);
  }

  private static boolean isLog(Unfinished each) {
    return each.where().topic().equals(LogFormat.EVENTS_TOPIC);
  }

  private static OpenTransaction shown(
      Unfinished each, Optional<TransactionOwner> owner, long heldNanos, boolean hangs) {
    return new OpenTransaction(
        each.where().topic(),
        each.where().partition(),
        each.producerId(),
        each.producerEpoch(),
        owner.map(TransactionOwner::transactionalId),
        each.startOffset(),
        Duration.ofNanos(heldNanos),
        hangs);
  }
}

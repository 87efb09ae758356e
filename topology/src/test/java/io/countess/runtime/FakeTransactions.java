package io.countess.runtime;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.kafka.clients.admin.TransactionDescription;
import org.apache.kafka.clients.admin.TransactionState;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.TimeoutException;

/** Brokers with the transactions that a test gives them. */
final class FakeTransactions implements Transactions {
  final List<Unfinished> open = new ArrayList<>();
  final List<Unfinished> aborted = new ArrayList<>();
  final Map<Long, TransactionOwner> owners = new HashMap<>();
  boolean whole = true;
  boolean away;
  boolean mayAbort = true;
  int asked;

  /** A producer whose latest transaction is in a state, under an epoch. */
  void coordinate(
      long producerId, String id, TransactionState state, int epoch, TopicPartition... partitions) {
    var told =
        new TransactionDescription(
            1, state, producerId, epoch, 5000, OptionalLong.empty(), Set.of(partitions));
    owners.put(producerId, new TransactionOwner(id, told));
  }

  @Override
  public Map<TopicPartition, Long> stableOffsets() {
    if (away) {
      throw new TimeoutException("nobody answers");
    }
    var offsets = new HashMap<TopicPartition, Long>();
    open.forEach(each -> offsets.merge(each.where(), each.startOffset(), Math::min));
    return offsets;
  }

  @Override
  public List<Unfinished> unfinished(Collection<TopicPartition> where) {
    asked++;
    return open.stream().filter(each -> where.contains(each.where())).toList();
  }

  @Override
  public Optional<TransactionOwner> owner(long producerId) {
    return Optional.ofNullable(owners.get(producerId));
  }

  @Override
  public boolean areCoordinatorsWhole() {
    return whole;
  }

  @Override
  public void abort(Unfinished which) throws KafkaException {
    if (!mayAbort) {
      throw new ClusterAuthorizationException("not you");
    }
    aborted.add(which);
    open.remove(which);
  }
}

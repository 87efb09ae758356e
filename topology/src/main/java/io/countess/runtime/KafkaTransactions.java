package io.countess.runtime;

import io.countess.event.LogFormat;
import io.countess.store.Catalog;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.AbortTransactionOptions;
import org.apache.kafka.clients.admin.AbortTransactionSpec;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeProducersOptions;
import org.apache.kafka.clients.admin.DescribeProducersResult.PartitionProducerState;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.DescribeTransactionsOptions;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.ListOffsetsResult;
import org.apache.kafka.clients.admin.ListTransactionsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.ProducerState;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.admin.TransactionListing;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdNotFoundException;

/** Asks the brokers about transactions, through an admin client. */
final class KafkaTransactions implements Transactions {
  /** Where Kafka keeps the positions of groups. */
  static final String POSITIONS_TOPIC = "__consumer_offsets";

  private static final String COORDINATORS_TOPIC = "__transaction_state";
  private static final int ASK_MILLIS = 5000;

  private final Admin admin;
  private final String applicationId;
  private final List<TopicPartition> own;

  KafkaTransactions(Admin admin, String applicationId, int partitions) {
    this.admin = admin;
    this.applicationId = applicationId;
    String changelog = Catalog.changelog(applicationId);
    this.own = new ArrayList<>();
    for (int partition = 0; partition < partitions; partition++) {
      own.add(new TopicPartition(LogFormat.EVENTS_TOPIC, partition));
      own.add(new TopicPartition(changelog, partition));
    }
    own.add(new TopicPartition(LogFormat.DEAD_LETTERS_TOPIC, 0));
  }

  @Override
  public Map<TopicPartition, Long> stableOffsets() {
    var watched = new ArrayList<>(own);
    positions().ifPresent(watched::add);
    // The ends come first: a stable offset that lies before an earlier end has something open.
    Map<TopicPartition, Long> ends = latest(watched, IsolationLevel.READ_UNCOMMITTED);
    Map<TopicPartition, Long> stable = latest(ends.keySet(), IsolationLevel.READ_COMMITTED);
    stable.entrySet().removeIf(each -> each.getValue() >= ends.get(each.getKey()));
    return stable;
  }

  /** Where the positions of the fold's group are kept, if that may be known. */
  private Optional<TopicPartition> positions() {
    return describe(POSITIONS_TOPIC)
        .map(
            topic ->
                Math.floorMod(
                    applicationId.hashCode() & Integer.MAX_VALUE, topic.partitions().size()))
        .map(partition -> new TopicPartition(POSITIONS_TOPIC, partition));
  }

  private Optional<TopicDescription> describe(String topic) {
    try {
      return Optional.of(
          await(
              admin
                  .describeTopics(Set.of(topic), new DescribeTopicsOptions().timeoutMs(ASK_MILLIS))
                  .topicNameValues()
                  .get(topic)));
    } catch (KafkaException unknown) {
      return Optional.empty();
    }
  }

  /** Of those partitions that have a leader which answers. */
  private Map<TopicPartition, Long> latest(
      Collection<TopicPartition> partitions, IsolationLevel isolation) {
    Map<TopicPartition, OffsetSpec> wanted =
        partitions.stream().collect(Collectors.toMap(each -> each, each -> OffsetSpec.latest()));
    ListOffsetsResult answers =
        admin.listOffsets(wanted, new ListOffsetsOptions(isolation).timeoutMs(ASK_MILLIS));
    var offsets = new HashMap<TopicPartition, Long>();
    for (TopicPartition each : partitions) {
      try {
        offsets.put(each, await(answers.partitionResult(each)).offset());
      } catch (InterruptException stop) {
        throw stop;
      } catch (KafkaException notTold) {
        continue;
      }
    }
    return offsets;
  }

  @Override
  public List<Unfinished> unfinished(Collection<TopicPartition> where) {
    var options = new DescribeProducersOptions().timeoutMs(ASK_MILLIS);
    var found = new ArrayList<Unfinished>();
    await(admin.describeProducers(where, options).all())
        .forEach((partition, state) -> found.addAll(unfinished(partition, state)));
    return found;
  }

  private static List<Unfinished> unfinished(TopicPartition where, PartitionProducerState state) {
    return state.activeProducers().stream()
        .filter(each -> each.currentTransactionStartOffset().isPresent())
        .map(each -> unfinished(where, each))
        .toList();
  }

  private static Unfinished unfinished(TopicPartition where, ProducerState producer) {
    return new Unfinished(
        where,
        producer.producerId(),
        (short) producer.producerEpoch(),
        producer.currentTransactionStartOffset().getAsLong(),
        Math.max(0, producer.coordinatorEpoch().orElse(0)));
  }

  @Override
  public Optional<TransactionOwner> owner(long producerId) {
    var options =
        new ListTransactionsOptions().filterProducerIds(Set.of(producerId)).timeoutMs(ASK_MILLIS);
    for (TransactionListing each : await(admin.listTransactions(options).all())) {
      Optional<TransactionOwner> owner = owner(each.transactionalId());
      if (owner.isPresent()) {
        return owner;
      }
    }
    return Optional.empty();
  }

  /** Asked of its coordinator: those that list it may only have been that. */
  private Optional<TransactionOwner> owner(String id) {
    var options = new DescribeTransactionsOptions().timeoutMs(ASK_MILLIS);
    try {
      return Optional.of(
          new TransactionOwner(
              id, await(admin.describeTransactions(Set.of(id), options).description(id))));
    } catch (TransactionalIdNotFoundException | TransactionalIdAuthorizationException untold) {
      return Optional.empty();
    }
  }

  @Override
  public boolean areCoordinatorsWhole() {
    return describe(COORDINATORS_TOPIC)
        .map(
            topic ->
                topic.partitions().stream()
                    .allMatch(each -> each.leader() != null && !each.leader().isEmpty()))
        .orElse(false);
  }

  @Override
  public void abort(Unfinished open) {
    var which =
        new AbortTransactionSpec(
            open.where(), open.producerId(), open.producerEpoch(), open.coordinatorEpoch());
    await(admin.abortTransaction(which, new AbortTransactionOptions().timeoutMs(ASK_MILLIS)).all());
  }

  private static <T> T await(KafkaFuture<T> answer) {
    try {
      return answer.get(2L * ASK_MILLIS, TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      throw failed.getCause() instanceof KafkaException known
          ? known
          : new KafkaException(failed.getCause());
    } catch (java.util.concurrent.TimeoutException late) {
      throw new TimeoutException(late);
    } catch (InterruptedException stop) {
      throw new InterruptException(stop);
    }
  }
}

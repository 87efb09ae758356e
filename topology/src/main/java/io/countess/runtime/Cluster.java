package io.countess.runtime;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.CreateTopicsOptions;
import org.apache.kafka.clients.admin.DescribeConfigsOptions;
import org.apache.kafka.clients.admin.DescribeConsumerGroupsOptions;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.FenceProducersOptions;
import org.apache.kafka.clients.admin.MemberToRemove;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.RemoveMembersFromConsumerGroupOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** What is asked of a Kafka cluster at the start: bounded, and with errors that help. */
record Cluster(Admin admin, Rights rights) {
  static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final int PATIENCE_MILLIS = Math.toIntExact(PATIENCE.toMillis());

  Cluster(Admin admin, RuntimeConfig config) {
    this(admin, new Rights(config.bootstrapServers(), config.applicationId()));
  }

  /** Those of the topics that exist; each may be used as Countess has to. */
  Map<String, TopicDescription> describe(Collection<String> names) {
    var options =
        new DescribeTopicsOptions().timeoutMs(PATIENCE_MILLIS).includeAuthorizedOperations(true);
    var found = new HashMap<String, TopicDescription>();
    admin
        .describeTopics(names, options)
        .topicNameValues()
        .forEach((name, answer) -> describe(name, answer, found));
    return found;
  }

  private void describe(
      String name, KafkaFuture<TopicDescription> answer, Map<String, TopicDescription> found) {
    try {
      TopicDescription topic = await(answer);
      rights.requireOn(topic);
      found.put(name, topic);
    } catch (ExecutionException failed) {
      requireAllowed("Describe", name, failed.getCause());
      if (!(failed.getCause() instanceof UnknownTopicOrPartitionException)) {
        throw failure("look at the topic " + name, failed.getCause());
      }
    }
  }

  /** Creates a topic; that another instance does so at the same time is no error. */
  void create(NewTopic topic) {
    var options = new CreateTopicsOptions().timeoutMs(PATIENCE_MILLIS);
    try {
      await(admin.createTopics(List.of(topic), options).all());
    } catch (ExecutionException failed) {
      requireAllowed("Create", topic.name(), failed.getCause());
      if (!(failed.getCause() instanceof TopicExistsException)) {
        throw failure("create the topic " + topic.name(), failed.getCause());
      }
    }
  }

  /** The settings in force of a topic, if the broker that is asked knows it. */
  Optional<Map<String, String>> settings(String topic) {
    var resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    var options = new DescribeConfigsOptions().timeoutMs(PATIENCE_MILLIS);
    try {
      Config config =
          await(admin.describeConfigs(List.of(resource), options).values().get(resource));
      return Optional.of(
          config.entries().stream()
              .filter(entry -> entry.value() != null)
              .collect(Collectors.toMap(ConfigEntry::name, ConfigEntry::value)));
    } catch (ExecutionException failed) {
      requireAllowed("DescribeConfigs", topic, failed.getCause());
      if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
        return Optional.empty();
      }
      throw failure("read the settings of the topic " + topic, failed.getCause());
    }
  }

  /**
   * The ids of those members of a group that keep their place over a restart. None are known of a
   * group that does not exist, or that may not be looked at.
   */
  Set<String> staticMembers(String group) {
    var options = new DescribeConsumerGroupsOptions().timeoutMs(PATIENCE_MILLIS);
    var answer = admin.describeConsumerGroups(List.of(group), options).describedGroups().get(group);
    try {
      return await(answer).members().stream()
          .flatMap(member -> member.groupInstanceId().stream())
          .collect(Collectors.toSet());
    } catch (ExecutionException untold) {
      return Set.of();
    }
  }

  /** Tries the right to be a member of a group, as one that there is not, and that leaves it. */
  void tryToLeave(String group) {
    var nobody = new MemberToRemove("nobody");
    var options = new RemoveMembersFromConsumerGroupOptions(Set.of(nobody));
    options.timeoutMs(PATIENCE_MILLIS);
    tryRight(admin.removeMembersFromConsumerGroup(group, options).memberResult(nobody));
  }

  /** Tries the right to write in transactions, under an id that nobody uses. */
  void tryTransactions(String unusedId) {
    var options = new FenceProducersOptions().timeoutMs(PATIENCE_MILLIS);
    tryRight(admin.fenceProducers(List.of(unusedId), options).all());
  }

  /** Tries the right to create a topic that others will create, unless it is there. */
  void tryToCreate(String name, int partitions, short replication) {
    if (describe(Set.of(name)).isEmpty()) {
      var options = new CreateTopicsOptions().timeoutMs(PATIENCE_MILLIS).validateOnly(true);
      var topic = new NewTopic(name, partitions, replication);
      try {
        await(admin.createTopics(List.of(topic), options).all());
      } catch (ExecutionException failed) {
        requireAllowed("Create", name, failed.getCause());
      }
    }
  }

  /** Whatever else is wrong shows where it is needed. */
  private void tryRight(KafkaFuture<Void> tried) {
    try {
      await(tried);
    } catch (ExecutionException failed) {
      rights
          .in(failed)
          .ifPresent(
              missing -> {
                throw missing;
              });
    }
  }

  private void requireAllowed(String right, String topic, Throwable failure) {
    if (failure instanceof AuthorizationException) {
      throw rights.onTopic(right, topic, failure);
    }
  }

  private <T> T await(KafkaFuture<T> answer) throws ExecutionException {
    try {
      return answer.get(2L * PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
    } catch (java.util.concurrent.TimeoutException late) {
      throw new ExecutionException(new TimeoutException(late));
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
      throw new LogTopicsException("Interrupted while waiting for Kafka.", interrupted);
    }
  }

  private LogTopicsException failure(String doing, Throwable cause) {
    if (cause instanceof TimeoutException) {
      return unreachable(doing, cause);
    }
    if (cause instanceof AuthenticationException) {
      return rights.in(cause).orElseThrow();
    }
    String hint =
        cause instanceof InvalidReplicationFactorException
            ? " Are there fewer brokers than replicas are asked for?"
            : "";
    return new LogTopicsException(
        "Could not %s at Kafka %s: %s%s"
            .formatted(doing, rights.bootstrapServers(), cause.getMessage(), hint),
        cause);
  }

  LogTopicsException unreachable(String doing, Throwable cause) {
    return new LogTopicsException(
        "Could not %s: Kafka at %s did not answer within %d s."
                .formatted(doing, rights.bootstrapServers(), PATIENCE.toSeconds())
            + " Does it run, is the address right, and can the addresses that its brokers advertise"
            + " be reached from here?",
        cause);
  }
}

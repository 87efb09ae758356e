package io.countess.runtime;

import io.countess.event.LogFormat;
import io.countess.store.Catalog;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.errors.AuthenticationException;
import org.apache.kafka.common.errors.ClusterAuthorizationException;
import org.apache.kafka.common.errors.GroupAuthorizationException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.errors.TransactionalIdAuthorizationException;

/**
 * The rights that Countess needs where a cluster asks who its clients are, and sentences about one
 * that is missing.
 *
 * @param bootstrapServers the cluster
 * @param applicationId the group, and how transactional ids and changelogs begin
 */
record Rights(String bootstrapServers, String applicationId) {
  private static final Set<AclOperation> ON_TOPICS =
      EnumSet.of(
          AclOperation.READ,
          AclOperation.WRITE,
          AclOperation.DESCRIBE,
          AclOperation.DESCRIBE_CONFIGS);

  /**
   * @throws LogTopicsException where one is missing on a topic that exists
   */
  void requireOn(TopicDescription topic) {
    Set<AclOperation> allowed = topic.authorizedOperations();
    if (allowed != null) {
      ON_TOPICS.stream()
          .filter(right -> !allowed.contains(right))
          .findFirst()
          .ifPresent(
              right -> {
                throw onTopic(shown(right), topic.name(), null);
              });
    }
  }

  /** That a right on a topic is missing. */
  LogTopicsException onTopic(String right, String topic, Throwable cause) {
    return missing(right + " on the topic " + topic, cause);
  }

  /** The missing right that a failure names, if it names one. */
  Optional<LogTopicsException> in(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof TopicAuthorizationException topics) {
        String names = String.join(", ", topics.unauthorizedTopics());
        return Optional.of(missing("to use " + (names.isEmpty() ? "topics" : names), failure));
      } else if (cause instanceof GroupAuthorizationException) {
        return Optional.of(missing("Read on the group " + applicationId, failure));
      } else if (cause instanceof TransactionalIdAuthorizationException) {
        return Optional.of(
            missing("Write on transactional ids that begin with " + applicationId, failure));
      } else if (cause instanceof ClusterAuthorizationException) {
        return Optional.of(
            missing("to do this on the cluster (" + cause.getMessage() + ")", cause));
      } else if (cause instanceof AuthenticationException) {
        return Optional.of(unknown(cause));
      }
    }
    return Optional.empty();
  }

  /** The topic that Kafka Streams creates, where it is missing. */
  String changelog() {
    return Catalog.changelog(applicationId);
  }

  private LogTopicsException missing(String right, Throwable cause) {
    return new LogTopicsException(
        ("The right %s is missing at Kafka %s. Countess needs: on the topics %s, %s and %s Read,"
                + " Write, Describe and DescribeConfigs, and Create where they are missing; Read on"
                + " the group %s; Write on transactional ids that begin with %s.")
            .formatted(
                right,
                bootstrapServers,
                LogFormat.EVENTS_TOPIC,
                LogFormat.DEAD_LETTERS_TOPIC,
                changelog(),
                applicationId,
                applicationId),
        cause);
  }

  private LogTopicsException unknown(Throwable cause) {
    return new LogTopicsException(
        "Kafka at %s does not accept who this client says that it is: %s"
            .formatted(bootstrapServers, cause.getMessage()),
        cause);
  }

  private static String shown(AclOperation right) {
    return switch (right) {
      case READ -> "Read";
      case WRITE -> "Write";
      case DESCRIBE -> "Describe";
      case DESCRIBE_CONFIGS -> "DescribeConfigs";
      default -> right.name();
    };
  }
}

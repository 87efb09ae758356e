package io.countess.cli.deadletters;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.FailedException;
import io.countess.event.LogFormat;
import java.util.List;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** The topic of the dead letters. */
final class LettersTopic {
  private LettersTopic() {}

  /**
   * What Kafka knows of it.
   *
   * @throws FailedException where it is not there
   */
  static TopicDescription describe(Admin admin) {
    String name = LogFormat.DEAD_LETTERS_TOPIC;
    try {
      return Clients.await(admin.describeTopics(List.of(name)).allTopicNames()).get(name);
    } catch (UnknownTopicOrPartitionException missing) {
      throw new FailedException(ExitCode.FAILED, "there is no topic " + name + " there", missing);
    }
  }
}

package io.countess.runtime;

import io.countess.event.LogFormat;
import io.countess.topology.SourceLog;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/**
 * Asks the brokers about the log, anew each time: an end that is not the latest could be before
 * what is folded. A leader that has just been elected answers only once it knows all that was
 * committed before (KIP-207).
 *
 * @param id of the topic
 */
public record KafkaLog(Admin admin, Uuid id) implements SourceLog {
  /**
   * As long as a broker takes that was killed and is the only one. A thread of the fold that gave
   * up before would die, to restore its partitions.
   */
  private static final int ASK_MILLIS = 25_000;

  @Override
  public long endOffset(int partition) {
    return ask(new TopicPartition(LogFormat.EVENTS_TOPIC, partition), OffsetSpec.latest());
  }

  @Override
  public long beginningOffset(int partition) {
    return ask(new TopicPartition(LogFormat.EVENTS_TOPIC, partition), OffsetSpec.earliest());
  }

  @Override
  public long beginningOfState(String changelog, int partition) {
    return ask(new TopicPartition(changelog, partition), OffsetSpec.earliest());
  }

  private long ask(TopicPartition wanted, OffsetSpec spec) {
    try {
      return admin
          .listOffsets(Map.of(wanted, spec), new ListOffsetsOptions().timeoutMs(ASK_MILLIS))
          .partitionResult(wanted)
          .get(ASK_MILLIS, TimeUnit.MILLISECONDS)
          .offset();
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while asking for an end of " + wanted, hurry);
    } catch (ExecutionException | TimeoutException noAnswer) {
      throw new IllegalStateException("the brokers don't tell the ends of " + wanted, noAnswer);
    }
  }
}

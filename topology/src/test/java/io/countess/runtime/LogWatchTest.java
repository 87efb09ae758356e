package io.countess.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.topology.LogReplacedException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The log may go away, become another one or get more partitions while it is counted. */
class LogWatchTest {
  private static final Uuid ID = new Uuid(1, 2);

  private final List<LogReplacedException> gone = new ArrayList<>();
  private Uuid id = ID;
  private int partitions = 4;
  private final LogWatch watch =
      new LogWatch(
          new LogTopics(4, ID, List.of()), "countess", this::describe, gone::add, this::move);

  private int moving;

  private Runnable move() {
    moving++;
    return () -> moving--;
  }

  private TopicDescription describe() throws ExecutionException {
    if (partitions == 0) {
      throw new ExecutionException(new UnknownTopicOrPartitionException());
    }
    var one = new TopicPartitionInfo(0, null, List.of(), List.of());
    return new TopicDescription(
        "countess.events", false, Collections.nCopies(partitions, one), null, id);
  }

  @AfterEach
  void close() {
    watch.close();
  }

  @Test
  void shouldFindNothingWhereNothingChanges() {
    for (int i = 0; i < 5; i++) {
      watch.look();
    }

    assertThat(gone).isEmpty();
    assertThat(watch.surplus()).isZero();
  }

  @Test
  void shouldSayOnceThatTheTopicIsGone() {
    partitions = 0;
    for (int i = 0; i < 10; i++) {
      watch.look();
    }

    assertThat(gone).hasSize(1);
    assertThat(gone.get(0))
        .hasMessageStartingWith(
            "The topic countess.events (topic id " + ID + ") was deleted while it was counted")
        .hasMessageContaining("delete the topic countess-counters-changelog");
  }

  @Test
  void shouldBelieveABrokerThatDoesNotKnowTheTopicOnlyWhereItGoesOnSo() {
    for (int i = 0; i < 6; i++) {
      partitions = i % 3 == 2 ? 4 : 0;
      watch.look();
    }

    assertThat(gone).isEmpty();
  }

  @Test
  void shouldSayAtOnceThatTheTopicIsAnother() {
    id = new Uuid(3, 4);
    watch.look();

    assertThat(gone).hasSize(1);
  }

  @Test
  void shouldCountThePartitionsThatWereAdded() {
    partitions = 7;
    watch.look();

    watch.look();

    assertThat(watch.surplus()).isEqualTo(3);
    assertThat(gone).isEmpty();
    assertThat(moving).isOne();
    watch.close();
    assertThat(moving).isZero();
  }
}

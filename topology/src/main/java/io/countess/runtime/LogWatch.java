package io.countess.runtime;

import io.countess.background.PeriodicTasks;
import io.countess.event.LogFormat;
import io.countess.topology.LogReplacedException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeTopicsOptions;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks whether the topic of the log is still the one that was there at the start. One that is
 * deleted ends the service, as it would end a start. Records that come to added partitions are
 * moved to the others, as soon as the first look has found the partitions.
 */
public final class LogWatch implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(LogWatch.class);
  private static final Duration LOOK = Duration.ofSeconds(1);
  private static final int ASK_MILLIS = 5000;

  /** A broker that has just started may not have heard of a topic yet. */
  private static final int LOOKS_UNTIL_GONE = 3;

  private final LogTopics topics;
  private final String group;
  private final Topic topic;
  private final Consumer<LogReplacedException> gone;
  private final Supplier<Runnable> move;
  private final PeriodicTasks tasks = new PeriodicTasks("countess-log-watch");
  private volatile int surplus;
  private volatile Runnable stopMoving = () -> {};
  private int missing;

  /** The topic, as the brokers have it. */
  interface Topic {
    /**
     * Describes it.
     *
     * @throws ExecutionException by {@link UnknownTopicOrPartitionException} where there is none
     */
    TopicDescription describe() throws ExecutionException, InterruptedException, TimeoutException;
  }

  /**
   * @param topics as they were at the start
   * @param group whose counts they are
   * @param gone is told once that the topic is gone, or is another one
   * @param move begins to move records from added partitions, and answers how to stop that
   */
  LogWatch(
      LogTopics topics,
      String group,
      Topic topic,
      Consumer<LogReplacedException> gone,
      Supplier<Runnable> move) {
    this.topics = topics;
    this.group = group;
    this.topic = topic;
    this.gone = gone;
    this.move = move;
  }

  /** Begins to look. */
  public static LogWatch start(Admin admin, LogTopics topics, RuntimeConfig config, Fold fold) {
    Topic topic = () -> describe(admin);
    Supplier<Runnable> move = () -> AddedPartitions.move(config, topics.partitions())::close;
    var watch = new LogWatch(topics, config.applicationId(), topic, fold::end, move);
    watch.tasks.every(LOOK, watch::look);
    return watch;
  }

  /** How many partitions were added to the topic. */
  public int surplus() {
    return surplus;
  }

  @Override
  public void close() {
    tasks.close();
    stopMoving.run();
  }

  void look() {
    try {
      compare(topic.describe());
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof UnknownTopicOrPartitionException) {
        missed();
      }
    } catch (TimeoutException notNow) {
      LOG.debug("the brokers don't say what becomes of the log", notNow);
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
    }
  }

  private void missed() {
    missing++;
    if (missing == LOOKS_UNTIL_GONE) {
      gone.accept(LogReplacedException.deleted(group, topics.id()));
    }
  }

  private void compare(TopicDescription now) {
    missing = 0;
    if (!now.topicId().equals(topics.id()) && !now.topicId().equals(Uuid.ZERO_UUID)) {
      gone.accept(LogReplacedException.deleted(group, topics.id()));
      close();
      return;
    }
    int more = Math.max(0, now.partitions().size() - topics.partitions());
    if (more > 0 && surplus == 0) {
      LOG.error(
          "The topic {} has {} partitions now, but counts are kept in {}: what comes to the others is"
              + " moved there, late. See docs/DEPLOYMENT.md on added partitions.",
          LogFormat.EVENTS_TOPIC,
          now.partitions().size(),
          topics.partitions());
      stopMoving = move.get();
    }
    surplus = more;
  }

  private static TopicDescription describe(Admin admin)
      throws ExecutionException, InterruptedException, TimeoutException {
    return admin
        .describeTopics(
            List.of(LogFormat.EVENTS_TOPIC), new DescribeTopicsOptions().timeoutMs(ASK_MILLIS))
        .topicNameValues()
        .get(LogFormat.EVENTS_TOPIC)
        .get(ASK_MILLIS, TimeUnit.MILLISECONDS);
  }
}

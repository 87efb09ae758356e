package io.countess.runtime;

import io.countess.event.LogFormat;
import io.countess.store.Catalog;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;

/**
 * The topics of the log: created where they are missing, and checked where they are there. Settings
 * of a topic that exists are its owner's and not changed.
 *
 * <p>The log takes batches of up to 1 MiB, Kafka's default, although it takes no record over {@link
 * LogFormat#MAX_RECORD_BYTES}. The broker knows no limit for a record, only one for a batch as it
 * is sent. A limit near that of a record would refuse every well-filled batch of small ones, which
 * most producers then don't split but lose. So the fold keeps larger records out. The dead letters
 * take every record that the log has let in, with room for headers: for a producer of dead letters
 * that means {@code max.request.size}.
 *
 * @param partitions how many of the log are counted: all, but for those that were added later
 * @param id of the log's topic
 * @param warnings what is less safe than it could be, a sentence each; for a cluster that is not
 *     the embedded one
 */
public record LogTopics(int partitions, Uuid id, List<String> warnings) {
  /** The largest batch that the dead letters take, and so the largest request to write them. */
  public static final int MAX_DEAD_LETTER_BYTES = 2 * 1024 * 1024;

  private static final int MAX_BATCH_BYTES = 1024 * 1024 + 12;
  private static final long POLL_NANOS = Duration.ofMillis(50).toNanos();

  private static final Map<String, String> EVENTS =
      Map.of(
          "cleanup.policy", "delete",
          "message.timestamp.type", "CreateTime",
          "message.timestamp.after.max.ms", millis(Duration.ofMinutes(1)),
          "message.timestamp.before.max.ms", millis(Duration.ofDays(6)),
          "retention.ms", millis(Duration.ofDays(7)),
          "segment.ms", millis(Duration.ofDays(1)),
          "max.message.bytes", Integer.toString(MAX_BATCH_BYTES));

  private static final Map<String, String> DEAD_LETTERS =
      Map.of(
          "cleanup.policy", "delete",
          "retention.ms", millis(Duration.ofDays(30)),
          "segment.ms", millis(Duration.ofDays(1)),
          "max.message.bytes", Integer.toString(MAX_DEAD_LETTER_BYTES));

  public LogTopics {
    warnings = List.copyOf(warnings);
  }

  /**
   * Creates what is missing, and returns once the cluster knows the topics.
   *
   * @throws LogTopicsException where the cluster doesn't answer within half a minute, refuses, or
   *     has a topic that can't be a log
   */
  public static LogTopics ensure(Admin admin, RuntimeConfig config) {
    var cluster = new Cluster(admin, config);
    Map<String, TopicDescription> topics = cluster.describe(names());
    if (topics.size() < names().size()) {
      var missing = new HashSet<>(names());
      missing.removeAll(topics.keySet());
      missing.forEach(name -> cluster.create(topic(name, config)));
      topics = await(cluster, () -> all(cluster));
    }
    var warnings = new ArrayList<String>();
    for (TopicDescription topic : topics.values()) {
      Map<String, String> settings = await(cluster, () -> cluster.settings(topic.name()));
      warnings.addAll(new TopicCheck(topic, settings, wanted(topic.name())).warnings());
    }
    TopicDescription log = topics.get(LogFormat.EVENTS_TOPIC);
    int partitions = counted(cluster, config, log.partitions().size());
    return new LogTopics(partitions, log.topicId(), warnings);
  }

  /** A warning that it is not {@code asked} partitions that count, where the log has others. */
  public Optional<String> otherThan(int asked) {
    String warning =
        "The topic %s has %d partitions, which can't change: they are used, and not the %d that the"
            + " setting partitions asks for.";
    return asked == partitions
        ? Optional.empty()
        : Optional.of(warning.formatted(LogFormat.EVENTS_TOPIC, partitions, asked));
  }

  /**
   * In how many partitions keys are counted: as many as the log had when its state began. With
   * another number keys would be elsewhere, and their counts left behind. Records that come to
   * added partitions are moved.
   */
  private static int counted(Cluster cluster, RuntimeConfig config, int partitions) {
    String changelog = Catalog.changelog(config.applicationId());
    TopicDescription state = cluster.describe(Set.of(changelog)).get(changelog);
    if (state != null && state.partitions().size() > partitions) {
      throw new LogTopicsException(
          "The topic %s has %d partitions, but the counts were kept with %d (%s): they can't change."
              .formatted(LogFormat.EVENTS_TOPIC, partitions, state.partitions().size(), changelog),
          null);
    }
    return state == null ? partitions : state.partitions().size();
  }

  private static Optional<Map<String, TopicDescription>> all(Cluster cluster) {
    Map<String, TopicDescription> topics = cluster.describe(names());
    return Optional.of(topics).filter(found -> found.size() == names().size());
  }

  /**
   * Asks until there is an answer. Each broker hears of a new topic on its own. The next one that
   * is asked may do so later than the one that created the topic, or that was asked before.
   */
  private static <T> T await(Cluster cluster, Supplier<Optional<T>> asked) {
    long start = System.nanoTime();
    while (true) {
      Optional<T> answer = asked.get();
      if (answer.isPresent()) {
        return answer.get();
      }
      if (System.nanoTime() - start > Cluster.PATIENCE.toNanos()) {
        throw cluster.unreachable("create the topics of the log", null);
      }
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private static Set<String> names() {
    return Set.of(LogFormat.EVENTS_TOPIC, LogFormat.DEAD_LETTERS_TOPIC);
  }

  private static Map<String, String> wanted(String name) {
    return name.equals(LogFormat.EVENTS_TOPIC) ? EVENTS : DEAD_LETTERS;
  }

  private static NewTopic topic(String name, RuntimeConfig config) {
    int partitions = name.equals(LogFormat.EVENTS_TOPIC) ? config.partitions() : 1;
    var settings = new HashMap<>(wanted(name));
    settings.put("min.insync.replicas", config.replication() > 2 ? "2" : "1");
    return new NewTopic(name, partitions, config.replication()).configs(settings);
  }

  private static String millis(Duration duration) {
    return Long.toString(duration.toMillis());
  }
}

package io.countess.runtime;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.TopicDescription;

/**
 * Looks at a topic that exists.
 *
 * @param settings that are in force
 * @param wanted those that Countess would have created it with
 */
record TopicCheck(
    TopicDescription topic, Map<String, String> settings, Map<String, String> wanted) {
  private static final int SAFE_REPLICATION = 3;
  private static final int SAFE_IN_SYNC = 2;

  /** Without these a topic is no log: counts would be wrong, or events lost. */
  private static final List<String> ESSENTIAL = List.of("cleanup.policy", "message.timestamp.type");

  /**
   * What is less safe than it could be.
   *
   * @throws LogTopicsException where the topic can't be used at all
   */
  List<String> warnings() {
    var warnings = new ArrayList<String>();
    wanted.forEach((name, value) -> compare(name, value, warnings));
    int replication =
        topic.partitions().stream().mapToInt(each -> each.replicas().size()).min().orElse(0);
    if (replication < SAFE_REPLICATION) {
      warnings.add(
          "Topic %s is kept on %d broker%s; on fewer than 3, losing one can lose events or stop"
                  .formatted(topic.name(), replication, replication == 1 ? "" : "s")
              + " the service.");
    }
    int inSync = Integer.parseInt(settings.getOrDefault("min.insync.replicas", "1"));
    if (inSync < SAFE_IN_SYNC) {
      warnings.add(
          "Topic %s has min.insync.replicas=%d; with less than 2, an event can be acknowledged that"
                  .formatted(topic.name(), inSync)
              + " only one broker has.");
    }
    return warnings;
  }

  private void compare(String name, String value, List<String> warnings) {
    String found = settings.get(name);
    if (found == null || found.equals(value)) {
      return;
    }
    if (ESSENTIAL.contains(name)) {
      throw new LogTopicsException(
          "Topic %s has %s=%s; it must be %s.".formatted(topic.name(), name, found, value), null);
    }
    warnings.add(
        "Topic %s has %s=%s; Countess would set %s.".formatted(topic.name(), name, found, value));
  }
}

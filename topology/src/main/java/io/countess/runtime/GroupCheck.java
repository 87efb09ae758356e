package io.countess.runtime;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;

/**
 * Looks at the group before an instance joins it. Which member keeps copies of what is decided by
 * the one that leads the group, by its own settings. That is the first to have joined: an instance
 * with the embedded Kafka, where there is one, and it asks for no copies.
 */
public final class GroupCheck {
  private GroupCheck() {}

  /** A warning, where nobody will keep the copies that {@code config} asks for. */
  public static Optional<String> warning(Admin admin, RuntimeConfig config) {
    if (config.standbyReplicas() == 0) {
      return Optional.empty();
    }
    String name = Pattern.quote(config.applicationId()) + "-\\d+";
    boolean besideEmbedded =
        new Cluster(admin, config)
            .staticMembers(config.applicationId()).stream().anyMatch(id -> id.matches(name));
    String warning =
        "standby-replicas=%d has no effect here: the instance with the embedded Kafka decides who"
            + " keeps copies, and it asks for none. Run that instance too with bootstrap-servers of"
            + " a Kafka of its own, and give all instances the same standby-replicas.";
    return besideEmbedded
        ? Optional.of(warning.formatted(config.standbyReplicas()))
        : Optional.empty();
  }
}

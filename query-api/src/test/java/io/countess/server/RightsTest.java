package io.countess.server;

import static org.apache.kafka.common.acl.AclOperation.CREATE;
import static org.apache.kafka.common.acl.AclOperation.DESCRIBE_CONFIGS;
import static org.apache.kafka.common.acl.AclOperation.READ;
import static org.apache.kafka.common.acl.AclOperation.WRITE;
import static org.apache.kafka.common.resource.ResourceType.GROUP;
import static org.apache.kafka.common.resource.ResourceType.TOPIC;
import static org.apache.kafka.common.resource.ResourceType.TRANSACTIONAL_ID;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.broker.SecuredBroker;
import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import io.countess.event.CounterName;
import io.countess.runtime.LogTopicsException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.resource.ResourceType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On a cluster that asks who its clients are, each missing right ends the start, and is named. */
class RightsTest {
  private static final Duration READY = Duration.ofSeconds(60);

  /** Long for a busy machine, and shorter than anything that Kafka's clients would wait for. */
  private static final Duration SOON = Duration.ofSeconds(20);

  private record Right(ResourceType type, AclOperation operation, String name) {}

  private static final List<Right> RIGHTS =
      List.of(
          new Right(TOPIC, READ, "Read on the topic countess.events"),
          new Right(TOPIC, WRITE, "Write on the topic countess.events"),
          new Right(TOPIC, DESCRIBE_CONFIGS, "DescribeConfigs on the topic countess.events"),
          new Right(GROUP, READ, "Read on the group countess"),
          new Right(TRANSACTIONAL_ID, WRITE, "Write on transactional ids that begin with"));

  private static final Right CREATING = new Right(TOPIC, CREATE, "Create on the topic countess.");

  @TempDir Path data;

  @Test
  void shouldNameEachRightThatIsMissingAndNeedNoOther() throws Exception {
    var users = new ArrayList<String>(List.of("creator", "all", "poor"));
    RIGHTS.forEach(right -> users.add("without" + RIGHTS.indexOf(right)));
    try (var broker = SecuredBroker.start(data.resolve("kafka"), users)) {
      grant(broker, "poor", RIGHTS);
      refuses(broker, "poor", CREATING.name());
      refuses(broker, "stranger", "does not accept who this client says that it is");

      grant(broker, "creator", RIGHTS);
      grant(broker, "creator", List.of(CREATING));
      counts(broker, "creator", 1);
      grant(broker, "all", RIGHTS);
      counts(broker, "all", 2);

      for (Right missing : RIGHTS) {
        String user = "without" + RIGHTS.indexOf(missing);
        grant(broker, user, RIGHTS.stream().filter(right -> !right.equals(missing)).toList());
        refuses(broker, user, missing.name());
      }
    }
  }

  private void refuses(SecuredBroker broker, String user, String sentence) {
    long start = System.nanoTime();
    assertThatThrownBy(() -> start(broker, user))
        .as(user)
        .isInstanceOf(LogTopicsException.class)
        .hasMessageContaining(sentence)
        .hasMessageContaining(broker.bootstrapServers());
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
  }

  private void counts(SecuredBroker broker, String user, long expected) throws Exception {
    try (Countess countess = start(broker, user);
        Counts counts = Counts.open(CountsConfig.of(countess.url()).withTimeout(READY))) {
      assertThat(countess.awaitReady(READY)).isTrue();
      assertThat(counts.put(CounterName.of("logins", "alice"), 1).count()).hasValue(expected);
    }
  }

  private static void grant(SecuredBroker broker, String user, List<Right> rights)
      throws Exception {
    for (Right right : rights) {
      broker.allow(user, right.type(), "countess", right.operation());
    }
  }

  private Countess start(SecuredBroker broker, String user) {
    var flags = new EnumMap<Setting, String>(Setting.class);
    flags.put(Setting.DATA, data.resolve(user).toString());
    flags.put(Setting.HTTP_PORT, "0");
    flags.put(Setting.BOOTSTRAP_SERVERS, broker.bootstrapServers());
    flags.put(Setting.PARTITIONS, "2");
    flags.put(Setting.REPLICATION, "1");
    flags.put(Setting.THREADS, "1");
    var environment = new HashMap<String, String>();
    SecuredBroker.settings(user)
        .forEach(
            (name, value) ->
                environment.put(
                    "COUNTESS_KAFKA__" + name.toUpperCase(java.util.Locale.ROOT).replace('.', '_'),
                    value));
    return Countess.start(CountessConfig.of(Settings.read(flags, Map.copyOf(environment))));
  }
}

package io.countess.broker;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.acl.AccessControlEntry;
import org.apache.kafka.common.acl.AclBinding;
import org.apache.kafka.common.acl.AclOperation;
import org.apache.kafka.common.acl.AclPermissionType;
import org.apache.kafka.common.resource.PatternType;
import org.apache.kafka.common.resource.ResourcePattern;
import org.apache.kafka.common.resource.ResourceType;
import org.apache.kafka.metadata.authorizer.StandardAuthorizer;

/** A broker that asks its clients for a name and a password, and looks what each of them may. */
public final class SecuredBroker implements AutoCloseable {
  private static final String PASSWORD = "secret";
  private static final Duration STOP = Duration.ofSeconds(10);

  private final DataDirectory data;
  private final Listeners listeners;
  private final KafkaNode node;
  private final Admin admin;

  private SecuredBroker(DataDirectory data, Listeners listeners, KafkaNode node) {
    this.data = data;
    this.listeners = listeners;
    this.node = node;
    this.admin = Admin.create(Map.of("bootstrap.servers", listeners.own().address()));
  }

  /** Starts it, with users who may nothing. */
  public static SecuredBroker start(Path directory, List<String> users) {
    var data = DataDirectory.lock(directory);
    data.formatIfNew();
    // With an address to be told, the broker's own clients get a listener that asks for nothing.
    var config = new BrokerConfig(data.path(), "127.0.0.1", 0, Optional.of("127.0.0.1"), 4, false);
    var listeners = Listeners.bind(config);
    var settings = new HashMap<>(BrokerProperties.of(config, data.path(), listeners));
    settings.put(
        "listener.security.protocol.map",
        "CLIENTS:SASL_PLAINTEXT,LOCAL:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("sasl.enabled.mechanisms", "PLAIN");
    settings.put(
        "listener.name.clients.plain.sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required "
            + users.stream()
                .map(user -> "user_%s=\"%s\"".formatted(user, PASSWORD))
                .collect(Collectors.joining(" ", "", ";")));
    settings.put("authorizer.class.name", StandardAuthorizer.class.getName());
    settings.put("super.users", "User:ANONYMOUS");
    var node = KafkaNode.start(settings, listeners, new Faults(), true);
    return new SecuredBroker(data, listeners, node);
  }

  /** Where clients connect to. */
  public String bootstrapServers() {
    return listeners.advertised();
  }

  /** Where somebody connects to who may everything, without a password. */
  public String serversOfAdmin() {
    return listeners.own().address();
  }

  /** For somebody who may everything. */
  public Admin admin() {
    return admin;
  }

  /** What clients have to be set to, to be this user. */
  public static Map<String, String> settings(String user) {
    return Map.of(
        "security.protocol",
        "SASL_PLAINTEXT",
        "sasl.mechanism",
        "PLAIN",
        "sasl.jaas.config",
        "org.apache.kafka.common.security.plain.PlainLoginModule required username=\"%s\""
                .formatted(user)
            + " password=\"%s\";".formatted(PASSWORD));
  }

  /** Lets a user do something with everything of a type whose name begins so. */
  public void allow(String user, ResourceType type, String prefix, AclOperation operation)
      throws Exception {
    var pattern = new ResourcePattern(type, prefix, PatternType.PREFIXED);
    var entry = new AccessControlEntry("User:" + user, "*", operation, AclPermissionType.ALLOW);
    admin.createAcls(List.of(new AclBinding(pattern, entry))).all().get();
  }

  @Override
  public void close() {
    admin.close(STOP);
    node.stop(STOP);
    data.close();
  }
}

package io.countess.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * What all clients of Kafka have in common: where it is, and how long they wait for a broker that
 * takes connections and does not answer, as one does that hangs.
 */
public final class KafkaClients {
  /** A broker in this process hangs only if this process does. */
  private static final Duration OWN_BROKER_ANSWERS = Duration.ofSeconds(10);

  /** Then another broker is asked. A busy one is asked in vain where that is too short. */
  private static final Duration BROKER_ANSWERS = Duration.ofSeconds(5);

  /**
   * By then a client has heard from some broker where partitions are, or begins anew with the
   * servers that it was given. One that is about to connect to the broker that hangs would go on to
   * ask just that one, since Kafka's clients prefer it to any that they are not connected to.
   */
  private static final Duration BEGIN_ANEW = Duration.ofSeconds(6);

  private static final Duration CONNECTED = Duration.ofSeconds(3);

  /**
   * How long a broker that could not be connected to is left alone, so that others are connected to
   * meanwhile: as long as one is being connected to, Kafka's clients ask no other.
   */
  private static final Duration LEFT_ALONE = Duration.ofMillis(500);

  private static final Duration LEFT_ALONE_AT_MOST = Duration.ofSeconds(2);

  private KafkaClients() {}

  /** The settings; most that the user has given for every client go before. */
  public static Map<String, Object> settings(RuntimeConfig config) {
    var settings = new HashMap<String, Object>();
    settings.put(
        CommonClientConfigs.METADATA_RECOVERY_REBOOTSTRAP_TRIGGER_MS_CONFIG, BEGIN_ANEW.toMillis());
    settings.put(
        CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, CONNECTED.toMillis());
    if (!config.staticMember()) {
      settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MS_CONFIG, LEFT_ALONE.toMillis());
      settings.put(
          CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, LEFT_ALONE_AT_MOST.toMillis());
    }
    settings.putAll(config.kafka());
    // Other times here build on it.
    settings.put(CommonClientConfigs.REQUEST_TIMEOUT_MS_CONFIG, answerMillis(config));
    settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, config.bootstrapServers());
    return settings;
  }

  private static int answerMillis(RuntimeConfig config) {
    Duration answers = config.staticMember() ? OWN_BROKER_ANSWERS : BROKER_ANSWERS;
    return Math.toIntExact(answers.toMillis());
  }
}

package io.countess.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;

/**
 * Settings that all clients of Kafka have in common: where it is, and how long they wait for a
 * broker that hangs. Such a broker takes connections and does not answer.
 */
public final class KafkaClients {
  /** Where nobody else could be asked: a broker in this process, or one that is all there is. */
  private static final Duration ONLY_BROKER_ANSWERS = Duration.ofSeconds(10);

  /**
   * Then another broker is asked. If that is too short, a busy broker is asked in vain. So is one
   * that waits for a replica on a broker that hangs, which takes up to 3.5 s to be missed.
   */
  private static final Duration BROKER_ANSWERS = Duration.ofSeconds(4);

  /**
   * How long a broker is left alone that hung up or did not answer. The client asks others at once
   * for the next step, such as who coordinates its transactions now. After a shorter time each step
   * of a commit would wait for an answer of the broker that hangs.
   */
  private static final Duration LEFT_ALONE = Duration.ofSeconds(3);

  private static final Duration LEFT_ALONE_AT_MOST = Duration.ofSeconds(4);

  /** How old a client's knowledge of where partitions are gets. */
  private static final Duration LOOKED_UP = Duration.ofSeconds(1);

  /**
   * By then a client has heard from some broker where partitions are. Else it begins anew with the
   * servers that it was given, and forgets which of them did not answer.
   */
  private static final Duration BEGIN_ANEW = Duration.ofSeconds(10);

  private static final Duration CONNECTED = Duration.ofSeconds(3);

  private KafkaClients() {}

  /** The settings; most that the user has given for every client go before. */
  public static Map<String, Object> settings(RuntimeConfig config) {
    var settings = new HashMap<String, Object>();
    settings.put(
        CommonClientConfigs.METADATA_RECOVERY_REBOOTSTRAP_TRIGGER_MS_CONFIG, BEGIN_ANEW.toMillis());
    settings.put(
        CommonClientConfigs.SOCKET_CONNECTION_SETUP_TIMEOUT_MS_CONFIG, CONNECTED.toMillis());
    if (isReplicated(config)) {
      settings.put(CommonClientConfigs.METADATA_MAX_AGE_CONFIG, LOOKED_UP.toMillis());
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

  /** Whether other brokers take over from one that hangs. */
  static boolean isReplicated(RuntimeConfig config) {
    return !config.staticMember() && config.replication() > 1;
  }

  private static int answerMillis(RuntimeConfig config) {
    Duration answers = isReplicated(config) ? BROKER_ANSWERS : ONLY_BROKER_ANSWERS;
    return Math.toIntExact(answers.toMillis());
  }
}

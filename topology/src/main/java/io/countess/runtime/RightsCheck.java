package io.countess.runtime;

import org.apache.kafka.clients.admin.Admin;

/**
 * Looks at the start whether the cluster allows what will be needed later. Kafka Streams would
 * report a missing right as a thread that died, with stack traces, and try again.
 */
public final class RightsCheck {
  private RightsCheck() {}

  /**
   * Tries those rights that are not about topics of the log, which {@link LogTopics} looks at.
   *
   * @throws LogTopicsException where one is missing, saying which
   */
  public static void require(Admin admin, RuntimeConfig config, int partitions) {
    var cluster = new Cluster(admin, config);
    cluster.tryToLeave(config.applicationId());
    cluster.tryTransactions(config.applicationId() + "-rights");
    cluster.tryToCreate(cluster.rights().changelog(), partitions, config.replication());
  }
}

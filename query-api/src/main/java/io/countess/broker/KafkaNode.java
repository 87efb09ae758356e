package io.countess.broker;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.LockSupport;
import kafka.server.BrokerServer;
import kafka.server.ControllerServer;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import kafka.server.Server$;
import kafka.server.SharedServer;
import org.apache.kafka.common.errors.BrokerIdNotRegisteredException;
import org.apache.kafka.common.message.RequestHeaderData;
import org.apache.kafka.common.security.auth.KafkaPrincipal;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.controller.ControllerRequestContext;
import org.apache.kafka.raft.QuorumConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A broker and its controller in this process, put together as Kafka's own {@code KafkaRaftServer}
 * does, with sockets and fault handlers of ours. These are classes of Kafka's server and no public
 * API: the version is pinned, and the tests of this package fail where another one differs.
 */
final class KafkaNode {
  private static final Logger LOG = LoggerFactory.getLogger(KafkaNode.class);
  private static final Duration CONTROLLER_START = Duration.ofSeconds(60);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(2);

  private final ControllerServer controller;
  private final BrokerServer broker;

  private KafkaNode(Map<String, String> settings, Listeners listeners, Faults faults) {
    var config = new KafkaConfig(settings, false);
    var stored = KafkaRaftServer.initializeLogDirs(config, LOG, "");
    String clusterId = stored._1().clusterId().orElseThrow();
    Time wall = new WallTime();
    var shared =
        new SharedServer(
            config,
            stored._1(),
            wall,
            Server$.MODULE$.initializeMetrics(config, Time.SYSTEM, clusterId),
            CompletableFuture.completedFuture(
                QuorumConfig.parseVoterConnections(config.quorumConfig().voters())),
            List.of(),
            faults,
            listeners);
    broker = new BrokerServer(shared);
    controller = new ControllerServer(shared, KafkaRaftServer.configSchema(), stored._2());
  }

  /**
   * Starts a node, and returns once it serves clients: all its logs are read by then.
   *
   * @param leftClean whether the node that had its data before was stopped, and not killed
   * @throws BrokerStartException where it can't start; nothing of it is left running then
   */
  static KafkaNode start(
      Map<String, String> settings, Listeners listeners, Faults faults, boolean leftClean) {
    return KafkaCall.run(
        () -> {
          var node = new KafkaNode(settings, listeners, faults);
          node.start(leftClean);
          return node;
        },
        failed ->
            new BrokerStartException(
                "The embedded Kafka can't start: " + reason(failed) + ".", failed));
  }

  private static String reason(Throwable failed) {
    return failed.getMessage() == null ? failed.toString() : failed.getMessage();
  }

  private void start(boolean leftClean)
      throws ExecutionException, InterruptedException, TimeoutException {
    boolean started = false;
    try {
      controller.startup();
      // Also one that closed its logs well may not have got through to say that it goes.
      if (!leftClean || controller.metadataCache().hasAliveBroker(BrokerProperties.NODE_ID)) {
        forgetEarlierBroker();
      }
      broker.startup();
      started = true;
    } finally {
      if (!started) {
        stop(CONTROLLER_START);
      }
    }
  }

  /**
   * Tells the controller that the broker's earlier self is gone. After a kill it stands in the
   * metadata as alive, and its successor would be refused until that session has timed out. Only
   * for the one who holds the lock of the data directory, and so knows.
   */
  private void forgetEarlierBroker()
      throws ExecutionException, InterruptedException, TimeoutException {
    long deadline = System.nanoTime() + CONTROLLER_START.toNanos();
    while (!controller.controller().isActive() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(POLL_NANOS);
    }
    var context =
        new ControllerRequestContext(
            new RequestHeaderData(), KafkaPrincipal.ANONYMOUS, OptionalLong.empty());
    try {
      controller
          .controller()
          .unregisterBroker(context, BrokerProperties.NODE_ID)
          .get(CONTROLLER_START.toMillis(), TimeUnit.MILLISECONDS);
    } catch (ExecutionException failed) {
      if (!(failed.getCause() instanceof BrokerIdNotRegisteredException)) {
        throw failed;
      }
    }
  }

  /** Returns when the broker has stopped, for whatever reason. */
  void awaitStop() {
    broker.awaitShutdown();
  }

  /** Stops what was started. */
  void stop(Duration timeout) {
    broker.shutdown(timeout);
    controller.shutdown();
  }
}

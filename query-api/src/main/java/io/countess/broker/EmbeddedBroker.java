package io.countess.broker;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A single-node Kafka in this process.
 *
 * <p>A record that it has acknowledged survives the end of the process, however it ends, and a
 * power cut only where {@link BrokerConfig#flushEachWrite} is set. One process at a time has the
 * data directory. A process has one broker: where there are more, a failing disk is reported to the
 * one that was started last.
 */
public final class EmbeddedBroker implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedBroker.class);
  private static final Duration STOP = Duration.ofSeconds(20);

  private final DataDirectory data;
  private final Listeners listeners;
  private final Faults faults;
  private final KafkaNode node;
  private final AtomicBoolean closing = new AtomicBoolean();

  private EmbeddedBroker(DataDirectory data, Listeners listeners, Faults faults, KafkaNode node) {
    this.data = data;
    this.listeners = listeners;
    this.faults = faults;
    this.node = node;
  }

  /**
   * Starts a broker, on a new data directory or where an earlier one left off. Returns when it
   * serves clients; after a kill that is when it has read the last segments of each log again.
   *
   * @throws BrokerStartException where it can't start: nothing is left running then, and the same
   *     can be tried again
   */
  public static EmbeddedBroker start(BrokerConfig config) {
    DataDirectory data = DataDirectory.lock(config.data());
    try {
      Listeners listeners = Listeners.bind(config);
      try {
        data.requireSpace();
        data.formatIfNew();
        return start(config, data, listeners);
      } catch (BrokerStartException failed) {
        listeners.close();
        throw failed;
      }
    } catch (BrokerStartException failed) {
      data.close();
      throw failed;
    }
  }

  private static EmbeddedBroker start(
      BrokerConfig config, DataDirectory data, Listeners listeners) {
    var faults = new Faults();
    faults.insteadOfExiting(data);
    var settings = BrokerProperties.of(config, data.path(), listeners);
    var node = KafkaNode.start(settings, listeners, faults, data.wasLeftClean());
    var broker = new EmbeddedBroker(data, listeners, faults, node);
    daemon("countess-broker-watch", broker::watch);
    return broker;
  }

  private static void daemon(String name, Runnable task) {
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    thread.start();
  }

  /** What Kafka shuts down by itself, without a fault, is reported too. */
  private void watch() {
    node.awaitStop();
    if (!closing.get()) {
      faults.fatal("it has shut itself down, see the log", null);
    }
  }

  /** Where the clients of this process connect to, as {@code host:port}. */
  public String bootstrapServers() {
    return listeners.own().address();
  }

  /** Where other processes connect to, as {@code host:port}. */
  public String advertisedServers() {
    return listeners.advertised();
  }

  /**
   * Completes when the broker is no more: normally when it was closed, with a {@link
   * BrokerDiedException} when it died, for example of a full disk. It does not come back then; the
   * process should say why and end.
   */
  public CompletableFuture<Void> died() {
    return faults.died().copy();
  }

  /** Stops the broker, in 20 s at most, and releases the lock of its data directory. */
  @Override
  public void close() {
    if (!closing.compareAndSet(false, true)) {
      return;
    }
    var stopped =
        CompletableFuture.runAsync(this::stop, task -> daemon("countess-broker-stop", task));
    try {
      stopped.get(STOP.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException late) {
      LOG.error("The embedded Kafka has not stopped within {} s.", STOP.toSeconds());
    } catch (ExecutionException failed) {
      LOG.error("The embedded Kafka has not stopped as it should.", failed.getCause());
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
    faults.died().complete(null);
  }

  /** What has not stopped may still write: only what has gives the directory away. */
  private void stop() {
    node.stop(STOP);
    data.close();
  }
}

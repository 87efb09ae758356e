package io.countess.topology;

import java.util.function.Consumer;
import org.apache.kafka.common.header.Headers;

/**
 * Appends records to partitions of the log, outside of the transactions of the topology. Inside
 * them they would hold up every reader of those partitions until the commit. For one thread.
 */
public interface Forwarder extends AutoCloseable {
  /** A record on its way to another partition. */
  record Outgoing(int partition, byte[] key, byte[] value, long atMillis, Headers headers) {}

  /** Starts to append a record; records for one partition arrive in this order, or not at all. */
  void send(Outgoing record);

  /**
   * Starts to append a record that nobody misses: where it does not arrive, nothing fails.
   *
   * @param failed is told of that, on any thread
   */
  void offer(Outgoing record, Consumer<Exception> failed);

  /**
   * Waits until all records that were sent have arrived; for those offered it may or may not wait.
   *
   * @throws ForwardingException where one has not: then nothing may be committed
   */
  void flush();

  /** Drops what has not arrived yet; bounded in time. */
  @Override
  void close();

  /** Makes a forwarder for the thread that asks. */
  interface Factory {
    Forwarder create();
  }

  /** A record could not be forwarded. The thread is replaced, and folds from the last commit. */
  final class ForwardingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ForwardingException(Throwable cause) {
      super("a record could not be forwarded to its partition", cause);
    }
  }
}

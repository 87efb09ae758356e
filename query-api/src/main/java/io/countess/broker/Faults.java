package io.countess.broker;

import java.util.concurrent.CompletableFuture;
import kafka.server.FaultHandlerFactory;
import org.apache.kafka.common.utils.Exit;
import org.apache.kafka.server.fault.FaultHandler;
import org.apache.kafka.server.fault.FaultHandlerException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where Kafka says that it can't go on. By itself it would then end the process; here it is the
 * process that decides: {@link #died} fails.
 */
final class Faults implements FaultHandlerFactory {
  private static final Logger LOG = LoggerFactory.getLogger(Faults.class);

  private final CompletableFuture<Void> died = new CompletableFuture<>();

  CompletableFuture<Void> died() {
    return died;
  }

  /**
   * Takes the place of the end of the process, which Kafka calls when the disk fails. There is one
   * such place for a whole process, and the broker that was started last has it.
   */
  void insteadOfExiting(DataDirectory data) {
    Exit.setExitProcedure((status, message) -> exit(data, message));
    Exit.setHaltProcedure((status, message) -> exit(data, message));
  }

  private void exit(DataDirectory data, String message) {
    String why = data.isFull() ? data.fullMessage() : "its disk failed, see the log";
    fatal(message == null || data.isFull() ? why : message, null);
  }

  void fatal(String message, Throwable cause) {
    var end = new BrokerDiedException("The embedded Kafka has died: " + message + ".", cause);
    if (!died.isDone()) {
      // First, so that what the process ends with is the last that it says.
      LOG.error(end.getMessage(), cause);
    }
    died.completeExceptionally(end);
  }

  @Override
  public FaultHandler build(String name, boolean fatal, Runnable action) {
    return (message, cause) -> {
      action.run();
      if (fatal) {
        fatal(name + ": " + message, cause);
      } else {
        LOG.error("The embedded Kafka, {}: {}.", name, message, cause);
      }
      return new FaultHandlerException(name + ": " + message, cause);
    };
  }
}

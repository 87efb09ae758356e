package io.countess.broker;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
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
  private final Supplier<Optional<OpenFiles>> openFiles;

  Faults() {
    this(OpenFiles::now);
  }

  /**
   * @param openFiles those of this process, where that is known
   */
  Faults(Supplier<Optional<OpenFiles>> openFiles) {
    this.openFiles = openFiles;
  }

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
    String unknown = message == null ? filesOrDisk() : message;
    fatal(data.trouble().orElse(unknown), null);
  }

  /** To Kafka a file that can't be opened is a disk that fails. */
  private String filesOrDisk() {
    return openFiles
        .get()
        .filter(OpenFiles::areShort)
        .map(OpenFiles::shortage)
        .orElse("its disk failed, see the log");
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

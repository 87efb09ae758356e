package io.countess.cli.deadletters;

import java.util.Optional;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;

/**
 * The log refuses a record for what it is. Of several that are sent together it may be another one:
 * a broker refuses a batch as a whole.
 */
final class RefusedRecordException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private RefusedRecordException(Throwable cause) {
    super(cause.getMessage(), cause);
  }

  /**
   * What tells more of why records failed: that one was refused. The others of its batch fail, too,
   * with reasons that say nothing.
   */
  static RuntimeException worse(Optional<RuntimeException> known, Throwable reason) {
    boolean refused =
        reason instanceof InvalidTimestampException
            || reason instanceof InvalidRecordException
            || reason instanceof RecordTooLargeException;
    if (known.isPresent() && (!refused || known.get() instanceof RefusedRecordException)) {
      return known.get();
    } else if (refused) {
      return new RefusedRecordException(reason);
    }
    return reason instanceof KafkaException it ? it : new KafkaException(reason);
  }

  boolean isOfItsTime() {
    return getCause() instanceof InvalidTimestampException;
  }
}

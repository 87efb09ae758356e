package io.countess.query;

import java.util.List;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.AuthorizationException;
import org.apache.kafka.common.errors.InvalidRequiredAcksException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.InvalidTopicException;
import org.apache.kafka.common.errors.PolicyViolationException;
import org.apache.kafka.common.errors.RecordBatchTooLargeException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnsupportedByAuthenticationException;
import org.apache.kafka.common.errors.UnsupportedCompressionTypeException;
import org.apache.kafka.common.errors.UnsupportedForMessageFormatException;
import org.apache.kafka.common.errors.UnsupportedVersionException;

/**
 * Whether a failure says for certain that a record is not in the log: a broker looks at all of
 * these before it appends anything, and a producer does not send again after them. What it does
 * send again is no refusal, since an earlier attempt may have come through: too few replicas, a
 * topic that is not known yet, whatever the disk says.
 */
enum Refusal {
  /** For its time. */
  TIME,
  /** For its size. */
  SIZE,
  /** For something that is no fault of the record. */
  OTHER,
  /** It may be there. */
  NONE;

  private static final List<Class<? extends Exception>> OTHERS =
      List.of(
          AuthorizationException.class,
          InvalidRecordException.class,
          InvalidRequiredAcksException.class,
          InvalidTopicException.class,
          PolicyViolationException.class,
          SerializationException.class,
          UnsupportedByAuthenticationException.class,
          UnsupportedCompressionTypeException.class,
          UnsupportedForMessageFormatException.class,
          UnsupportedVersionException.class);

  static Refusal of(Exception problem) {
    if (problem instanceof InvalidTimestampException) {
      return TIME;
    }
    if (problem instanceof RecordTooLargeException
        || problem instanceof RecordBatchTooLargeException) {
      return SIZE;
    }
    return OTHERS.stream().anyMatch(other -> other.isInstance(problem)) ? OTHER : NONE;
  }
}

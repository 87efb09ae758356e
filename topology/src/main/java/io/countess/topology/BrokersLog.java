package io.countess.topology;

import io.countess.fold.FoldedLog;
import io.countess.state.LogId;
import org.apache.kafka.common.Uuid;

/** The log of the brokers, as a fold asks for it. */
record BrokersLog(SourceLog log, int partitions) implements FoldedLog {
  @Override
  public LogId id() {
    return id(log);
  }

  /** The id of a log, as state keeps it. */
  static LogId id(SourceLog log) {
    Uuid id = log.id();
    return new LogId(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  @Override
  public long endOffset(int partition) {
    return log.endOffset(partition);
  }
}

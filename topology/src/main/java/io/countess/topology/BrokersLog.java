package io.countess.topology;

import io.countess.fold.FoldedLog;
import io.countess.state.LogId;
import org.apache.kafka.common.Uuid;

/** The log of the brokers, as a fold asks for it. */
record BrokersLog(SourceLog log) implements FoldedLog {
  @Override
  public LogId id() {
    Uuid id = log.id();
    return new LogId(id.getMostSignificantBits(), id.getLeastSignificantBits());
  }

  @Override
  public long endOffset(int partition) {
    return log.endOffset(partition);
  }
}

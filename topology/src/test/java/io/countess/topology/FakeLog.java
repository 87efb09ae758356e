package io.countess.topology;

import org.apache.kafka.common.Uuid;

/** A log that ends where a test says. */
record FakeLog(Uuid id, long end) implements SourceLog {
  /** One in which nothing is yet. */
  static final FakeLog EMPTY = new FakeLog(new Uuid(1, 1), 0);

  /** One that goes on and on. */
  static final FakeLog ENDLESS = new FakeLog(new Uuid(1, 1), Long.MAX_VALUE);

  @Override
  public long endOffset(int partition) {
    return end;
  }
}

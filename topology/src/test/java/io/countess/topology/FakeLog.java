package io.countess.topology;

import org.apache.kafka.common.Uuid;

/** A log whose partition 0 begins and ends where a test says; the others go on and on. */
record FakeLog(Uuid id, long beginning, long end, long stateFrom) implements SourceLog {
  /** One in which nothing is yet. */
  static final FakeLog EMPTY = new FakeLog(new Uuid(1, 1), 0);

  /** One that goes on and on. */
  static final FakeLog ENDLESS = new FakeLog(new Uuid(1, 1), Long.MAX_VALUE);

  /** One that has lost nothing. */
  FakeLog(Uuid id, long end) {
    this(id, 0, end);
  }

  FakeLog(Uuid id, long beginning, long end) {
    this(id, beginning, end, 0);
  }

  /** The same, whose changelog begins there. */
  FakeLog withStateFrom(long offset) {
    return new FakeLog(id, beginning, end, offset);
  }

  @Override
  public long endOffset(int partition) {
    return partition == 0 ? end : Long.MAX_VALUE;
  }

  @Override
  public long beginningOffset(int partition) {
    return beginning;
  }

  @Override
  public long beginningOfState(String changelog, int partition) {
    return stateFrom;
  }
}

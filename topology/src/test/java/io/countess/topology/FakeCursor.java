package io.countess.topology;

import java.util.OptionalLong;

/** A cursor that a test looks at, over a log in which what it says is no record. */
final class FakeCursor implements LogCursor {
  OptionalLong committed = OptionalLong.empty();
  long position = -1;
  private long gapTo;

  FakeCursor() {}

  FakeCursor(OptionalLong committed) {
    this.committed = committed;
  }

  /** From here on only an offset from this one on is that of a record. */
  void gapTo(long offset) {
    gapTo = offset;
  }

  @Override
  public OptionalLong committed(int partition) {
    return committed;
  }

  @Override
  public void moveTo(int partition, long offset) {
    position = offset;
  }

  @Override
  public long afterGap(int partition, long from) {
    return Math.max(from, gapTo);
  }

  @Override
  public void leave(int partition) {}
}

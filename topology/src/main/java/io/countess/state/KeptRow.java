package io.countess.state;

import io.countess.count.KeptWindows;
import io.countess.count.VarInput;
import io.countess.count.VarOutput;

/**
 * The windows of a counter that have ended and are kept.
 *
 * @param epoch of the namespace in which they were counted
 * @param armedSeconds the low 32 bits of the second when the expiry index will look at this row
 */
record KeptRow(long epoch, int armedSeconds, KeptWindows windows) {
  private static final int VERSION = 1;

  /** Stands for a row that is removed with the next flush. */
  static final KeptRow REMOVED = new KeptRow(-1, 0, KeptWindows.NONE);

  byte[] encode() {
    var out = new VarOutput(24 + 8 * windows.all().size()).writeByte(VERSION).write(epoch);
    windows.write(out.write(Integer.toUnsignedLong(armedSeconds)));
    return out.toBytes();
  }

  static KeptRow decode(byte[] value) {
    var in = new VarInput(value);
    int version = in.readByte();
    if (version != VERSION) {
      throw new IllegalStateException("kept windows of the unknown version " + version);
    }
    return new KeptRow(in.read(), (int) in.read(), KeptWindows.read(in));
  }
}

package io.countess.state;

import io.countess.count.Drain;
import io.countess.count.ExpiringState;
import io.countess.count.LeakyState;
import io.countess.count.State;
import io.countess.count.TotalState;

/**
 * Rows of counters as bytes: a byte of version and kind, the epoch, when it is armed, the last
 * instant, then what the kind needs. Ends stand as differences to the one before.
 */
final class RowCodec {
  private static final int EXPIRING = 0x11;
  private static final int LEAKY = 0x12;
  private static final int TOTAL = 0x13;

  private RowCodec() {}

  static byte[] encode(Row row) {
    State state = row.state();
    var out = new VarOutput(48);
    out.writeByte(kind(state)).write(row.epoch()).write(Integer.toUnsignedLong(row.armedSeconds));
    out.write(state.atMillis());
    if (state instanceof ExpiringState expiring) {
      writeEnds(expiring, out);
    } else if (state instanceof LeakyState leaky) {
      out.write(leaky.level());
      out.write(leaky.drain().unitsPerMilli()).write(leaky.drain().unitsPerOne());
    } else if (state instanceof TotalState total) {
      out.writeSigned(total.value());
    }
    return out.toBytes();
  }

  static Row decode(byte[] storeKey, int hash, byte[] value) {
    var in = new VarInput(value);
    int kind = in.readByte();
    var row = new Row(storeKey, hash, in.read());
    row.armedSeconds = (int) in.read();
    long at = in.read();
    State state =
        switch (kind) {
          case EXPIRING -> ExpiringState.of(at, readEnds(in, at));
          case LEAKY -> new LeakyState(at, in.read(), new Drain(in.read(), in.read()));
          case TOTAL -> new TotalState(at, in.readSigned());
          default ->
              throw new IllegalStateException("a row of the unknown version or kind " + kind);
        };
    row.set(state, row.epoch());
    return row;
  }

  private static int kind(State state) {
    if (state instanceof ExpiringState) {
      return EXPIRING;
    }
    return state instanceof LeakyState ? LEAKY : TOTAL;
  }

  private static void writeEnds(ExpiringState state, VarOutput out) {
    out.write(state.size());
    long[] last = {state.atMillis()};
    state.forEachEnd(
        (end, n) -> {
          out.write(end - last[0]).write(n);
          last[0] = end;
        });
  }

  private static long[] readEnds(VarInput in, long at) {
    long[] pairs = new long[2 * (int) in.read()];
    long last = at;
    for (int i = 0; i < pairs.length; i += 2) {
      last += in.read();
      pairs[i] = last;
      pairs[i + 1] = in.read();
    }
    return pairs;
  }
}

package io.countess.state;

import io.countess.count.Drain;
import io.countess.count.ExpiringState;
import io.countess.count.GaugeState;
import io.countess.count.LeakyState;
import io.countess.count.State;
import io.countess.count.TotalState;
import io.countess.count.WindowState;

/**
 * Rows of counters as bytes: a byte of version and kind, the epoch, when it is armed, the last
 * instant, then what the kind needs. Instants that belong together stand as differences, and the
 * bytes of a fraction backwards, as round numbers have zeros at their end.
 */
final class RowCodec {
  private static final int EXPIRING = 0x11;
  private static final int LEAKY = 0x12;
  private static final int TOTAL = 0x13;
  private static final int WINDOW = 0x14;
  private static final int GAUGE = 0x15;
  private static final int LEAKY_WITH_GAPS = 0x16;

  private RowCodec() {}

  static byte[] encode(Row row) {
    State state = row.state();
    var out = new VarOutput(48);
    out.writeByte(kind(state)).write(row.epoch()).write(Integer.toUnsignedLong(row.armedSeconds));
    out.write(state.atMillis());
    writeState(state, out);
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
          case LEAKY_WITH_GAPS ->
              new LeakyState(at, in.read(), new Drain(in.read(), in.read()), in.read());
          case WINDOW -> readWindow(in, at);
          case TOTAL -> new TotalState(at, in.readSigned());
          case GAUGE -> new GaugeState(at, Double.longBitsToDouble(Long.reverseBytes(in.read())));
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
    if (state instanceof LeakyState leaky) {
      return leaky.gaps() == 0 ? LEAKY : LEAKY_WITH_GAPS;
    }
    if (state instanceof TotalState) {
      return TOTAL;
    }
    return state instanceof WindowState ? WINDOW : GAUGE;
  }

  private static void writeState(State state, VarOutput out) {
    if (state instanceof ExpiringState expiring) {
      writeEnds(expiring, out);
    } else if (state instanceof LeakyState leaky) {
      out.write(leaky.level());
      out.write(leaky.drain().unitsPerMilli()).write(leaky.drain().unitsPerOne());
      if (leaky.gaps() != 0) {
        out.write(leaky.gaps());
      }
    } else if (state instanceof TotalState total) {
      out.writeSigned(total.value());
    } else if (state instanceof WindowState window) {
      out.write(window.atMillis() - window.startMillis());
      out.write(window.endMillis() - window.atMillis()).writeSigned(window.n());
    } else if (state instanceof GaugeState gauge) {
      out.write(Long.reverseBytes(Double.doubleToRawLongBits(gauge.value())));
    }
  }

  private static State readWindow(VarInput in, long at) {
    return new WindowState(at, at - in.read(), at + in.read(), in.readSigned());
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

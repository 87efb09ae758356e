package io.countess.state;

import io.countess.count.State;
import io.countess.count.StateForm;
import io.countess.count.VarInput;
import io.countess.count.VarOutput;

/**
 * Rows of counters as bytes: a byte of version and kind, the epoch, when it is armed, the last
 * instant, then what the kind needs.
 */
final class RowCodec {
  private RowCodec() {}

  static byte[] encode(Row row) {
    State state = row.state();
    var out = new VarOutput(48);
    out.writeByte(state.form().code()).write(row.epoch());
    out.write(Integer.toUnsignedLong(row.armedSeconds)).write(state.atMillis());
    state.write(out);
    return out.toBytes();
  }

  static Row decode(byte[] storeKey, int hash, byte[] value) {
    var in = new VarInput(value);
    StateForm form = StateForm.of(in.readByte());
    var row = new Row(storeKey, hash, in.read());
    row.armedSeconds = (int) in.read();
    row.set(form.read(in.read(), in), row.epoch());
    return row;
  }
}

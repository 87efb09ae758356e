package io.countess.state;

import io.countess.count.Added;
import io.countess.count.ExpiringState;
import io.countess.count.IdCount;
import io.countess.count.VarInput;
import io.countess.count.VarOutput;
import io.countess.event.codec.DecisionCodec;
import java.util.ArrayList;
import java.util.List;

/**
 * Rows of ids as bytes: a byte of version and kind, then what the kind needs. A decision stands as
 * JSON, as it was answered.
 */
final class IdCodec {
  private static final int REMEMBERED = 0x11;
  private static final int LEDGER = 0x12;
  private static final int REMEMBERED_ELSEWHERE = 0x13;
  private static final int REMEMBERED_BATCH = 0x14;

  private IdCodec() {}

  static byte[] encode(IdRow row) {
    var out = new VarOutput(160);
    if (row instanceof DedupeEntry event) {
      write(event, out.writeByte(event.isBatch() ? REMEMBERED_BATCH : REMEMBERED));
    } else if (row instanceof DedupePointer there) {
      write(there, out.writeByte(REMEMBERED_ELSEWHERE));
    } else if (row instanceof IdLedger ledger) {
      write(ledger, out.writeByte(LEDGER));
    } else {
      throw new IllegalStateException("no row form for " + row);
    }
    return out.toBytes();
  }

  static IdRow decode(byte[] value) {
    var in = new VarInput(value);
    int kind = in.readByte();
    return switch (kind) {
      case REMEMBERED -> readEntry(in);
      case REMEMBERED_BATCH -> readEntry(in).asBatch();
      case LEDGER -> readLedger(in);
      case REMEMBERED_ELSEWHERE -> new DedupePointer(in.readBlock(), in.read(), in.read());
      default ->
          throw new IllegalStateException("a row of ids of the unknown version or kind " + kind);
    };
  }

  private static void write(DedupeEntry event, VarOutput out) {
    out.writeSigned(event.content()).write(event.endMillis()).write(event.offset());
    out.write(DecisionCodec.encode(event.decision()));
    out.write(event.parts().size());
    for (DedupeEntry.Part part : event.parts()) {
      out.write(part.recordKey()).write(part.epoch());
      part.added().write(out.writeByte(part.added().form().code()));
    }
  }

  private static DedupeEntry readEntry(VarInput in) {
    long content = in.readSigned();
    long end = in.read();
    long offset = in.read();
    var decision = DecisionCodec.decode(in.readBlock());
    int count = (int) in.read();
    List<DedupeEntry.Part> parts = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      parts.add(
          new DedupeEntry.Part(in.readBlock(), in.read(), Added.Form.of(in.readByte()).read(in)));
    }
    return new DedupeEntry(content, end, offset, decision, parts);
  }

  private static void write(DedupePointer there, VarOutput out) {
    out.write(there.recordKey()).write(there.endMillis()).write(there.offset());
  }

  private static void write(IdLedger ledger, VarOutput out) {
    out.writeSigned(ledger.voidedAt()).write(Integer.toUnsignedLong(ledger.armedSeconds()));
    ExpiringState ends = ledger.count().ends();
    out.write(ends == null ? 0 : ends.size());
    if (ends != null) {
      out.write(ends.atMillis());
      ends.forEachEnd((end, n) -> out.write(end).write(n));
    }
  }

  private static IdLedger readLedger(VarInput in) {
    long voidedAt = in.readSigned();
    int armed = (int) in.read();
    int size = (int) in.read();
    if (size == 0) {
      return new IdLedger(IdCount.NONE, voidedAt, armed);
    }
    long at = in.read();
    long[] pairs = new long[2 * size];
    for (int i = 0; i < pairs.length; i++) {
      pairs[i] = in.read();
    }
    return new IdLedger(new IdCount(ExpiringState.of(at, pairs)), voidedAt, armed);
  }
}

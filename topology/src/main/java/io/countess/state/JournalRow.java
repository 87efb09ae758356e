package io.countess.state;

import io.countess.answer.JournalPage;
import io.countess.answer.JournalPage.Op;
import io.countess.answer.JournalPlace;
import io.countess.count.VarInput;
import io.countess.count.VarOutput;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * An entry of a counter's journal, but for its place, which its key tells.
 *
 * @param endAge when it is gone, as {@link Checkpoint#ageAt} tells time
 * @param atMillis the instant of the decision
 * @param before the number before it; empty where there was none
 * @param after the number after it
 */
public record JournalRow(
    long endAge,
    long atMillis,
    Op op,
    Optional<BigDecimal> before,
    Optional<BigDecimal> after,
    Optional<String> id,
    Optional<String> note) {
  private static final int VERSION = 1;
  private static final Op[] OPS = Op.values();
  private static final int BEFORE = 1;
  private static final int AFTER = 2;
  private static final int ID = 4;
  private static final int NOTE = 8;

  /** The entry at a place. */
  JournalPage.Entry at(JournalPlace place) {
    return new JournalPage.Entry(place, atMillis, op, before, after, id, note);
  }

  byte[] encode() {
    var out = new VarOutput(48).writeByte(VERSION).writeByte(op.ordinal());
    out.writeByte(
        (before.isPresent() ? BEFORE : 0)
            | (after.isPresent() ? AFTER : 0)
            | (id.isPresent() ? ID : 0)
            | (note.isPresent() ? NOTE : 0));
    out.write(endAge).writeSigned(atMillis - endAge);
    before.ifPresent(number -> write(number, out));
    after.ifPresent(number -> write(number, out));
    id.ifPresent(text -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    note.ifPresent(text -> out.write(text.getBytes(StandardCharsets.UTF_8)));
    return out.toBytes();
  }

  static JournalRow decode(byte[] value) {
    var in = begin(value);
    Op op = OPS[in.readByte()];
    int there = in.readByte();
    long end = in.read();
    long at = end + in.readSigned();
    return new JournalRow(
        end,
        at,
        op,
        (there & BEFORE) == 0 ? Optional.empty() : Optional.of(number(in)),
        (there & AFTER) == 0 ? Optional.empty() : Optional.of(number(in)),
        (there & ID) == 0 ? Optional.empty() : Optional.of(text(in)),
        (there & NOTE) == 0 ? Optional.empty() : Optional.of(text(in)));
  }

  /** Only when it is gone. */
  static long endOf(byte[] value) {
    var in = begin(value);
    in.readByte();
    in.readByte();
    return in.read();
  }

  private static VarInput begin(byte[] value) {
    var in = new VarInput(value);
    int version = in.readByte();
    if (version != VERSION) {
      throw new IllegalStateException("a journal of the unknown version " + version);
    }
    return in;
  }

  /** Of a gauge the digits are few, and the point may stand far off. */
  private static void write(BigDecimal number, VarOutput out) {
    out.writeSigned(number.scale()).write(number.unscaledValue().toByteArray());
  }

  private static BigDecimal number(VarInput in) {
    int scale = (int) in.readSigned();
    return new BigDecimal(new BigInteger(in.readBlock()), scale);
  }

  private static String text(VarInput in) {
    return new String(in.readBlock(), StandardCharsets.UTF_8);
  }
}

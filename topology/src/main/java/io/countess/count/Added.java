package io.countess.count;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.WindowSpan;
import java.nio.ByteBuffer;
import java.util.Optional;

/** What an accepted put added to its counter: enough to take back later what is left of it. */
public sealed interface Added {
  /** The form that this is written in. */
  Form form();

  /** Writes what has to be known beside the form. */
  void write(VarOutput out);

  /** How it stands in rows: each form that a version has ever written, by its byte. */
  enum Form {
    ENDING(1, Ending::read),
    SUMMED(2, Summed::read),
    POURED(3, Poured::read),
    REAL(4, Real::read),
    SEVERAL(5, Several::read),
    IN_ENDED_WINDOW(6, InEndedWindow::read),
    TO_VALUE(7, ToValue::read);

    private static final Form[] ALL = values();

    private final int code;
    private final Reader reader;

    Form(int code, Reader reader) {
      this.code = code;
      this.reader = reader;
    }

    private interface Reader {
      Added read(VarInput in);
    }

    /** The form with a byte. */
    public static Form of(int code) {
      for (Form form : ALL) {
        if (form.code == code) {
          return form;
        }
      }
      throw new IllegalStateException("something added of the unknown kind " + code);
    }

    /** The byte that stands for it. */
    public int code() {
      return code;
    }

    /** Reads what {@link Added#write} wrote. */
    public Added read(VarInput in) {
      return reader.read(in);
    }
  }

  /** An amount that ends, in an expiring counter or a window. */
  record Ending(long endMillis, long n) implements Added {
    @Override
    public Form form() {
      return Form.ENDING;
    }

    @Override
    public void write(VarOutput out) {
      out.write(endMillis).writeSigned(n);
    }

    private static Added read(VarInput in) {
      return new Ending(in.read(), in.readSigned());
    }
  }

  /** An amount in a total. */
  record Summed(long n) implements Added {
    @Override
    public Form form() {
      return Form.SUMMED;
    }

    @Override
    public void write(VarOutput out) {
      out.writeSigned(n);
    }

    private static Added read(VarInput in) {
      return new Summed(in.readSigned());
    }
  }

  /**
   * An amount in a leaky bucket, on top of what was in it.
   *
   * @param atMillis when it was poured in
   * @param levelBefore what has to drain before it does, in the units of {@code drain}
   * @param amount what was poured in, in the same units; above 0
   */
  record Poured(long atMillis, long levelBefore, long amount, Drain drain) implements Added {
    @Override
    public Form form() {
      return Form.POURED;
    }

    @Override
    public void write(VarOutput out) {
      out.write(atMillis).write(levelBefore).write(amount);
      drain.write(out);
    }

    private static Added read(VarInput in) {
      return new Poured(in.read(), in.read(), in.read(), Drain.read(in));
    }
  }

  /** An amount in a gauge. */
  record Real(double n) implements Added {
    @Override
    public Form form() {
      return Form.REAL;
    }

    @Override
    public void write(VarOutput out) {
      out.write(ByteBuffer.allocate(Double.BYTES).putDouble(n).array());
    }

    private static Added read(VarInput in) {
      return new Real(ByteBuffer.wrap(in.readBlock()).getDouble());
    }
  }

  /**
   * An amount under several limits.
   *
   * @param each what it added under each of them, in their order; null where nothing is left of it
   */
  record Several(Added[] each) implements Added {
    private static final int NOTHING = 0;

    @Override
    public Form form() {
      return Form.SEVERAL;
    }

    /** What it added under a limit, or null. */
    Added at(int limit) {
      return limit < each.length ? each[limit] : null;
    }

    @Override
    public void write(VarOutput out) {
      out.write(each.length);
      for (Added one : each) {
        if (one == null) {
          out.writeByte(NOTHING);
        } else {
          one.write(out.writeByte(one.form().code()));
        }
      }
    }

    private static Added read(VarInput in) {
      var each = new Added[(int) in.read()];
      for (int i = 0; i < each.length; i++) {
        int code = in.readByte();
        each[i] = code == NOTHING ? null : Form.of(code).read(in);
      }
      return new Several(each);
    }
  }

  /** An amount in a window that had ended already. */
  record InEndedWindow(WindowSpan span, long n) implements Added {
    @Override
    public Form form() {
      return Form.IN_ENDED_WINDOW;
    }

    @Override
    public void write(VarOutput out) {
      out.writeSigned(span.startMillis()).writeSigned(span.endMillis()).writeSigned(n);
    }

    private static Added read(VarInput in) {
      return new InEndedWindow(new WindowSpan(in.readSigned(), in.readSigned()), in.readSigned());
    }
  }

  /**
   * An amount in a value.
   *
   * @param sinceMillis when the value came to be
   */
  record ToValue(long n, long sinceMillis) implements Added {
    @Override
    public Form form() {
      return Form.TO_VALUE;
    }

    @Override
    public void write(VarOutput out) {
      out.writeSigned(n).write(sinceMillis);
    }

    private static Added read(VarInput in) {
      return new ToValue(in.readSigned(), in.read());
    }
  }

  /** What an event added that led to {@code folded}; empty where that was nothing. */
  static Optional<Added> of(Event event, Folded folded) {
    boolean accepted = folded.decision().outcome() == Outcome.ACCEPTED;
    if (!accepted || !(event instanceof Event.Put put) || put.n().real() == 0) {
      return Optional.empty();
    }
    Optional<WindowSpan> ended = folded.decision().details().window();
    return ended.isPresent()
        ? Optional.of(new InEndedWindow(ended.get(), put.n().whole()))
        : Optional.of(folded.added(put.n()));
  }
}

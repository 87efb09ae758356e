package io.countess.count;

/**
 * How states stand in rows: each form that a version has ever written, by its byte, since a later
 * one must read it. Instants that belong together stand as differences, and the bytes of a fraction
 * backwards, as round numbers have zeros at their end.
 */
public enum StateForm {
  EXPIRING(0x11, ExpiringState::read),
  LEAKY(0x12, LeakyState::read),
  TOTAL(0x13, TotalState::read),
  WINDOW(0x14, WindowState::read),
  GAUGE(0x15, GaugeState::read),
  LEAKY_WITH_GAPS(0x16, LeakyState::readWithGaps),
  LIMITS(0x17, LimitsState::read),
  VALUE(0x18, ValueState::read);

  private static final StateForm[] ALL = values();

  private final int code;
  private final Reader reader;

  StateForm(int code, Reader reader) {
    this.code = code;
    this.reader = reader;
  }

  private interface Reader {
    State read(long atMillis, VarInput in);
  }

  /** The form with a byte. */
  public static StateForm of(int code) {
    for (StateForm form : ALL) {
      if (form.code == code) {
        return form;
      }
    }
    throw new IllegalStateException("a row of the unknown version or kind " + code);
  }

  /** The byte that stands for it. */
  public int code() {
    return code;
  }

  /** Reads what {@link State#write} wrote. */
  public State read(long atMillis, VarInput in) {
    return reader.read(atMillis, in);
  }
}

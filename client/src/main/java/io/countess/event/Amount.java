package io.countess.event;

/**
 * How much is put or set: a whole number of 64 bits, or a real one of double precision. Only gauges
 * take real ones. So {@code 2} and {@code 2.0} differ.
 */
public sealed interface Amount {
  /** A whole number; a small one is the same object each time. */
  static Amount of(long n) {
    boolean isSmall = n >= Whole.LEAST_SMALL && n < Whole.LEAST_SMALL + Whole.SMALL.length;
    return isSmall ? Whole.SMALL[(int) (n - Whole.LEAST_SMALL)] : new Whole(n);
  }

  /** A real number, also where it has no fraction. */
  static Amount of(double n) {
    return new Real(n);
  }

  boolean isWhole();

  /**
   * The whole number that it is.
   *
   * @throws IllegalStateException where it is a real one
   */
  long whole();

  /** The number, rounded to the nearest double where a whole one does not fit. */
  double real();

  /**
   * The same, if it is finite.
   *
   * @param field the name of the field, for the message
   * @throws InvalidInputException where it is not
   */
  default Amount requireFinite(String field) {
    return this;
  }

  /** A whole number. */
  record Whole(long whole) implements Amount {
    private static final int LEAST_SMALL = -128;
    private static final Whole[] SMALL = small();

    @Override
    public boolean isWhole() {
      return true;
    }

    @Override
    public double real() {
      return whole;
    }

    @Override
    public String toString() {
      return Long.toString(whole);
    }

    private static Whole[] small() {
      var small = new Whole[1024 - LEAST_SMALL];
      for (int i = 0; i < small.length; i++) {
        small[i] = new Whole(LEAST_SMALL + i);
      }
      return small;
    }
  }

  /** A real number. */
  record Real(double real) implements Amount {
    @Override
    public boolean isWhole() {
      return false;
    }

    @Override
    public long whole() {
      throw new IllegalStateException(real + " is no whole number");
    }

    @Override
    public Amount requireFinite(String field) {
      if (!Double.isFinite(real)) {
        throw new InvalidInputException(field, "is " + real + "; it must be a finite number");
      }
      return this;
    }

    @Override
    public String toString() {
      return Double.toString(real);
    }
  }
}

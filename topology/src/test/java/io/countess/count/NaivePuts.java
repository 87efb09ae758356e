package io.countess.count;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongUnaryOperator;

/** Keeps what is left of every put, and when that ends. */
final class NaivePuts {
  private final List<Long> ends = new ArrayList<>();
  private final List<Long> lefts = new ArrayList<>();
  private final LongUnaryOperator end;

  /**
   * @param end of a put that happens at an instant
   */
  NaivePuts(LongUnaryOperator end) {
    this.end = end;
  }

  void put(long n, long atMillis) {
    ends.add(end.applyAsLong(atMillis));
    lefts.add(n);
  }

  int size() {
    return lefts.size();
  }

  long left(int index, long atMillis) {
    return ends.get(index) > atMillis ? lefts.get(index) : 0;
  }

  void take(int index, long n) {
    lefts.set(index, lefts.get(index) - n);
  }

  long countAt(long atMillis) {
    long count = 0;
    for (int i = 0; i < size(); i++) {
      count += left(i, atMillis);
    }
    return count;
  }
}

package io.countess.cli.deadletters;

import io.countess.event.InvalidInputException;
import io.countess.event.Position;

/** Where a letter stands among the dead letters. */
record LetterId(int partition, long offset) {
  static LetterId parse(String text) {
    var offsets = Position.parse(text).offsets();
    if (offsets.size() != 1) {
      throw new InvalidInputException("ID", "is '" + text + "'; it must look like 0@17");
    }
    return new LetterId(offsets.firstKey(), offsets.get(offsets.firstKey()));
  }

  @Override
  public String toString() {
    return partition + "@" + offset;
  }
}

package io.countess.http;

import io.countess.event.codec.Names;
import io.countess.query.Count;

/** Answers as JSON. */
final class AnswerJson {
  private AnswerJson() {}

  /**
   * {@code namespace}, {@code key}, {@code count}, {@code at}, {@code limit}, {@code remaining}.
   */
  static JsonText.Fields count(Count count) {
    return out -> {
      Names.write("namespace", count.counter().namespace(), out);
      Names.write("key", count.counter().key(), out);
      out.writeNumberField("count", count.count());
      out.writeNumberField("at", count.atMillis());
      if (count.limit().isPresent()) {
        out.writeNumberField("limit", count.limit().getAsLong());
        out.writeNumberField("remaining", count.remaining().getAsLong());
      }
    };
  }
}

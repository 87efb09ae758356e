package io.countess.client;

import java.util.Arrays;

/**
 * Some lines of a load.
 *
 * @param bytes whole lines; the last one may lack its end
 * @param before how many lines stand before them
 */
record LoadPart(byte[] bytes, long before) {
  static final LoadPart NONE = new LoadPart(new byte[0], 0);

  /**
   * What the ids of a load's lines are made of: the number of the block, of so many lines, and that
   * of the line in it. So ids do not depend on how a load was cut into parts.
   */
  static final int BLOCK_LINES = 250_000;

  /** How many lines stand before the block that these are in. */
  long beforeBlock() {
    return before - before % BLOCK_LINES;
  }

  /** The number of the first line in its block. */
  long firstLine() {
    return before - beforeBlock() + 1;
  }

  boolean isEmpty() {
    return bytes.length == 0;
  }

  /** What is left after so many lines that are not blank. */
  LoadPart after(long lines) {
    int at = 0;
    long left = lines;
    long passed = 0;
    while (left > 0 && at < bytes.length) {
      int end = lineEnd(at);
      left -= isBlank(at, end) ? 0 : 1;
      passed++;
      at = Math.min(bytes.length, end + 1);
    }
    return new LoadPart(Arrays.copyOfRange(bytes, at, bytes.length), before + passed);
  }

  private int lineEnd(int from) {
    int at = from;
    while (at < bytes.length && bytes[at] != '\n') {
      at++;
    }
    return at;
  }

  private boolean isBlank(int from, int to) {
    int at = from;
    while (at < to && (bytes[at] == ' ' || bytes[at] == '\t' || bytes[at] == '\r')) {
      at++;
    }
    return at == to;
  }
}

package io.countess.door.dracula;

import io.countess.door.dracula.KeyPattern.NoPatternException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Bounds what counted repetitions make of an expression: {@code ((a{100}){100}){100}} is a million
 * steps in nineteen characters. Go takes up to 1000 for those within each other, which RE2/J does
 * not look at. What is no expression at all is left to RE2/J.
 */
final class RepeatBound {
  /** Of repetitions within each other. */
  private static final long MAX_REPEATS = 1000;

  /** Steps of the whole. */
  private static final long MAX_STEPS = 20_000;

  private final String expression;
  private final Deque<Group> open = new ArrayDeque<>();
  private Group group = new Group();
  private int at;

  private RepeatBound(String expression) {
    this.expression = expression;
  }

  /** What has been read of a group: its steps without those of the last part, and the last part. */
  private static final class Group {
    private long steps = 1;
    private long mostRepeats = 1;
    private long lastSteps;
    private long lastRepeats = 1;

    void add(long partSteps, long partRepeats) {
      steps += lastSteps;
      mostRepeats = Math.max(mostRepeats, lastRepeats);
      lastSteps = partSteps;
      lastRepeats = partRepeats;
    }
  }

  /**
   * Checks an expression.
   *
   * @throws NoPatternException where it is too much
   */
  static void check(String expression) throws NoPatternException {
    var bound = new RepeatBound(expression);
    bound.read();
    while (!bound.open.isEmpty()) {
      bound.close();
    }
    bound.group.add(0, 1);
    if (bound.group.steps > MAX_STEPS) {
      throw new NoPatternException(KeyPattern.error("expression too large", expression));
    }
  }

  private void read() throws NoPatternException {
    while (at < expression.length()) {
      char next = expression.charAt(at);
      switch (next) {
        case '\\' -> escape();
        case '[' -> set();
        case '(' -> {
          open.push(group);
          group = new Group();
          at++;
        }
        case ')' -> {
          close();
          at++;
        }
        case '{' -> repeat();
        default -> {
          group.add(1, 1);
          at++;
        }
      }
    }
  }

  private void close() {
    if (!open.isEmpty()) {
      Group closed = group;
      closed.add(0, 1);
      group = open.pop();
      group.add(closed.steps + 1, closed.mostRepeats);
    }
  }

  /** One character, a class that may have braces after it, or all up to {@code \E}. */
  private void escape() {
    if (expression.startsWith("\\Q", at)) {
      int end = expression.indexOf("\\E", at);
      int stop = end < 0 ? expression.length() : end;
      for (int i = at + 2; i < stop; i++) {
        group.add(1, 1);
      }
      at = end < 0 ? stop : end + 2;
      return;
    }
    boolean hasBraces =
        expression.startsWith("{", at + 2) && "pPx".indexOf(expression.charAt(at + 1)) >= 0;
    int end = hasBraces ? expression.indexOf('}', at) : -1;
    at = end < 0 ? at + 2 : end + 1;
    group.add(1, 1);
  }

  private void set() {
    int i = at + 1;
    i += expression.startsWith("^", i) ? 1 : 0;
    i += expression.startsWith("]", i) ? 1 : 0;
    while (i < expression.length() && expression.charAt(i) != ']') {
      boolean named = expression.startsWith("[:", i) && expression.indexOf(":]", i) > 0;
      i = named ? expression.indexOf(":]", i) + 2 : i + (expression.charAt(i) == '\\' ? 2 : 1);
    }
    at = i + 1;
    group.add(1, 1);
  }

  private void repeat() throws NoPatternException {
    int end = at + 1;
    while (end < expression.length() && isOfCount(expression.charAt(end))) {
      end++;
    }
    boolean isCount = end < expression.length() && expression.charAt(end) == '}' && end - at > 1;
    if (!isCount) {
      group.add(1, 1);
      at++;
      return;
    }
    String count = expression.substring(at, end + 1);
    long times = Math.max(1, largest(count));
    group.lastSteps *= times;
    group.lastRepeats *= times;
    if (group.lastRepeats > MAX_REPEATS) {
      throw new NoPatternException(KeyPattern.error("invalid repeat count", count));
    }
    at = end + 1;
  }

  private static boolean isOfCount(char c) {
    return c >= '0' && c <= '9' || c == ',';
  }

  private static long largest(String count) {
    long largest = 0;
    for (String number : count.substring(1, count.length() - 1).split(",", -1)) {
      if (!number.isEmpty()) {
        largest = Math.max(largest, number.length() > 4 ? MAX_REPEATS + 1 : Long.parseLong(number));
      }
    }
    return largest;
  }
}

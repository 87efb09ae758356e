package io.countess.door.dracula;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import io.countess.event.ByteString;

/**
 * Which keys are asked for: an RE2 expression in which each {@code *} stands for anything or
 * nothing, and which may match anywhere in a key. RE2 takes time in proportion to expression times
 * key, and {@link RepeatBound} bounds the expression.
 */
final class KeyPattern {
  private static final String ANYTHING = "(^|$|.+)";

  private final Pattern pattern;

  private KeyPattern(Pattern pattern) {
    this.pattern = pattern;
  }

  /** No expression; the message says why, in Go's words. */
  static final class NoPatternException extends Exception {
    private static final long serialVersionUID = 1L;

    NoPatternException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * Reads one; the empty one matches every key.
   *
   * @throws NoPatternException where it is none
   */
  static KeyPattern of(ByteString text) throws NoPatternException {
    String expression = GoText.decode(text).replace("*", ANYTHING);
    if (text.text().isEmpty()) {
      throw new NoPatternException(error("invalid UTF-8", expression));
    }
    try {
      RepeatBound.check(expression);
      return new KeyPattern(Pattern.compile(expression));
    } catch (PatternSyntaxException invalid) {
      throw new NoPatternException(message(invalid, expression));
    } catch (StackOverflowError tooDeep) {
      throw new NoPatternException(error("expression nests too deeply", expression));
    }
  }

  boolean matches(ByteString key) {
    return pattern.matcher(GoText.decode(key)).find();
  }

  /** RE2/J has the words of Go but for a bracket that closes nothing. */
  private static String message(PatternSyntaxException invalid, String expression) {
    return invalid.getMessage().contains("stack underflow")
        ? error("unexpected )", expression)
        : invalid.getMessage();
  }

  static String error(String what, String where) {
    return "error parsing regexp: " + what + ": `" + where + "`";
  }
}

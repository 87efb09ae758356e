package io.countess.event;

import java.nio.charset.StandardCharsets;

/** Input that breaks a rule of the wire contract. The message names the field and the rule. */
public final class InvalidInputException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private static final int MAX_FIELD_CHARS = 64;
  private static final int MAX_RULE_CHARS = 400;

  private final String field;
  private final String rule;

  /**
   * @param field the name of the offending field, for example {@code ttl}
   * @param rule what is wrong and what would be right, as the rest of a sentence that starts with
   *     the field
   */
  public InvalidInputException(String field, String rule) {
    super(printable(field, MAX_FIELD_CHARS) + " " + printable(rule, MAX_RULE_CHARS));
    this.field = printable(field, MAX_FIELD_CHARS);
    this.rule = printable(rule, MAX_RULE_CHARS);
  }

  public String field() {
    return field;
  }

  /** The rule that it breaks, as the rest of a sentence that starts with the field. */
  public String rule() {
    return rule;
  }

  /** The same of a field that is within another one. */
  public InvalidInputException within(String outer) {
    return new InvalidInputException(outer + "." + field, rule);
  }

  /**
   * Both may quote what came from outside: that can be long, hold halves of pairs, and what nobody
   * sees.
   */
  private static String printable(String text, int max) {
    String shown = text;
    if (text.length() > max) {
      int head = max / 2;
      shown = text.substring(0, head) + "…" + text.substring(text.length() - (max - head - 1));
    }
    String whole = new String(shown.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    return Visible.of(whole);
  }
}

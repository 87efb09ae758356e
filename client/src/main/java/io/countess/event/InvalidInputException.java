package io.countess.event;

/** Input that breaks a rule of the wire contract. The message names the field and the rule. */
public final class InvalidInputException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String field;

  /**
   * @param field the name of the offending field, for example {@code ttl}
   * @param rule what is wrong and what would be right, as the rest of a sentence that starts with
   *     the field
   */
  public InvalidInputException(String field, String rule) {
    super(field + " " + rule);
    this.field = field;
  }

  /** The offending field. */
  public String field() {
    return field;
  }
}

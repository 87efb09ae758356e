package io.countess.cli.deadletters;

/** A letter can't be put back as it is, for a reason that lies in the letter. */
final class UnfitLetterException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  UnfitLetterException(String message) {
    super(message);
  }
}

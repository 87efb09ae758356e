package io.countess.fold;

/** Why a forwarded record was passed over. */
public enum Skipped {
  /** It has been folded before. */
  REPEAT,

  /** It was forwarded in another log, from which this one was copied. */
  FOREIGN,

  /** One before it is missing, and will be repeated with it. */
  GAP
}

package io.countess.topology;

/** Why a forwarded record was passed over. */
public enum Skipped {
  /** It has been folded before. */
  REPEAT,

  /** One before it is missing, and will be repeated with it. */
  GAP
}

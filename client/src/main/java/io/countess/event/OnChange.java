package io.countess.event;

/** What becomes of the live counters of a namespace when its policy changes. */
public enum OnChange {
  /** They keep what they have counted; the new policy is for later puts. */
  KEEP,
  /** They start again, at once. */
  RESET
}

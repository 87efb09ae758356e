package io.countess.state;

/** The id of a log: of two topics that follow each other under one name, each has its own. */
public record LogId(long high, long low) {
  /** Stands for the id of a log that has told none. */
  public static final LogId UNKNOWN = new LogId(0, 0);
}

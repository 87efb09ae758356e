package io.countess.cli.console;

/** How commands end, for scripts. */
public final class ExitCode {
  /** All went well. */
  public static final int OK = 0;

  /** The server said no, or not all lines were taken. */
  public static final int FAILED = 1;

  /** The command line, or a value on it, is wrong; nothing was done. */
  public static final int USAGE = 2;

  /** A limit refused a put, or a claim was refused or late, and nothing was changed. */
  public static final int REFUSED = 3;

  /** The id was used for something else, or the policy is of another version; nothing changed. */
  public static final int CONFLICT = 5;

  /** The server can't be reached, is not ready, or did not answer in time. */
  public static final int NO_ANSWER = 4;

  /** It stopped without Kafka's answer: what was folded last is not committed, and not lost. */
  public static final int UNCOMMITTED = 6;

  /** A bug. */
  public static final int INTERNAL = 70;

  private ExitCode() {}
}

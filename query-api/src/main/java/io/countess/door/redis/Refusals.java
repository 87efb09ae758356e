package io.countess.door.redis;

import io.countess.door.DoorOutcome;

/** What is told where a request is not let in, and where its command does not know a word of it. */
final class Refusals {
  static final Told NO_AUTH = Told.error(DoorOutcome.FORBIDDEN, "NOAUTH Authentication required.");

  static final Told STOPPING =
      Told.error(DoorOutcome.UNAVAILABLE, "TRYAGAIN nothing was done: the server is stopping");

  static final Told OVERLOADED =
      Told.error(
          DoorOutcome.UNAVAILABLE,
          "TRYAGAIN nothing was done: the server is overloaded, as too many requests are under way");

  static final Told STOPPED =
      Told.error(DoorOutcome.UNAVAILABLE, "TRYAGAIN the server stopped before it could answer");

  static final Told STOPPED_UNKNOWN =
      Told.error(
          DoorOutcome.UNKNOWN,
          "ERR it may have been done, or not: the server stopped before it knew");

  static final Told SYNTAX = Told.invalid("ERR syntax error");
  static final Told NO_WHOLE = Told.invalid("ERR value is not an integer or out of range");

  /** How much of what was sent an error gives back. */
  private static final int MOST_SHOWN = 128;

  private Refusals() {}

  static Told arity(String name) {
    return Told.invalid("ERR wrong number of arguments for '" + name + "' command");
  }

  static Told unknownCommand(Args args) {
    var shown = new StringBuilder();
    for (int i = 1; i < args.size() && shown.length() < MOST_SHOWN; i++) {
      int most = MOST_SHOWN - shown.length();
      shown.append('\'').append(cut(args.text(i), most)).append("' ");
    }
    return Told.invalidBytes(
        "ERR unknown command '%s', with args beginning with: %s"
            .formatted(cut(args.text(0), MOST_SHOWN), shown));
  }

  /** That a command with subcommands does not know this one. */
  static Told unknownSubcommand(String command, Args args) {
    return Told.invalidBytes(
        "ERR unknown subcommand '%s'. Try %s HELP."
            .formatted(cut(args.text(1), MOST_SHOWN), command));
  }

  /** What C would print: up to the first NUL. */
  private static String cut(String text, int most) {
    int nul = text.indexOf('\0');
    return text.substring(0, Math.min(most, nul < 0 ? text.length() : nul));
  }
}

package io.countess.door.line;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.query.Response;
import java.util.Locale;

/** What the line door says of each outcome. */
final class LineReplies {
  static final Response.Cases<String> OF_COMMANDS = new OfCommands();
  static final Answer.Cases<Count, String> OF_COUNTS = new OfCounts();

  private LineReplies() {}

  private static final class OfCommands implements Response.Cases<String> {
    @Override
    public String decided(Response.Decided it) {
      String outcome = it.decision().outcome().name().toLowerCase(Locale.ROOT);
      return "OK " + outcome + " " + it.decision().count().orElse(0);
    }

    @Override
    public String logged(Response.Logged it) {
      return "OK logged " + it.position();
    }

    @Override
    public String invalid(Response.Invalid it) {
      return "ERR " + it.field() + " " + it.rule();
    }

    @Override
    public String notSent(Response.NotSent it) {
      return "ERR " + it.reason();
    }

    @Override
    public String elsewhere(Response.Elsewhere it) {
      return "ERR ask " + it.owner();
    }

    @Override
    public String unconfirmed(Response.Unconfirmed it) {
      return "ERR not confirmed by " + it.partitions();
    }

    @Override
    public String fateUnknown(Response.FateUnknown it) {
      return "ERR perhaps: " + it.reason();
    }

    @Override
    public String forbidden(Response.Forbidden it) {
      return "ERR " + it.denial().sentence();
    }
  }

  private static final class OfCounts implements Answer.Cases<Count, String> {
    @Override
    public String found(Answer.Found<Count> it) {
      return "OK " + it.value().count();
    }

    @Override
    public String invalid(Answer.Invalid<Count> it) {
      return "ERR " + it.field() + " " + it.rule();
    }

    @Override
    public String notReady(Answer.NotReady<Count> it) {
      return "ERR " + it.reason();
    }

    @Override
    public String elsewhere(Answer.Elsewhere<Count> it) {
      return "ERR ask " + it.owner();
    }

    @Override
    public String behind(Answer.Behind<Count> it) {
      return "ERR only at " + it.has();
    }

    @Override
    public String forbidden(Answer.Forbidden<Count> it) {
      return "ERR " + it.denial().sentence();
    }
  }
}

package io.countess.cli.counters;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.answer.Peek;
import io.countess.answer.codec.CountJson;
import io.countess.answer.codec.FoundJson;
import io.countess.answer.codec.PeekJson;
import io.countess.cli.console.ExitCode;
import io.countess.cli.console.Output;
import io.countess.cli.console.Output.Column;
import io.countess.cli.console.Session;
import io.countess.event.Decision.GaugeValue;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Shows counts, and what puts would lead to. */
final class CountOutput {
  private static final OptionalLong NEVER = OptionalLong.empty();

  private final Output output;
  private final DecisionMessages messages;

  CountOutput(Session session) {
    this.output = session.output();
    this.messages = new DecisionMessages(session.terminal());
  }

  /** Shows a count. */
  void show(Answer.Found<Count> found) {
    output.line(json -> FoundJson.write(found, CountJson::write, json), count(found.value()));
    messages.tellBehind(found.coverage());
  }

  /** Shows what a put would lead to, and gives the exit code. */
  int showPeek(Answer.Found<Peek> found) {
    Peek peek = found.value();
    Count count = peek.count();
    output.columns(
        Column.text("WOULD", 10),
        Column.number("COUNT"),
        Column.number("LIMIT"),
        Column.number("REMAINING"));
    var limit = count.gauge().map(GaugeValue::limit).orElse(OptionalDouble.empty());
    var remaining = count.gauge().map(GaugeValue::remaining).orElse(OptionalDouble.empty());
    output.row(
        json -> FoundJson.write(found, PeekJson::write, json),
        peek.wouldAccept() ? "accept" : "refuse",
        count(count),
        DecisionMessages.number(count.limit(), limit),
        DecisionMessages.number(count.remaining(), remaining));
    messages.tellBehind(found.coverage());
    if (!peek.wouldAccept()) {
      messages.tell("would be refused", peek.reason(), peek.retryAfterMillis());
      return ExitCode.REFUSED;
    }
    if (peek.reason().isPresent()) {
      messages.tell("would be accepted only because the policy observes", peek.reason(), NEVER);
    }
    return ExitCode.OK;
  }

  private static String count(Count count) {
    if (count.held().isPresent()) {
      return count.held().get().number().toPlainString();
    }
    var gauge = count.gauge().map(it -> OptionalDouble.of(it.value()));
    return DecisionMessages.number(
        OptionalLong.of(count.count()), gauge.orElse(OptionalDouble.empty()));
  }
}

package io.countess.door.tenants;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.answer.JournalPage;
import io.countess.answer.JournalPlace;
import io.countess.event.Batch;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Held;
import io.countess.event.HeldChange;
import io.countess.event.InvalidInputException;
import io.countess.event.Outcome;
import io.countess.event.Write;
import io.countess.query.JournalOf;
import io.countess.query.Question;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/**
 * Changes counters, and tells their history.
 *
 * <p>An operation with a key of the request is one record for two counters: that of the tenant's
 * operations, and the one that is meant. The key is the record's id, which both remember. So a key
 * that was used for another counter of the tenant is noticed, and what is refused burns no key.
 */
final class Operations {
  private static final ApiReply REUSED =
      ApiReply.error(
          409, "IDEMPOTENCY_KEY_REUSED", "Idempotency key was reused with different request data");
  private static final ApiReply TOO_MUCH =
      ApiReply.error(400, "DELTA_EXCEEDS_MAXIMUM", "Delta exceeds maximum allowed value");
  private static final String TOO_FAR = "Increment would exceed the counter value range";
  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);

  private final Ports ports;
  private final Counters counters;
  private final Meters meters;

  Operations(Ports ports, Counters counters, Meters meters) {
    this.ports = ports;
    this.counters = counters;
    this.meters = meters;
  }

  /**
   * What is to be changed.
   *
   * @param id as it stands in the path, for the answer
   * @param key of the request
   */
  record Target(CounterName counter, String id, Optional<String> key, Signature by) {}

  CompletionStage<ApiReply> increment(Target target, long delta) {
    var add = new Write.Add(BigDecimal.valueOf(delta), Optional.empty(), Optional.of(MOST), false);
    return Asking.found(
        counters.find(target.counter()),
        ApiReply.NO_COUNTER,
        counter ->
            delta > counter.maxDelta()
                ? TOO_MUCH.now()
                : change(target, Write.of(add), Note.INCREMENT));
  }

  /** A change of more than 64 bits has no place in an answer. */
  CompletionStage<ApiReply> set(Target target, long value) {
    var replace = Write.of(new Write.Replace(value));
    return Asking.found(
        counters.find(target.counter()),
        ApiReply.NO_COUNTER,
        counter ->
            Asking.then(
                ports.ask(
                    new Question.CountOf(target.counter(), OptionalLong.empty()),
                    count -> fits(count.held(), value)),
                fits ->
                    fits
                        ? change(target, replace, Note.SET)
                        : overflow("Counter value change exceeds the supported range").now()));
  }

  private static boolean fits(Optional<Held> held, long value) {
    BigDecimal before = held.map(Held::number).orElse(BigDecimal.ZERO);
    BigDecimal delta = BigDecimal.valueOf(value).subtract(before);
    return delta.compareTo(LEAST) >= 0 && delta.compareTo(MOST) <= 0;
  }

  private static ApiReply overflow(String message) {
    return ApiReply.error(400, "COUNTER_OVERFLOW", message);
  }

  private CompletionStage<ApiReply> change(Target target, Write write, String kind) {
    String operation = target.key().orElseGet(GoUuid::random);
    var parts = new ArrayList<Batch.Part>();
    if (target.key().isPresent()) {
      parts.add(new Batch.Part(ports.names().operations(target.by().tenant()), Event.Put.of(1)));
    }
    parts.add(new Batch.Part(target.counter(), write));
    var batch =
        new Batch(parts, true, target.key(), Optional.of(target.by().note(kind, operation)));
    return Asking.reply(
        ports.submit(parts.get(0).counter(), batch),
        decision -> changed(decision, target.id(), operation));
  }

  private ApiReply changed(Decision decision, String counter, String operation) {
    if (decision.outcome() == Outcome.CONFLICT) {
      meters.event("idempotency_conflict");
    } else if (decision.details().replayed()) {
      meters.event("idempotency_replay");
    }
    return switch (decision.outcome()) {
      case ACCEPTED -> mutation(decision, counter, operation);
      case CONFLICT -> REUSED;
      case REFUSED -> overflow(TOO_FAR);
      case IMPOSSIBLE -> notAdded(decision);
      default -> ApiReply.undecided(decision);
    };
  }

  /** Others may have given it a number to which none of 64 bits is added. */
  private static ApiReply notAdded(Decision decision) {
    return held(decision)
        .map(Held::number)
        .filter(number -> number.stripTrailingZeros().scale() > 0)
        .map(
            number ->
                ApiReply.error(
                    400,
                    "INVALID_PARAMETER",
                    "Counter value is %s, which is no whole number; set it to one first"
                        .formatted(number.toPlainString())))
        .orElseGet(() -> overflow(TOO_FAR));
  }

  /** What the counter of an operation held before; the counter is the last part. */
  private static Optional<Held> held(Decision decision) {
    List<Decision.Part> parts = decision.details().parts();
    return parts.isEmpty()
        ? Optional.empty()
        : parts.get(parts.size() - 1).decision().details().value().flatMap(HeldChange::before);
  }

  private static ApiReply mutation(Decision decision, String counter, String operation) {
    List<Decision.Part> parts = decision.details().parts();
    Decision last = parts.get(parts.size() - 1).decision();
    HeldChange change = last.details().value().orElseThrow();
    long after = Counters.whole(change.after().map(Held::number));
    long delta = Counters.delta(Counters.whole(change.before().map(Held::number)), after);
    return ApiReply.json(
        200,
        out -> {
          out.writeStringField("operation_id", operation);
          out.writeStringField("counter_id", counter);
          if (delta != 0) {
            out.writeNumberField("delta", delta);
          }
          out.writeNumberField("value", after);
          out.writeBooleanField("replayed", decision.details().replayed());
          out.writeStringField("updated_at", GoTime.format(last.atMillis()));
        });
  }

  /** What was done to a counter, the newest first. */
  CompletionStage<ApiReply> list(CounterName name, String id, int limit, Optional<String> cursor) {
    Optional<JournalPlace> before = cursor.map(Cursors::operation).map(Operations::place);
    return Asking.found(
        counters.find(name),
        ApiReply.NO_COUNTER,
        counter ->
            Asking.reply(
                ports.ask(new JournalOf(name, before, limit), page -> page),
                page -> page(page, id)));
  }

  private static JournalPlace place(String text) {
    try {
      return JournalPlace.parse("cursor", text);
    } catch (InvalidInputException malformed) {
      throw ApiException.cursor("cursor is malformed");
    }
  }

  private static ApiReply page(JournalPage page, String counter) {
    return ApiReply.json(
        200,
        out -> {
          out.writeArrayFieldStart("operations");
          for (JournalPage.Entry entry : page.entries()) {
            write(out, entry, counter);
          }
          out.writeEndArray();
          out.writeStringField("next_cursor", next(page));
        });
  }

  private static String next(JournalPage page) {
    if (page.next().isEmpty() || page.entries().isEmpty()) {
      return null;
    }
    JournalPage.Entry last = page.entries().get(page.entries().size() - 1);
    String place = page.next().get().toString();
    return Cursors.ofOperation(Note.of(last).operation(), last.atMillis(), place);
  }

  private static void write(JsonGenerator out, JournalPage.Entry entry, String counter)
      throws IOException {
    Note note = Note.of(entry);
    long before = Counters.whole(entry.before());
    long after = Counters.whole(entry.after());
    out.writeStartObject();
    out.writeStringField("operation_id", note.operation());
    out.writeStringField("counter_id", counter);
    out.writeStringField("kind", note.kind());
    out.writeNumberField("delta", Counters.delta(before, after));
    out.writeNumberField("value_before", before);
    out.writeNumberField("value_after", after);
    if (!note.actor().isEmpty()) {
      out.writeStringField("actor_id", note.actor());
    }
    out.writeObjectFieldStart("metadata");
    if (!note.request().isEmpty()) {
      out.writeStringField("request_id", note.request());
    }
    out.writeEndObject();
    out.writeStringField("created_at", GoTime.format(entry.atMillis()));
    out.writeStringField("completed_at", GoTime.format(entry.atMillis()));
    out.writeEndObject();
  }
}

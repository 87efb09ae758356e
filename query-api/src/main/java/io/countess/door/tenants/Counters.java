package io.countess.door.tenants;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.answer.Count;
import io.countess.answer.CounterPolicyPage;
import io.countess.answer.JournalPage;
import io.countess.door.Told;
import io.countess.event.Batch;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Held;
import io.countess.query.JournalOf;
import io.countess.query.PolicyQuestion;
import io.countess.query.Question;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Makes counters, finds and lists them. */
final class Counters {
  private static final ApiReply EXISTS =
      ApiReply.error(
          409, "COUNTER_LABEL_EXISTS", "A counter with this label already exists for this tenant");

  private static final BigDecimal MOST = BigDecimal.valueOf(Long.MAX_VALUE);
  private static final BigDecimal LEAST = BigDecimal.valueOf(Long.MIN_VALUE);

  private final Ports ports;
  private final Ready ready;
  private final Tenants tenants;

  Counters(Ports ports, Ready ready, Tenants tenants) {
    this.ports = ports;
    this.ready = ready;
    this.tenants = tenants;
  }

  /** Makes one of a tenant that is there, with its first operation. */
  CompletionStage<ApiReply> create(String tenant, JsonBody body, Signature by) {
    long now = System.currentTimeMillis();
    var counter = Counter.wanted(body, now);
    long initial = body.whole("initial_value").orElse(0);
    String id = GoUuid.inOrder(now);
    return Asking.found(
        tenants.find(tenant),
        ApiReply.NO_TENANT,
        found ->
            Asking.reply(
                ports.submit(
                    ports.names().counterLabel(tenant, counter.label()),
                    creation(ports.names().counter(tenant, id), counter, initial, by)),
                decision -> created(decision, tenant, id, counter, initial)));
  }

  private Batch creation(CounterName name, Counter counter, long initial, Signature by) {
    var put = Event.Put.of(initial).bringing(counter.onTerms(ready.ofCounters()));
    var label = ports.names().counterLabel(by.tenant(), counter.label());
    return new Batch(
        List.of(new Batch.Part(label, Tenants.ONLY_ONCE), new Batch.Part(name, put)),
        true,
        Optional.empty(),
        Optional.of(by.note(Note.INITIAL, GoUuid.random())));
  }

  private static ApiReply created(
      Decision decision, String tenant, String id, Counter counter, long initial) {
    return switch (decision.outcome()) {
      case ACCEPTED ->
          ApiReply.json(
              201,
              out ->
                  counter.write(
                      out, tenant, id, new Counter.Standing(initial, counter.createdMillis())));
      case REFUSED -> EXISTS;
      default -> ApiReply.undecided(decision);
    };
  }

  /** A counter, where there is one. */
  CompletionStage<Told<Optional<Counter>>> find(CounterName name) {
    return ports.ask(
        Description.question(name), policy -> Description.of(policy).map(Counter::read));
  }

  CompletionStage<ApiReply> read(String tenant, String id) {
    CounterName name = ports.names().counter(tenant, id);
    return Asking.found(
        find(name),
        ApiReply.NO_COUNTER,
        counter ->
            Asking.reply(
                standing(name, counter),
                standing -> ApiReply.json(200, out -> counter.write(out, tenant, id, standing))));
  }

  /** The last operation says since when. */
  private CompletionStage<Told<Counter.Standing>> standing(CounterName name, Counter counter) {
    return ports
        .ask(new Question.CountOf(name, OptionalLong.empty()), Counters::value)
        .thenCombine(
            ports.ask(new JournalOf(name, Optional.empty(), 1), JournalPage::entries),
            (value, entries) ->
                value.value().isEmpty()
                    ? value.map(none -> null)
                    : entries.map(
                        last -> new Counter.Standing(value.value().get(), updated(counter, last))));
  }

  private static long updated(Counter counter, List<JournalPage.Entry> last) {
    return last.isEmpty() || Note.of(last.get(0)).kind().equals(Note.INITIAL)
        ? counter.createdMillis()
        : last.get(0).atMillis();
  }

  /** What a counter counts: what holds nothing counts 0. */
  private static long value(Count count) {
    return whole(count.held().map(Held::number));
  }

  /**
   * A number of a counter as clients can read it: somebody else may have given it a fraction, or
   * more than 64 bits.
   */
  static long whole(Optional<BigDecimal> number) {
    return number.map(it -> it.max(LEAST).min(MOST).longValue()).orElse(0L);
  }

  /** What a change made of a number, as far as 64 bits can tell it. */
  static long delta(long before, long after) {
    return whole(Optional.of(BigDecimal.valueOf(after).subtract(BigDecimal.valueOf(before))));
  }

  /** The counters of a tenant, as they were made. */
  CompletionStage<ApiReply> list(String tenant, int limit, Optional<String> cursor) {
    String prefix = ports.names().counters(tenant);
    var after = ByteString.utf8(prefix + cursor.map(Cursors::counter).orElse(""));
    var question =
        new PolicyQuestion.CounterPoliciesOf(
            ports.names().namespace(), Optional.of(after), limit + 1);
    return Asking.then(
        ports.ask(question, page -> Listed.of(page, prefix)),
        listed -> list(tenant, listed, limit));
  }

  /** One of a list. */
  private record Listed(String id, Counter counter) {
    static List<Listed> of(CounterPolicyPage page, String prefix) {
      var all = new ArrayList<Listed>();
      for (CounterPolicyPage.Entry entry : page.policies()) {
        String key = entry.key().text().orElse("");
        if (!key.startsWith(prefix)) {
          break;
        }
        entry
            .change()
            .policy()
            .flatMap(Description::of)
            .ifPresent(
                body -> all.add(new Listed(key.substring(prefix.length()), Counter.read(body))));
      }
      return all;
    }

    void write(JsonGenerator out, String tenant, Counter.Standing standing) throws IOException {
      out.writeStartObject();
      counter.write(out, tenant, id, standing);
      out.writeEndObject();
    }
  }

  private CompletionStage<ApiReply> list(String tenant, List<Listed> found, int limit) {
    List<Listed> shown = found.subList(0, Math.min(limit, found.size()));
    CompletionStage<Told<List<Counter.Standing>>> all = Told.of(List.<Counter.Standing>of()).now();
    for (Listed one : shown) {
      all =
          all.thenCombine(
              standing(ports.names().counter(tenant, one.id()), one.counter()), Counters::and);
    }
    return Asking.reply(all, standings -> page(tenant, shown, standings, found.size() > limit));
  }

  private static Told<List<Counter.Standing>> and(
      Told<List<Counter.Standing>> some, Told<Counter.Standing> one) {
    if (some.value().isEmpty()) {
      return some;
    }
    var more = new ArrayList<>(some.value().get());
    return one.map(
        standing -> {
          more.add(standing);
          return more;
        });
  }

  private static ApiReply page(
      String tenant, List<Listed> shown, List<Counter.Standing> standings, boolean isMore) {
    return ApiReply.json(
        200,
        out -> {
          out.writeArrayFieldStart("counters");
          for (int i = 0; i < shown.size(); i++) {
            shown.get(i).write(out, tenant, standings.get(i));
          }
          out.writeEndArray();
          Listed last = isMore ? shown.get(shown.size() - 1) : null;
          out.writeStringField(
              "next_cursor",
              last == null ? null : Cursors.ofCounter(last.id(), last.counter().createdMillis()));
        });
  }
}

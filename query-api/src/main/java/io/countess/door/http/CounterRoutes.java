package io.countess.door.http;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.answer.CountedWindow;
import io.countess.answer.JournalPlace;
import io.countess.answer.Peek;
import io.countess.door.Floor;
import io.countess.event.CounterName;
import io.countess.event.InvalidInputException;
import io.countess.event.codec.EventBody;
import io.countess.query.JournalOf;
import io.countess.query.Question;
import io.countess.query.WindowQuestion;
import java.io.IOException;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Counts, windows, the journal, puts, sets, writes, resets and releases of one counter, named in
 * the path or byte by byte.
 */
final class CounterRoutes {
  private static final String IN_PATH = "/v1/namespaces/{ns}/keys/{key}";
  private static final String RELEASE = IN_PATH + "/release";
  private static final String WRITE = IN_PATH + "/write";
  private static final String IN_BASE64 = "/v1/counter";
  private static final String RELEASE_IN_BASE64 = "/v1/counter/release";
  private static final String WRITE_IN_BASE64 = "/v1/counter/write";

  private static final String[] NAMES = {"nsBase64", "keyBase64"};
  private static final String[] READING = {"at", "n", "window", "timeout"};
  private static final String[] WRITING = {"ack", "timeout"};

  private static final int DEFAULT_PAGE = 100;

  private final Floor floor;

  CounterRoutes(Floor floor) {
    this.floor = floor;
  }

  List<Route> routes() {
    Stream<Route> quick = Stream.concat(inPath(), inBase64()).map(Route::quick);
    return Stream.concat(quick, lists()).toList();
  }

  private Stream<Route> inPath() {
    return Stream.of(
        Route.get(IN_PATH, call -> count(call, call.counter()), READING),
        Route.post(IN_PATH, call -> change("put", call, call.counter()), WRITING),
        Route.put(IN_PATH, call -> change("set", call, call.counter()), WRITING),
        Route.delete(IN_PATH, call -> reset(call, call.counter()), WRITING),
        Route.post(WRITE, call -> change("write", call, call.counter()), WRITING),
        Route.post(RELEASE, call -> change("release", call, call.counter()), WRITING));
  }

  private Stream<Route> inBase64() {
    String[] reading = Route.with(NAMES, READING);
    String[] writing = Route.with(NAMES, WRITING);
    return Stream.of(
        Route.get(IN_BASE64, call -> count(call, call.counterInBase64()), reading),
        Route.post(IN_BASE64, call -> change("put", call, call.counterInBase64()), writing),
        Route.put(IN_BASE64, call -> change("set", call, call.counterInBase64()), writing),
        Route.delete(IN_BASE64, call -> reset(call, call.counterInBase64()), writing),
        Route.post(WRITE_IN_BASE64, call -> change("write", call, call.counterInBase64()), writing),
        Route.post(
            RELEASE_IN_BASE64, call -> change("release", call, call.counterInBase64()), writing));
  }

  private Stream<Route> lists() {
    String[] paging = {"before", "limit", "timeout"};
    return Stream.of(
        Route.get(IN_PATH + "/windows", call -> windows(call, call.counter()), "timeout"),
        Route.get(
            IN_BASE64 + "/windows",
            call -> windows(call, call.counterInBase64()),
            Route.with(NAMES, "timeout")),
        Route.get(IN_PATH + "/journal", call -> journal(call, call.counter()), paging),
        Route.get(
            IN_BASE64 + "/journal",
            call -> journal(call, call.counterInBase64()),
            Route.with(NAMES, paging)));
  }

  private void count(Call call, CounterName counter) {
    var n = call.query().amount("n");
    var window = call.window();
    if (window.isPresent()) {
      if (n.isPresent() || call.atMillis().isPresent()) {
        throw new InvalidInputException("window", "can't stand beside at or n: give one of them");
      }
      ask(call, new WindowQuestion.CountIn(counter, window.get()), Function.identity());
    } else if (n.isPresent()) {
      ask(call, new Question.PeekOf(counter, call.atMillis(), n.get()), Peek::count);
    } else {
      ask(call, new Question.CountOf(counter, call.atMillis()), Function.identity());
    }
  }

  private void windows(Call call, CounterName counter) {
    answer(call, new WindowQuestion.WindowsOf(counter));
  }

  private void journal(Call call, CounterName counter) {
    var before = call.query().word("before").map(text -> JournalPlace.parse("before", text));
    answer(call, new JournalOf(counter, before, call.query().number("limit", DEFAULT_PAGE)));
  }

  private <A> void answer(Call call, Question<A> question) {
    call.exchange()
        .answerWhen(
            floor.queries(call.caller()).ask(question, call.demand()),
            answer -> Replies.of(answer, question.form()));
  }

  private <A> void ask(Call call, Question<A> question, Function<A, Count> count) {
    call.exchange()
        .answerWhen(
            floor.queries(call.caller()).ask(question, call.demand()),
            answer -> limited(Replies.of(answer, question.form()), answer, count));
  }

  private static <A> Reply limited(Reply reply, Answer<A> answer, Function<A, Count> of) {
    if (!(answer instanceof Answer.Found<A> found)) {
      return reply;
    }
    Count count = of.apply(found.value());
    boolean isOver = count.window().filter(CountedWindow::ended).isPresent();
    if (!count.limits().isEmpty()) {
      return reply.limited(count.limits());
    }
    return isOver || count.limit().isEmpty()
        ? reply
        : reply.limited(
            count.limit().getAsLong(), count.remaining().getAsLong(), count.moreAfterMillis());
  }

  private void change(String op, Call call, CounterName counter) throws IOException {
    submit(call, counter, call.body(op));
  }

  private void reset(Call call, CounterName counter) throws IOException {
    RequestBody.requireNone(call.exchange().request());
    submit(call, counter, EventBody.decode("reset", new byte[0]));
  }

  private void submit(Call call, CounterName counter, EventBody body) {
    var command = call.command(counter, body.event(), body.atMillis());
    call.exchange().answerWhen(floor.commands(call.caller()).submit(command), Replies::of);
  }
}

package io.countess.door.redis;

import io.countess.answer.Answer;
import io.countess.answer.Cursor;
import io.countess.door.DoorOutcome;
import io.countess.door.redis.RedisCommand.Keys;
import io.countess.door.redis.ScanCursors.Place;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Glob;
import io.countess.query.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** {@code SCAN} and {@code KEYS}: live keys in order, page by page. */
final class ScanCommands {
  /** What every key is. */
  static final String TYPE = "string";

  /** The most keys that {@code KEYS} tells; {@code SCAN} tells any number. */
  private static final int MOST_KEYS = 100_000;

  private static final int DEFAULT_COUNT = 10;

  private static final Told TOO_MANY =
      Told.error(
          DoorOutcome.REFUSED,
          "ERR more than " + MOST_KEYS + " keys match; SCAN tells them in pages");

  private final KeySpace space;
  private final ScanCursors cursors = new ScanCursors();

  ScanCommands(KeySpace space) {
    this.space = space;
  }

  List<RedisCommand> all() {
    return List.of(
        RedisCommand.reading("scan", -2, Keys.NONE, this::scan),
        RedisCommand.reading("keys", 2, Keys.NONE, this::keys));
  }

  /** What is asked for; an unknown type matches no key. */
  private static final class Wanted {
    private Glob match = Glob.ALL;
    private int count = DEFAULT_COUNT;
    private boolean isOfType = true;

    /** Reads the options, and tells what is wrong with them, or null. */
    Told read(Args args) {
      for (int i = 2; i < args.size(); i += 2) {
        if (i + 1 == args.size()) {
          return Refusals.SYNTAX;
        }
        switch (args.word(i)) {
          case "match" -> match = Glob.of("pattern", args.get(i + 1));
          case "type" -> isOfType = args.is(i + 1, TYPE);
          case "count" -> {
            OptionalLong given = args.whole(i + 1);
            if (given.isEmpty()) {
              return Refusals.NO_WHOLE;
            } else if (given.getAsLong() < 1) {
              return Refusals.SYNTAX;
            }
            count = (int) Math.min(Question.MAX_PAGE, given.getAsLong());
          }
          default -> {
            return Refusals.SYNTAX;
          }
        }
      }
      return null;
    }
  }

  /**
   * A page.
   *
   * @param next where the next one begins; empty at the end
   * @param wrong why there is none, or null
   */
  private record Page(List<ByteString> keys, Optional<Place> next, Told wrong) {
    Page(List<ByteString> keys, Optional<Place> next) {
      this(keys, next, null);
    }

    Page with(List<ByteString> others) {
      return new Page(others, next, wrong);
    }
  }

  private CompletionStage<Told> scan(Call call) {
    Optional<Place> from = cursors.place(call.args().text(1));
    if (from.isEmpty()) {
      return Told.invalid("ERR invalid cursor").now();
    }
    var wanted = new Wanted();
    Told wrong = wanted.read(call.args());
    return wrong != null
        ? wrong.now()
        : page(call, from.get(), wanted.match, wanted.count).thenApply(page -> told(page, wanted));
  }

  private Told told(Page page, Wanted wanted) {
    if (page.wrong != null) {
      return page.wrong;
    }
    String next = page.next.map(cursors::cursor).orElse(ScanCursors.END);
    List<ByteString> keys = wanted.isOfType ? page.keys : List.of();
    return Told.of(Reply.many(Reply.bulk(next), bulks(keys)));
  }

  private static Reply bulks(List<ByteString> keys) {
    return new Reply.Many(keys.stream().map(Reply::bulk).toList());
  }

  private CompletionStage<Told> keys(Call call) {
    Glob match = Glob.of("pattern", call.args().get(1));
    return keys(call, match, Place.START, new ArrayList<>());
  }

  private CompletionStage<Told> keys(Call call, Glob match, Place from, List<ByteString> before) {
    return page(call, from, match, Question.MAX_PAGE)
        .thenCompose(
            page -> {
              before.addAll(page.keys);
              if (page.wrong != null) {
                return page.wrong.now();
              } else if (before.size() > MOST_KEYS) {
                return TOO_MANY.now();
              }
              return page.next.isEmpty()
                  ? Told.of(bulks(before)).now()
                  : keys(call, match, page.next.get(), before);
            });
  }

  private CompletionStage<Page> page(Call call, Place from, Glob match, int count) {
    if (space.namespace().isPresent()) {
      return keysOf(call, from.in(space.namespace().get()), match, count);
    }
    if (from.namespace().isPresent()) {
      return keysOf(call, from, Glob.ALL, count)
          .thenApply(page -> page.with(page.keys.stream().filter(match::matches).toList()))
          .thenCompose(page -> goOn(call, from, page));
    }
    return nextNamespace(call, Optional.empty())
        .thenCompose(
            page ->
                page.next.isPresent()
                    ? page(call, page.next.get(), match, count)
                    : CompletableFuture.completedStage(page));
  }

  private CompletionStage<Page> keysOf(Call call, Place from, Glob match, int count) {
    ByteString namespace = from.namespace().orElseThrow();
    return asked(
        call,
        new Question.KeysOf(namespace, match, from.after(), count),
        page ->
            new Page(
                page.keys().stream()
                    .map(entry -> space.key(new CounterName(namespace, entry.key())))
                    .toList(),
                page.next().map(Cursor::name).map(from::after)));
  }

  /** Where a namespace is over, the next one follows. */
  private static CompletionStage<Page> goOn(Call call, Place from, Page page) {
    boolean isOver = page.next.isEmpty() && page.wrong == null;
    return isOver
        ? nextNamespace(call, from.namespace()).thenApply(next -> next.with(page.keys))
        : CompletableFuture.completedStage(page);
  }

  private static CompletionStage<Page> nextNamespace(Call call, Optional<ByteString> after) {
    return asked(
        call,
        new Question.Namespaces(after, 1),
        page ->
            new Page(
                List.of(),
                page.namespaces().stream().findFirst().map(it -> Place.START.in(it.namespace()))));
  }

  private static <A> CompletionStage<Page> asked(
      Call call, Question<A> question, Function<A, Page> page) {
    return call.ask(question)
        .thenApply(
            answer ->
                answer instanceof Answer.Found<A> found && found.coverage().isFull()
                    ? page.apply(found.value())
                    : new Page(List.of(), Optional.empty(), Told.of(answer, value -> null)));
  }
}

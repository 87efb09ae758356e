package io.countess.door.redis;

import io.countess.answer.Count;
import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.query.Question;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ThreadLocalRandom;

/**
 * {@code MCAPTCHA_CACHE.COUNT} and {@code GET} of mCaptcha's module for Redis, as its first
 * versions and its README have them: each hit of a name is forgotten by itself, some seconds later.
 * So a hit is a put with its own time to live.
 *
 * <p>{@code GET} of a name that is registered is that of the later versions: see {@link
 * CaptchaCommands}.
 */
final class LeakCommands {
  /** The namespace of its counters. */
  static final ByteString NAMESPACE = ByteString.utf8("mcaptcha");

  /** From here on the time to live ends with a whole second. */
  private static final long LEAST_IN_SECONDS = 3;

  private static final long LONGEST_SECONDS = Duration.ofDays(400).toSeconds();

  private static final Told NOT_TEXT = Told.invalid("UTF8 encoding error in handler args");

  private final CaptchaCommands captchas;

  /** A number that the module draws anew at each start. */
  private final String node = Long.toUnsignedString(ThreadLocalRandom.current().nextLong());

  LeakCommands(CaptchaCommands captchas) {
    this.captchas = captchas;
  }

  List<RedisCommand> all() {
    return List.of(
        RedisCommand.writing("mcaptcha_cache.count", -3, RedisCommand.Keys.ONE, this::count),
        RedisCommand.reading("mcaptcha_cache.get", -2, RedisCommand.Keys.ONE, this::get)
            .inMulti(RedisCommand.InMulti.REFUSED));
  }

  /** Whether an argument is no text, which the module does not take. */
  static Optional<Told> notText(Args args) {
    return args.all().stream().allMatch(it -> it.text().isPresent())
        ? Optional.empty()
        : Optional.of(NOT_TEXT);
  }

  private CompletionStage<Told> count(Call call) {
    Optional<Told> notText = notText(call.args());
    if (notText.isPresent()) {
      return notText.get().now();
    }
    OptionalLong leak = seconds(call.args().text(2));
    if (leak.isEmpty()) {
      return Told.invalidBytes("Couldn't parse as unsigned integer: " + call.args().text(2)).now();
    } else if (leak.getAsLong() > LONGEST_SECONDS) {
      return Told.invalid("ERR a hit can be kept for at most 400 days").now();
    }
    return call.submit(new CounterName(NAMESPACE, call.args().get(1)), hit(leak.getAsLong()))
        .thenApply(response -> Told.ifDone(response, Reply.OK));
  }

  /** As Rust reads them: with a plus, and zeros before. */
  private static OptionalLong seconds(String text) {
    try {
      return text.matches("\\+?[0-9]+")
          ? OptionalLong.of(Long.parseUnsignedLong(text.replace("+", ""))).stream()
              .map(it -> it < 0 ? Long.MAX_VALUE : it)
              .findFirst()
          : OptionalLong.empty();
    } catch (NumberFormatException tooLong) {
      return OptionalLong.empty();
    }
  }

  /** One hit that is forgotten after so many seconds. */
  static Event hit(long leakSeconds) {
    return new Event.Put(Amount.of(1), Optional.of(timeToLive(leakSeconds)), Optional.empty());
  }

  /**
   * The module forgets all hits of a second together, {@code leak} seconds after the first of them:
   * so each lives a little less. A put ends with the whole second that follows its time to live, so
   * what is a second shorter here ends where it does there. Times under two seconds end to the
   * hundredth. A leak of 0 is gone at once.
   */
  static Duration timeToLive(long leakSeconds) {
    long millis = leakSeconds * 1000;
    return Duration.ofMillis(
        leakSeconds < LEAST_IN_SECONDS ? Math.max(1, millis - 1) : millis - 999);
  }

  private CompletionStage<Told> get(Call call) {
    Optional<Told> notText = notText(call.args());
    if (notText.isPresent()) {
      return notText.get().now();
    }
    ByteString name = call.args().get(1);
    var question = new Question.CountOf(new CounterName(NAMESPACE, name), OptionalLong.empty());
    CompletionStage<Told> counted =
        call.ask(question).thenApply(answer -> Told.of(answer, count -> told(name, count)));
    return captchas
        .visitorsIfRegistered(call, name)
        .thenCompose(registered -> registered.map(Told::now).orElse(counted));
  }

  private Told told(ByteString name, Count count) {
    return count.count() == 0
        ? Told.invalidBytes("key mcap:captcha:" + node + ":" + Args.text(name) + " not found")
        : Told.of(Reply.bulk(Long.toString(count.count())));
  }
}

package io.countess.door.redis;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.answer.CounterPolicy;
import io.countess.door.DoorOutcome;
import io.countess.door.redis.CaptchaConfig.NoConfigException;
import io.countess.door.redis.CaptchaJson.NoJsonException;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Terms;
import io.countess.query.PolicyQuestion;
import io.countess.query.Question;
import io.countess.query.Response;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.BiFunction;

/**
 * The later commands of mCaptcha's module for Redis: captchas that are registered, and how hard
 * each is now. All that they remember is in the log.
 *
 * <ul>
 *   <li>A captcha is a gauge of that name with a policy of its own, whose description says its
 *       levels. Registering it and taking it away are changes of that policy.
 *   <li>The value of the gauge is the level at which the captcha is now, and how often it moved:
 *       {@code moves × 64 + level}. A move has the number of the one before in its id. So of two at
 *       once only one is made, and the other is tried again: each visitor moves it once.
 *   <li>Visitors are counted under the name and the version of that policy. So a captcha that is
 *       registered anew begins with none.
 * </ul>
 */
final class CaptchaCommands {
  private static final ByteString CAPTCHAS = ByteString.utf8("mcaptcha-captchas");
  private static final ByteString VISITORS = ByteString.utf8("mcaptcha-visitors");

  /** More than there are levels. */
  private static final int PER_MOVE = 64;

  /** How long a move is remembered: longer than anyone tries it. */
  private static final Duration REMEMBERED = Duration.ofSeconds(30);

  private static final Duration TRIED_FOR = Duration.ofSeconds(5);

  private static final Told NO_CAPTCHA = Told.invalid("Captcha not found");
  private static final Told NO_KEY =
      Told.invalid("ERR could not perform this operation on a key that doesn't exist");

  static final String PREFIX = "MCAPTCHA_CACHE.";

  List<RedisCommand> all() {
    return List.of(
        command("ADD_CAPTCHA", -3, CaptchaCommands::add),
        command("ADD_VISITOR", -2, CaptchaCommands::visit),
        command("RENAME_CAPTCHA", -3, CaptchaCommands::rename),
        command("DELETE_CAPTCHA", -2, CaptchaCommands::delete),
        command("CAPTCHA_EXISTS", -2, CaptchaCommands::exists));
  }

  /** Errors name these in upper case. */
  private static RedisCommand command(
      String word, int arity, BiFunction<Call, ByteString, CompletionStage<Told>> action) {
    var keys = word.startsWith("RENAME") ? RedisCommand.Keys.TWO : RedisCommand.Keys.ONE;
    return RedisCommand.inSteps(
        PREFIX + word,
        arity,
        keys,
        call ->
            LeakCommands.notText(call.args())
                .map(Told::now)
                .orElseGet(() -> action.apply(call, call.args().get(1))));
  }

  /** A captcha that is registered. */
  private record Captcha(ByteString name, long version, CaptchaConfig config) {
    CounterName gauge() {
      return new CounterName(CAPTCHAS, name);
    }

    CounterName visitors() {
      return new CounterName(VISITORS, Args.bytes(Args.text(name) + "#" + version));
    }
  }

  /** A captcha, or none, or why nobody can say. */
  private record Found(Optional<Captcha> captcha, Optional<Told> failure) {}

  private static CompletionStage<Found> find(Call call, ByteString name) {
    var question = new PolicyQuestion.CounterPolicyOf(new CounterName(CAPTCHAS, name));
    return call.ask(question)
        .thenApply(
            answer ->
                answer instanceof Answer.Found<CounterPolicy> found && found.coverage().isFull()
                    ? new Found(captcha(name, found.value()), Optional.empty())
                    : new Found(
                        Optional.empty(), Optional.of(Told.of(answer, other -> NO_CAPTCHA))));
  }

  private static Optional<Captcha> captcha(ByteString name, CounterPolicy policy) {
    OptionalLong version = policy.policy().version();
    if (version.isEmpty() || !(policy.policy().policy() instanceof Policy.Gauge gauge)) {
      return Optional.empty();
    }
    return gauge
        .terms()
        .description()
        .flatMap(CaptchaConfig::parse)
        .map(config -> new Captcha(name, version.getAsLong(), config));
  }

  private static CompletionStage<Told> with(
      Call call,
      ByteString name,
      Told none,
      BiFunction<Call, Captcha, CompletionStage<Told>> then) {
    return find(call, name)
        .thenCompose(
            found ->
                found.captcha().isPresent()
                    ? then.apply(call, found.captcha().get())
                    : found.failure().orElse(none).now());
  }

  private static Told exists(ByteString name) {
    return Told.invalidBytes("mcaptcha " + shown(name) + " exists");
  }

  private static String shown(ByteString name) {
    return "mcap:captcha::{" + Args.text(name) + "}";
  }

  private static CompletionStage<Told> add(Call call, ByteString name) {
    try {
      CaptchaJson.Captcha given = CaptchaJson.captcha(call.args().get(2).text().orElseThrow());
      return register(call, name, CaptchaConfig.of(given.duration(), given.levels()));
    } catch (NoJsonException | NoConfigException wrong) {
      return Told.invalid(wrong.getMessage()).now();
    }
  }

  private static CompletionStage<Told> register(Call call, ByteString name, CaptchaConfig config) {
    if (config.durationSeconds() > Policy.MAX_TTL.toSeconds()) {
      return Told.invalid("ERR visitors can be counted for at most 400 days").now();
    }
    var none = OptionalDouble.empty();
    var gauge =
        new Policy.Gauge(
            none,
            none,
            none,
            Terms.DEFAULT.remembering(REMEMBERED).describedBy(Optional.of(config.text())));
    var change =
        new Event.ChangePolicy(
            Optional.of(gauge), OnChange.RESET, OptionalLong.of(Event.ChangePolicy.NO_VERSION));
    return call.submit(new CounterName(CAPTCHAS, name), change)
        .thenApply(response -> changed(response, exists(name)));
  }

  /** What a change of a policy led to. */
  private static Told changed(Response response, Told outdated) {
    return Told.of(
        response,
        decision ->
            switch (decision.outcome()) {
              case ACCEPTED -> Told.of(Reply.OK);
              case OUTDATED -> outdated;
              default -> Told.no(DoorOutcome.of(response), decision);
            });
  }

  private static CompletionStage<Told> delete(Call call, ByteString name) {
    return with(call, name, NO_KEY, CaptchaCommands::drop);
  }

  private static CompletionStage<Told> drop(Call call, Captcha captcha) {
    var change =
        new Event.ChangePolicy(
            Optional.empty(), OnChange.RESET, OptionalLong.of(captcha.version()));
    return call.submit(captcha.gauge(), change).thenApply(response -> changed(response, NO_KEY));
  }

  private static CompletionStage<Told> exists(Call call, ByteString name) {
    return with(
        call, name, Told.of(Reply.whole(1)), (same, captcha) -> Told.of(Reply.whole(0)).now());
  }

  /** The new one begins without visitors. One that is not there is renamed, too: to nothing. */
  private static CompletionStage<Told> rename(Call call, ByteString name) {
    ByteString other = call.args().get(2);
    return find(call, other)
        .thenCompose(
            taken -> {
              if (taken.captcha().isPresent()) {
                return exists(other).now();
              }
              return taken.failure().isPresent()
                  ? taken.failure().get().now()
                  : with(call, name, Told.of(Reply.OK), (same, it) -> renamed(same, it, other));
            });
  }

  private static CompletionStage<Told> renamed(Call call, Captcha captcha, ByteString other) {
    return register(call, other, captcha.config())
        .thenCompose(told -> told.outcome() == DoorOutcome.DONE ? drop(call, captcha) : told.now());
  }

  private static CompletionStage<Told> visit(Call call, ByteString name) {
    return with(
        call,
        name,
        NO_CAPTCHA,
        (same, captcha) ->
            call.submit(captcha.visitors(), LeakCommands.hit(captcha.config().durationSeconds()))
                .thenCompose(response -> visited(call, captcha, response)));
  }

  private static CompletionStage<Told> visited(Call call, Captcha captcha, Response response) {
    if (response instanceof Response.Decided decided
        && decided.decision().outcome() == Outcome.ACCEPTED) {
      long visitors = decided.decision().count().orElse(0);
      return move(call, captcha, visitors, System.nanoTime() + TRIED_FOR.toNanos());
    }
    return Told.ifDone(response, Reply.OK).now();
  }

  /** Moves the level by one visitor, again and again while others do so at the same time. */
  private static CompletionStage<Told> move(
      Call call, Captcha captcha, long visitors, long deadline) {
    return call.ask(new Question.CountOf(captcha.gauge(), OptionalLong.empty()))
        .thenCompose(
            answer -> {
              if (!(answer instanceof Answer.Found<Count> found)) {
                return Told.of(answer, count -> NO_CAPTCHA).now();
              }
              long before = found.value().count();
              int level = captcha.config().next((int) (before % PER_MOVE), visitors);
              long after = (before / PER_MOVE + 1) * PER_MOVE + level;
              String id = captcha.version() + "." + before / PER_MOVE;
              var put = new Event.Put(after - before, Optional.empty(), Optional.of(id));
              return call.submit(captcha.gauge(), put)
                  .thenCompose(
                      response ->
                          isOvertaken(response) && System.nanoTime() < deadline
                              ? move(call, captcha, visitors, deadline)
                              : moved(captcha, level, response).now());
            });
  }

  private static boolean isOvertaken(Response response) {
    return response instanceof Response.Decided decided
        && (decided.decision().details().replayed()
            || decided.decision().outcome() == Outcome.CONFLICT);
  }

  private static Told moved(Captcha captcha, int level, Response response) {
    if (isOvertaken(response)) {
      return Told.error(
          DoorOutcome.UNKNOWN, "ERR the visitor was counted, but the level did not move in time");
    }
    String json = captcha.config().reply(captcha.config().levels().get(level).difficulty());
    return Told.ifDone(response, Reply.bulk(json));
  }

  /** What the later versions answer to {@code GET}; empty where the name is not registered. */
  CompletionStage<Optional<Told>> visitorsIfRegistered(Call call, ByteString name) {
    return find(call, name)
        .thenCompose(
            found ->
                found.captcha().isPresent()
                    ? visitors(call, found.captcha().get()).thenApply(Optional::of)
                    : CompletableFuture.completedStage(found.failure()));
  }

  private static CompletionStage<Told> visitors(Call call, Captcha captcha) {
    return call.ask(new Question.CountOf(captcha.visitors(), OptionalLong.empty()))
        .thenApply(answer -> Told.of(answer, count -> Told.of(Reply.whole(count.count()))));
  }
}

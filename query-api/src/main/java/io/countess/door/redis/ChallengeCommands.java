package io.countess.door.redis;

import io.countess.door.redis.CaptchaJson.Challenge;
import io.countess.door.redis.CaptchaJson.NoJsonException;
import io.countess.event.ByteString;
import io.countess.event.Held;
import io.countess.event.Policy;
import io.countess.event.Write;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/**
 * The challenges of mCaptcha's module: each is told once, to whoever asks first, and ends by
 * itself. So a challenge is a value that is written where there is none, and taken away when it is
 * read. Its number holds both that have to be told: the seconds before the point, and the
 * difficulty behind it, in ten digits.
 */
final class ChallengeCommands {
  private static final ByteString NAMESPACE = ByteString.utf8("mcaptcha-challenges");
  private static final int DIFFICULTY_DIGITS = 10;
  private static final Write TAKE = KeyCommands.DELETE;

  private static final Told THERE = Told.invalid("Challenge already exists");
  private static final Told NONE = Told.invalid("Challenge not found");

  private final Values values = new Values(new KeySpace(Optional.of(NAMESPACE)));

  List<RedisCommand> all() {
    return List.of(
        command("ADD_CHALLENGE", -3, RedisCommand.Keys.ONE, this::add),
        command("GET_CHALLENGE", -3, RedisCommand.Keys.ONE, this::get),
        command("DELETE_CHALLENGE", -3, RedisCommand.Keys.ONE, this::delete));
  }

  private static RedisCommand command(
      String word,
      int arity,
      RedisCommand.Keys keys,
      Function<Call, CompletionStage<Told>> action) {
    return RedisCommand.writing(
            CaptchaCommands.PREFIX + word,
            arity,
            keys,
            call ->
                LeakCommands.notText(call.args())
                    .map(Told::now)
                    .orElseGet(() -> action.apply(call)))
        .inMulti(RedisCommand.InMulti.REFUSED);
  }

  /** Of two names, so that no two pairs have the same. */
  private static ByteString key(ByteString captcha, ByteString challenge) {
    String text = captcha.size() + ":" + Args.text(captcha) + ":" + Args.text(challenge);
    return Args.bytes(text);
  }

  private CompletionStage<Told> add(Call call) {
    try {
      Args args = call.args();
      Challenge given = CaptchaJson.challenge(args.get(2).text().orElseThrow());
      if (given.duration() > Policy.MAX_TTL.toSeconds()) {
        return Told.invalid("ERR a challenge can be kept for at most 400 days").now();
      }
      ByteString key = key(args.get(1), ByteString.utf8("challenge", given.challenge()));
      return values.write(call, key, write(given), it -> it.isDone() ? Told.of(Reply.OK) : THERE);
    } catch (NoJsonException wrong) {
      return Told.invalid(wrong.getMessage()).now();
    }
  }

  private static Write write(Challenge given) {
    Write.End end =
        given.duration() == 0
            ? new Write.At(0)
            : new Write.After(Duration.ofSeconds(given.duration()));
    var number = new Write.Replace(Optional.of(packed(given.duration(), given.difficulty())));
    return new Write(
        Optional.of(number), Optional.of(Write.Expiry.of(end)), Write.If.ABSENT, Optional.empty());
  }

  static BigDecimal packed(long durationSeconds, long difficulty) {
    return BigDecimal.valueOf(durationSeconds)
        .add(BigDecimal.valueOf(difficulty, DIFFICULTY_DIGITS));
  }

  /** What {@link #packed} holds, as it is told. */
  static String unpacked(BigDecimal number) {
    BigDecimal duration = BigDecimal.valueOf(number.longValue());
    BigDecimal difficulty = number.subtract(duration).movePointRight(DIFFICULTY_DIGITS);
    return CaptchaConfig.reply(duration.longValue(), difficulty.longValue());
  }

  private CompletionStage<Told> get(Call call) {
    return take(call, held -> Told.of(Reply.bulk(unpacked(held.number()))));
  }

  private CompletionStage<Told> delete(Call call) {
    return take(call, held -> Told.of(Reply.OK));
  }

  private CompletionStage<Told> take(Call call, Function<Held, Told> words) {
    ByteString key = key(call.args().get(1), call.args().get(2));
    return values.write(
        call,
        key,
        TAKE,
        written -> written.isDone() ? written.change().before().map(words).orElse(NONE) : NONE);
  }
}

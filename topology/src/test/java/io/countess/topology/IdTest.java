package io.countess.topology;

import static io.countess.topology.FoldFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.LogFormat;
import io.countess.event.Outcome;
import io.countess.event.Position;
import io.countess.event.codec.SentHeader;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** An event with an id happens once. */
class IdTest {
  /** As many ids as the policies here let a counter remember. */
  private static final int MOST = 100;

  private static final Instant T = FoldFixture.START;
  private final FoldFixture fold = FoldFixture.inMemory();

  @AfterEach
  void close() {
    fold.close();
  }

  @Test
  void shouldAnswerARepetitionByTheFirstDecision() {
    Decision first = put("a", 2, T);
    fold.put("n", "k", 5, T.plusSeconds(1));

    Decision again = put("a", 2, T.plusSeconds(2));

    assertThat(first.details().replayed()).isFalse();
    assertThat(again.details().replayed()).isTrue();
    assertThat(again.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(again.count()).hasValue(2);
    assertThat(again.atMillis()).isEqualTo(first.atMillis());
    assertThat(again.position()).hasValue(Position.of(0, 0));
    assertThat(fold.count("n", "k", T.plusSeconds(3))).isEqualTo(7);
  }

  @Test
  void shouldCallTheSameIdWithOtherContentAConflict() {
    put("a", 2, T);

    Decision other = put("a", 3, T);

    assertThat(other.outcome()).isEqualTo(Outcome.CONFLICT);
    assertThat(other.reason().orElseThrow()).contains("'a'", "0@0");
    assertThat(fold.count("n", "k", T)).isEqualTo(2);
  }

  @Test
  void shouldKeepTheIdsOfCountersApart() {
    put("a", 2, T);

    Decision elsewhere = fold.apply("n", "other", withId("a", 2), T);

    assertThat(elsewhere.details().replayed()).isFalse();
    assertThat(fold.count("n", "other", T)).isEqualTo(2);
  }

  @Test
  void shouldNotRememberWhatWasRefused() {
    fold.policy("n", "{\"kind\":\"expiring\",\"ttl\":\"10s\",\"limit\":2}", T);
    fold.put("n", "k", 2, T);

    assertThat(put("a", 1, T).outcome()).isEqualTo(Outcome.REFUSED);

    Decision later = put("a", 1, T.plusSeconds(20));
    assertThat(later.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(later.details().replayed()).isFalse();
  }

  @Test
  void shouldForgetAnIdAfterItsTime() {
    fold.policy("n", "{\"kind\":\"total\",\"dedupe\":\"60s\"}", T);
    put("a", 1, T);

    assertThat(put("a", 1, T.plusSeconds(59)).details().replayed()).isTrue();
    assertThat(put("a", 1, T.plusSeconds(62)).details().replayed()).isFalse();
    assertThat(fold.count("n", "k", T)).isEqualTo(2);
  }

  /** Somebody's clock is ahead, and takes the counter with it; what is now is now all the same. */
  @Test
  void shouldNotForgetAnIdSinceAPutWasAheadOfItsTime() {
    fold.policy("n", "{\"kind\":\"total\",\"dedupe\":\"20s\"}", T);
    put("a", 1, T);
    fold.put("n", "k", 1, T.plusSeconds(50));

    assertThat(put("a", 1, T.plusSeconds(1)).details().replayed()).isTrue();
    assertThat(fold.apply("n", "k", released("a"), T.plusSeconds(2)).outcome())
        .isEqualTo(Outcome.ACCEPTED);
  }

  /** What happened hours ago is sent now: a minute later it is sent again, and not hours later. */
  @Test
  void shouldRememberAnIdFromWhenItWasSent() {
    fold.policy("n", "{\"kind\":\"total\"}", T);
    Instant now = T.plus(Duration.ofHours(3));
    Instant then = T.plus(Duration.ofHours(1));
    sent(then, now);
    fold.put("n", "other", 1, now.plusSeconds(60));

    sent(then, now.plusSeconds(60));

    assertThat(fold.heard.decisions.get(3).details().replayed()).isTrue();
    assertThat(fold.count("n", "k", now)).isEqualTo(1);
    fold.put("n", "other", 1, now.plus(Duration.ofMinutes(12)));
    sent(then, now.plus(Duration.ofMinutes(12)));
    assertThat(fold.count("n", "k", now.plus(Duration.ofMinutes(12)))).isEqualTo(2);
  }

  private void sent(Instant happened, Instant sent) {
    byte[] header = SentHeader.encode(sent.toEpochMilli());
    var headers = new RecordHeaders().add(LogFormat.SENT_HEADER, header);
    fold.pipe(utf8("n/k"), utf8("{\"id\":\"a\"}"), headers, happened);
  }

  private static Event released(String id) {
    return new Event.Release(id, OptionalLong.empty(), Optional.empty());
  }

  @Test
  void shouldRemoveRowsOfIdsThatAreForgotten() {
    fold.policy("n", "{\"kind\":\"total\",\"dedupe\":\"60s\"}", T);
    put("a", 1, T);
    fold.changelog();

    fold.tick(T.plus(Duration.ofMinutes(10)));
    fold.wallClock(Duration.ofSeconds(2));
    fold.tick(T.plus(Duration.ofMinutes(11)));

    assertThat(fold.changelog().stream().filter(it -> it.key()[0] == 'I'))
        .hasSize(2)
        .allMatch(it -> it.value() == null);
  }

  @Test
  void shouldRememberLongerThanTheCounterLives() {
    fold.policy("n", "{\"kind\":\"expiring\",\"ttl\":\"1s\"}", T);
    put("a", 1, T);
    fold.tick(T.plus(Duration.ofMinutes(5)));
    fold.wallClock(Duration.ofSeconds(2));

    assertThat(put("a", 1, T.plus(Duration.ofMinutes(6))).details().replayed()).isTrue();
  }

  @Test
  void shouldRememberThroughAReset() {
    fold.policy("n", "{\"kind\":\"total\"}", T);
    put("a", 1, T);
    fold.apply("n", "k", new Event.Reset(), T);

    assertThat(put("a", 1, T).details().replayed()).isTrue();
    assertThat(fold.count("n", "k", T)).isZero();
  }

  @Test
  void shouldSetAndResetOnceUnderAnId() {
    fold.policy("n", "{\"kind\":\"total\"}", T);
    var set = new Event.SetValue(7, false, Optional.of("s"));
    var reset = new Event.Reset(Optional.of("r"));

    fold.apply("n", "k", set, T);
    fold.put("n", "k", 1, T);
    assertThat(fold.apply("n", "k", set, T).details().replayed()).isTrue();
    assertThat(fold.count("n", "k", T)).isEqualTo(8);

    fold.apply("n", "k", reset, T);
    fold.put("n", "k", 1, T);
    assertThat(fold.apply("n", "k", reset, T).details().replayed()).isTrue();
    assertThat(fold.count("n", "k", T)).isEqualTo(1);
  }

  @Test
  void shouldRefuseAnIdTooManyAndSayWhenThereIsRoom() {
    fold.policy("n", "{\"kind\":\"total\",\"dedupe\":\"60s\",\"maxIds\":100}", T);
    fill("k");

    Decision full = put("one more", 1, T.plusSeconds(1));

    assertThat(full.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(full.reason().orElseThrow()).contains("100 ids");
    long wait = full.retryAfterMillis().orElseThrow();
    assertThat(put("one more", 1, T.plusSeconds(1).plusMillis(wait - 1)).outcome())
        .isEqualTo(Outcome.REFUSED);
    assertThat(put("id7", 1, T.plusSeconds(1)).details().replayed()).isTrue();
    assertThat(fold.put("n", "k", 1, T.plusSeconds(1)).outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(put("one more", 1, T.plusSeconds(1).plusMillis(wait)).outcome())
        .isEqualTo(Outcome.ACCEPTED);
  }

  @Test
  void shouldBuryWhatItCanRememberNoIdOfWhereNobodyWaits() {
    fold.policy("n", "{\"kind\":\"total\",\"maxIds\":100}", T);
    fill("k");
    put("one more", 1, T);
    var headers = new RecordHeaders().add(LogFormat.CALLER_HEADER, new byte[] {1});
    fold.pipe(utf8("n/k"), utf8("{\"id\":\"another\"}"), headers, T);

    assertThat(fold.heard.overIds).isEqualTo(2);
    assertThat(fold.heard.deadLetterReasons)
        .containsExactly("the counter remembers 100 ids, as many as it may");
    assertThat(fold.deadLetters()).hasSize(1);
    assertThat(fold.heard.answers).hasSize(1);
  }

  @Test
  void shouldBuryAClaimWhereOneOfItsCountersCanRememberNoMoreIds() {
    fold.policy("n", "{\"kind\":\"total\",\"maxIds\":100}", T);
    fill("{t}b");
    var claim =
        "{\"op\":\"claim\",\"counters\":[{\"key\":\"{t}a\"},{\"key\":\"{t}b\"}],\"id\":\"c\"}";
    fold.pipe("n/{t}a", claim, T);

    assertThat(fold.heard.deadLetterReasons)
        .containsExactly("'n/{t}b': the counter remembers 100 ids, as many as it may");
    assertThat(fold.count("n", "{t}a", T)).isZero();
  }

  @Test
  void shouldTellWhatAnObservedLimitWouldHaveDone() {
    fold.policy("n", "{\"kind\":\"expiring\",\"limit\":1,\"mode\":\"observe\"}", T);
    fold.put("n", "k", 1, T);

    Decision over = fold.put("n", "k", 1, T);

    assertThat(over.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(over.details().wouldRefuse()).isTrue();
    assertThat(fold.count("n", "k", T)).isEqualTo(2);
  }

  @Test
  void shouldBuryAConflictThatNobodyWaitsFor() {
    fold.pipe("n/k", "{\"id\":\"a\"}", T);
    fold.pipe("n/k", "{\"id\":\"a\",\"n\":2}", T);

    assertThat(fold.deadLetters()).hasSize(1);
  }

  private Decision put(String id, long n, Instant at) {
    return fold.apply("n", "k", withId(id, n), at);
  }

  /** As many ids as the counter can remember. */
  private void fill(String key) {
    for (int i = 0; i < MOST; i++) {
      fold.apply("n", key, withId("id" + i, 1), T);
    }
  }

  private static Event withId(String id, long n) {
    return Event.Put.of(n).withId(Optional.of(id));
  }
}

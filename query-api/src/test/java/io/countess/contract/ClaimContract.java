package io.countess.contract;

import static io.countess.contract.Contract.race;
import static io.countess.contract.Contract.start;
import static io.countess.contract.Contract.whyNever;
import static io.countess.event.Outcome.ACCEPTED;
import static io.countess.event.Outcome.CONFLICT;
import static io.countess.event.Outcome.IMPOSSIBLE;
import static io.countess.event.Outcome.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.LogFormat;
import io.countess.event.RecordKey;
import io.countess.event.codec.EventCodec;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Several counters taken from together, all or none. */
interface ClaimContract extends Contract {
  private Decision claim(String id, Event.Claim.Part... parts) {
    return caller().claim(new Event.Claim(List.of(parts), Optional.of(id)));
  }

  private static Event.Claim.Part part(Counters of, String key, long n) {
    return Event.Claim.Part.of(of.named(key), n);
  }

  @Test
  default void shouldTakeFromAllOfItsCounters() {
    Counters seats = counters("{'kind':'total','limit':3}");
    Counters meals = counters("{'kind':'window','period':'year','limit':5}");
    Counters calls = counters("{'kind':'expiring','ttl':'5m'}");

    Decision claimed =
        claim(
            "trip-1",
            part(seats, "{7}a", 2),
            part(seats, "{7}b", 1),
            part(meals, "{7}", 4),
            part(calls, "x{7}", 9));

    assertThat(claimed.outcome()).isEqualTo(ACCEPTED);
    assertThat(claimed.details().parts())
        .extracting(it -> it.decision().remaining().orElse(-1))
        .containsExactly(1L, 2L, 1L, -1L);
    assertThat(claimed.details().parts().get(1).counter()).isEqualTo(seats.named("{7}b"));
    assertThat(seats.count("{7}a")).isEqualTo(2);
    assertThat(seats.count("{7}b")).isEqualTo(1);
    assertThat(meals.count("{7}")).isEqualTo(4);
    assertThat(calls.count("x{7}")).isEqualTo(9);
  }

  @Test
  default void shouldTakeNothingWhereOneOfThemRefuses() {
    Counters seats = counters("{'kind':'total','limit':3}");
    Counters meals = counters("{'kind':'window','period':'year','limit':5}");
    meals.put("{7}", 4);

    Decision refused = claim("trip-1", part(seats, "{7}", 2), part(meals, "{7}", 2));

    assertThat(refused.outcome()).isEqualTo(REFUSED);
    assertThat(refused.reason().orElseThrow()).contains(meals.namespace().toString(), "limit of 5");
    assertThat(refused.retryAfterMillis()).as("the window ends").isPresent();
    assertThat(refused.details().parts())
        .extracting(it -> it.decision().outcome())
        .containsExactly(ACCEPTED, REFUSED);
    assertThat(seats.counted("{7}").exists()).isFalse();
    assertThat(meals.count("{7}")).isEqualTo(4);
  }

  @Test
  default void shouldNameNoTimeWhereWaitingHelpsOnlyHalfOfIt() {
    Counters seats = counters("{'kind':'total','limit':3}");
    Counters calls = counters("{'kind':'expiring','ttl':'5m','limit':3}");
    seats.put("{7}", 3);
    calls.put("{7}", 3);

    Decision refused = claim("trip-1", part(calls, "{7}", 1), part(seats, "{7}", 1));

    assertThat(refused.outcome()).isEqualTo(REFUSED);
    assertThat(refused.retryAfterMillis()).isEmpty();
  }

  @Test
  default void shouldSayThatAClaimCanNeverBeGranted() {
    Counters seats = counters("{'kind':'total','limit':3}");
    Counters calls = counters("{'kind':'expiring','ttl':'5m','limit':3}");

    Decision never = claim("trip-1", part(seats, "{7}", 1), part(calls, "{7}", 4));

    assertThat(never.outcome()).isEqualTo(IMPOSSIBLE);
    assertThat(never.reason().orElseThrow()).contains(calls.namespace() + "/{7}", "n is 4");
    assertThat(seats.counted("{7}").exists()).isFalse();
  }

  @Test
  default void shouldNotTakeAcrossPartitions() {
    Counters seats = counters("{'kind':'total'}");

    String why = whyNever(() -> claim("trip-1", part(seats, "a", 1), part(seats, "b", 1)));

    assertThat(why)
        .contains("not all in one partition", seats.named("a").shown(), seats.named("b").shown())
        .contains("must carry the same hash tag", "{t}a and {t}b");
    assertThat(seats.keys().keys()).isEmpty();
  }

  @Test
  default void shouldGiveAllOfAClaimBack() {
    Counters seats = counters("{'kind':'total','limit':3}");
    Counters meals = counters("{'kind':'window','period':'year','limit':5}");
    claim("trip-1", part(seats, "{7}", 3), part(meals, "{7}", 2));

    Decision back = seats.release("{7}", "trip-1");

    assertThat(back.outcome()).isEqualTo(ACCEPTED);
    assertThat(back.details().parts())
        .extracting(it -> it.decision().details().released().getAsLong())
        .containsExactly(3L, 2L);
    assertThat(seats.count("{7}")).isZero();
    assertThat(meals.count("{7}")).isZero();
    assertThat(whyNever(() -> seats.release("{7}", "trip-1", 1))).contains("n is not for");
    assertThat(claim("trip-2", part(seats, "{7}", 3)).outcome()).isEqualTo(ACCEPTED);
  }

  @Test
  default void shouldMoveFromOneCounterToAnotherAndBack() {
    Counters stock = counters("{'kind':'total','limit':10}");
    stock.put("{7}a", 5);

    assertThat(claim("move-1", part(stock, "{7}a", -6), part(stock, "{7}b", 6)).outcome())
        .isEqualTo(REFUSED);
    assertThat(claim("move-2", part(stock, "{7}a", -4), part(stock, "{7}b", 4)).outcome())
        .isEqualTo(ACCEPTED);
    assertThat(stock.count("{7}a")).isEqualTo(1);
    assertThat(stock.count("{7}b")).isEqualTo(4);
    stock.release("{7}a", "move-2");

    assertThat(stock.count("{7}a")).isEqualTo(5);
    assertThat(stock.count("{7}b")).isZero();
  }

  @Test
  default void shouldClaimOnceUnderAnId() {
    Counters seats = counters("{'kind':'total','limit':9}");
    Decision first = claim("trip-1", part(seats, "{7}a", 2), part(seats, "{7}b", 3));

    Decision again = claim("trip-1", part(seats, "{7}a", 2), part(seats, "{7}b", 3));
    Decision other = claim("trip-1", part(seats, "{7}a", 2), part(seats, "{7}b", 4));

    assertThat(again).isEqualTo(first.with(first.details().asReplayed()));
    assertThat(other.outcome()).isEqualTo(CONFLICT);
    assertThat(seats.count("{7}a")).isEqualTo(2);
    assertThat(seats.count("{7}b")).isEqualTo(3);
  }

  @Test
  default void shouldClaimOnceInWhateverOrderItIsSentAgain() {
    Counters seats = counters("{'kind':'total','limit':9}");
    Counters meals = counters("{'kind':'window','period':'year','limit':5}");
    Decision first = claim("trip-1", part(seats, "{7}", 2), part(meals, "{7}", 3));

    Decision again = claim("trip-1", part(meals, "{7}", 3), part(seats, "{7}", 2));

    assertThat(again).isEqualTo(first.with(first.details().asReplayed()));
    assertThat(seats.count("{7}")).isEqualTo(2);
    assertThat(meals.count("{7}")).isEqualTo(3);
  }

  @Test
  default void shouldHaveItsIdForItselfAtEachCounter() {
    Counters seats = counters("{'kind':'total','limit':9}");
    claim("trip-1", part(seats, "{7}a", 2), part(seats, "{7}b", 3));

    assertThat(seats.as("trip-1").put("{7}b", 3).outcome()).isEqualTo(CONFLICT);
    assertThat(claim("trip-1", part(seats, "{7}b", 3)).outcome()).isEqualTo(CONFLICT);
    assertThat(seats.as("trip-2").put("{7}b", 1).outcome()).isEqualTo(ACCEPTED);
    assertThat(claim("trip-2", part(seats, "{7}a", 1), part(seats, "{7}b", 1)).outcome())
        .isEqualTo(CONFLICT);
    assertThat(seats.count("{7}a")).isEqualTo(2);
    assertThat(seats.count("{7}b")).isEqualTo(4);
  }

  @Test
  default void shouldBeReleasedAtWhicheverOfItsCounters() {
    Counters seats = counters("{'kind':'total','limit':9}");
    claim("trip-1", part(seats, "{7}a", 2), part(seats, "{7}b", 3));

    Decision back = seats.release("{7}b", "trip-1");

    assertThat(back.details().parts())
        .extracting(it -> it.decision().details().released().getAsLong())
        .containsExactly(2L, 3L);
    assertThat(seats.release("{7}a", "trip-1").details().parts())
        .extracting(it -> it.decision().details().released().getAsLong())
        .containsExactly(0L, 0L);
    assertThat(seats.count("{7}a")).isZero();
    assertThat(seats.count("{7}b")).isZero();
  }

  @Test
  default void shouldNeverGrantMoreThanThereIsHoweverManyClaimAtOnce() {
    Counters seats = counters("{'kind':'total','limit':10}");
    seats.at(start()).put("{7}b", 4);

    List<Decision> claims =
        race(16, i -> claim("trip-" + i, part(seats, "{7}a", 1), part(seats, "{7}b", 1)));

    assertThat(claims).filteredOn("outcome", ACCEPTED).hasSize(6);
    assertThat(seats.count("{7}a")).isEqualTo(6);
    assertThat(seats.count("{7}b")).isEqualTo(10);
  }

  @Test
  default void shouldTakeAClaimOfTheLargestSizeAndRefuseALargerOne() {
    Counters seats = counters("{'kind':'total'}");
    Event.Claim.Part[] parts =
        IntStream.range(0, 16)
            .mapToObj(i -> part(seats, "{7}" + i + "-" + "x".repeat(3795), 1))
            .toArray(Event.Claim.Part[]::new);
    int room = LogFormat.MAX_EVENT_BYTES - bytes(parts);
    String last = "{7}15-" + "x".repeat(3795 + room);

    parts[15] = part(seats, last + "x", 1);
    assertThatThrownBy(() -> claim("trip-1", parts))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("event takes 65409 bytes with its key");

    parts[15] = part(seats, last, 1);
    assertThat(claim("trip-1", parts).outcome()).isEqualTo(ACCEPTED);
    assertThat(seats.count(last)).isEqualTo(1);
  }

  private static int bytes(Event.Claim.Part... parts) {
    var claim = new Event.Claim(List.of(parts), Optional.of("trip-1"));
    return RecordKey.of(claim.counter()).length + EventCodec.encode(claim).length;
  }
}

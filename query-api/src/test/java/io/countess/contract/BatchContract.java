package io.countess.contract;

import static io.countess.event.Outcome.ACCEPTED;
import static io.countess.event.Outcome.CONFLICT;
import static io.countess.event.Outcome.IMPOSSIBLE;
import static io.countess.event.Outcome.REFUSED;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.client.Submission;
import io.countess.event.Batch;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Held;
import io.countess.event.HeldChange;
import io.countess.event.Write;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Several events in one step. */
interface BatchContract extends Contract {
  private Decision decide(Batch batch) {
    return caller().decide(Submission.of(batch.counter(), batch));
  }

  private static Batch.Part part(Counters of, String key, Event event) {
    return new Batch.Part(of.named(key), event);
  }

  @Test
  default void shouldCarryOutEventsInTheirOrder() {
    Counters values = counters("{'kind':'value'}");
    Counters seats = counters("{'kind':'total','limit':3}");

    Decision decided =
        decide(
            Batch.inOrder(
                List.of(
                    part(values, "{7}a", Write.of(new Write.Add(2))),
                    part(seats, "{7}", Event.Put.of(4)),
                    part(values, "{7}a", Event.Put.of(3)),
                    part(seats, "{7}", new Event.SetValue(3, false)),
                    part(values, "{7}a", Event.Put.of(0)))));

    assertThat(decided.outcome()).isEqualTo(ACCEPTED);
    assertThat(decided.details().parts())
        .extracting(it -> it.decision().outcome())
        .containsExactly(ACCEPTED, REFUSED, ACCEPTED, ACCEPTED, ACCEPTED);
    assertThat(decided.details().parts().get(4).decision().details().value())
        .map(HeldChange::after)
        .map(held -> held.map(Held::number).orElseThrow().intValueExact())
        .hasValue(5);
    assertThat(decided.position()).isPresent();
    assertThat(values.count("{7}a")).isEqualTo(5);
    assertThat(seats.count("{7}")).isEqualTo(3);
  }

  @Test
  default void shouldCarryOutAllOrNoneOfThoseTogether() {
    Counters seats = counters("{'kind':'total','limit':3}");
    var id = Optional.of("move-1");
    List<Batch.Part> parts =
        List.of(part(seats, "{7}a", Event.Put.of(3)), part(seats, "{7}b", Event.Put.of(2)));
    seats.put("{7}b", 2);

    Decision refused = decide(new Batch(parts, true, id, Optional.empty()));
    seats.put("{7}b", -1);
    Decision accepted = decide(new Batch(parts, true, id, Optional.empty()));
    Decision again = decide(new Batch(parts, true, id, Optional.empty()));
    Decision other = decide(new Batch(parts.subList(0, 1), true, id, Optional.empty()));

    assertThat(refused.outcome()).isEqualTo(REFUSED);
    assertThat(accepted.outcome()).isEqualTo(ACCEPTED);
    assertThat(again.details().replayed()).isTrue();
    assertThat(again.details().parts()).isEqualTo(accepted.details().parts());
    assertThat(other.outcome()).isEqualTo(CONFLICT);
    assertThat(seats.count("{7}a")).isEqualTo(3);
    assertThat(seats.count("{7}b")).isEqualTo(3);
  }

  @Test
  default void shouldTellOfEachEventByItself() {
    Counters values = counters("{'kind':'value'}");

    Decision decided =
        decide(
            Batch.inOrder(
                List.of(
                    part(values, "a", Event.Put.of(Long.MAX_VALUE)),
                    part(values, "a", Event.Put.of(1)),
                    part(values, "a", new Event.Reset()))));

    assertThat(decided.details().parts())
        .extracting(it -> it.decision().outcome())
        .containsExactly(ACCEPTED, IMPOSSIBLE, ACCEPTED);
    assertThat(values.counted("a").exists()).isFalse();
  }
}

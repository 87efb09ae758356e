package io.countess.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.event.Event.Claim;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

class EventTest {
  private static final Claim.Part PART = Claim.Part.of(CounterName.of("a", "{t}x"), 1);

  @Property
  @Domain(Contract.class)
  void shouldBeTheSameEventUnderAnotherId(@ForAll Event event) {
    var without = event.withId(Optional.empty());
    assertThat(without.id()).isEmpty();
    assertThat(without).hasSameClassAs(event);
    if (event.id().isPresent()) {
      assertThat(without.withId(event.id())).isEqualTo(event);
    } else {
      assertThat(without).isEqualTo(event);
    }
  }

  @Test
  void shouldHaveNoIdWhereNothingIsCounted() {
    assertThatThrownBy(() -> new Event.Tick().withId(Optional.of("x")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("id is not for policies and ticks");
  }

  @Test
  void shouldBoundIds() {
    assertThat(Event.requireId("id", "é".repeat(64))).hasSize(64);
    assertThatThrownBy(() -> Event.requireId("of", "é".repeat(64) + "x"))
        .hasMessage("of takes 129 bytes of UTF-8; it must take 1 to 128");
    assertThatThrownBy(() -> Event.requireId("id", ""))
        .hasMessage("id takes 0 bytes of UTF-8; it must take 1 to 128");
    assertThatThrownBy(() -> Event.requireId("id", "a\ud800"))
        .hasMessage("id has half of a surrogate pair at index 1");
  }

  @Test
  void shouldReleaseUnderAnIdOfItsOwn() {
    assertThatThrownBy(() -> new Event.Release("x", OptionalLong.empty(), Optional.of("x")))
        .hasMessage("id is the id of what is released; it needs its own");
    assertThatThrownBy(() -> new Event.Release("x", OptionalLong.of(0), Optional.empty()))
        .hasMessage("n is 0; it must be at least 1");
  }

  @Test
  void shouldClaimEachOfABoundedNumberOfCountersOnce() {
    assertThat(new Claim(List.of(PART), Optional.empty()).counter()).isEqualTo(PART.counter());
    assertThatThrownBy(() -> new Claim(List.of(), Optional.empty()))
        .hasMessage("counters are 0; there must be 1 to 100");
    assertThatThrownBy(() -> new Claim(List.of(PART, PART), Optional.empty()))
        .hasMessage("counters has one counter twice; each may come once");
    var tooMany =
        IntStream.rangeClosed(0, 100)
            .mapToObj(i -> Claim.Part.of(CounterName.of("a", "{t}" + i), 1))
            .toList();
    assertThatThrownBy(() -> new Claim(tooMany, Optional.empty()))
        .hasMessage("counters are 101; there must be 1 to 100");
  }
}

package io.countess.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.event.InvalidInputException;
import io.countess.event.Position;
import org.junit.jupiter.api.Test;

/** Whoever has put something can see it, wherever it is asked. */
interface PositionContract extends Contract {
  @Test
  default void shouldTellWhereACommandStandsAndWhatAnAnswerIncludes() {
    Counters stock = counters("{'kind':'total'}");
    for (int i = 0; i < 100; i++) {
      Position put = stock.put("a", 1).position().orElseThrow();

      Position told = stock.found("a").position();

      assertThat(put.offsets()).hasSize(1);
      assertThat(told).as("it includes " + put).isEqualTo(told.and(put));
    }
  }

  @Test
  default void shouldWaitForWhatOneHasLogged() {
    Counters stock = counters("{'kind':'total'}");
    for (int i = 1; i <= 100; i++) {
      Position logged = stock.log("a", 1);

      assertThat(stock.including(logged).count("a")).isEqualTo(i);
    }
  }

  @Test
  default void shouldWaitForAllOfThemInQuestionsAboutMany() {
    Counters stock = counters("{'kind':'total'}");
    Position all = Position.NONE;
    for (int i = 0; i < 50; i++) {
      all = all.and(stock.log("key" + i, 2));
    }

    assertThat(stock.including(all).view().totals().count()).isEqualTo(100);
    assertThat(stock.including(all).keys().keys()).hasSize(50);
  }

  @Test
  default void shouldNotWaitForAPartitionThatIsNotThere() {
    Counters stock = counters();

    assertThatThrownBy(() -> stock.including(Position.of(99, 1)).count("a"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("Countess-Position names partition 99");
  }
}

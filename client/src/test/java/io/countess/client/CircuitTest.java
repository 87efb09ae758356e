package io.countess.client;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CircuitTest {
  private long now = Long.MAX_VALUE - 10;
  private final Circuit circuit = new Circuit(2, 100, () -> now);

  @Test
  void shouldOpenAfterSoManyFailuresInARow() {
    fail(1);
    circuit.succeeded();
    fail(1);
    assertThat(circuit.isOpen()).isFalse();
    assertThat(circuit.admits()).isTrue();
    fail(1);
    assertThat(circuit.isOpen()).isTrue();
    assertThat(circuit.admits()).isFalse();
  }

  @Test
  void shouldLetOneThroughInEachPause() {
    fail(2);
    now += 99;
    assertThat(circuit.admits()).isFalse();
    now += 1;
    assertThat(circuit.admits()).isTrue();
    assertThat(circuit.admits()).isFalse();
    now += 99;
    assertThat(circuit.admits()).isFalse();
    now += 1;
    assertThat(circuit.admits()).isTrue();
  }

  @Test
  void shouldRestAgainWhereTheTrialFails() {
    fail(2);
    now += 100;
    assertThat(circuit.admits()).isTrue();
    now += 50;
    fail(1);
    now += 99;
    assertThat(circuit.admits()).isFalse();
    now += 1;
    assertThat(circuit.admits()).isTrue();
  }

  @Test
  void shouldCloseWhereTheTrialSucceeds() {
    fail(2);
    now += 100;
    assertThat(circuit.admits()).isTrue();
    circuit.succeeded();
    assertThat(circuit.isOpen()).isFalse();
    assertThat(circuit.admits()).isTrue();
    fail(1);
    assertThat(circuit.admits()).isTrue();
  }

  private void fail(int times) {
    for (int i = 0; i < times; i++) {
      circuit.failed();
    }
  }
}

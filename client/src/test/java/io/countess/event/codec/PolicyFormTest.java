package io.countess.event.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Policy;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class PolicyFormTest {
  @Test
  void shouldHaveOneFormForEachKind() {
    assertThat(Arrays.stream(PolicyForm.values()).<Class<?>>map(PolicyForm::type))
        .containsExactlyInAnyOrder(Policy.class.getPermittedSubclasses());
  }

  @Test
  void shouldNameEachKindOnce() {
    assertThat(PolicyForm.names()).isEqualTo("expiring, leaky, window, total and gauge");
    assertThat(PolicyCodec.fieldsByKind()).hasSize(PolicyForm.values().length);
  }
}

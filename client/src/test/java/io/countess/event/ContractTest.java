package io.countess.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;

/** What is drawn for the properties of the codecs leaves nothing out that they have to write. */
class ContractTest {
  private static final int DRAWN = 2000;

  private final Contract contract = new Contract();

  @Example
  void shouldDrawEveryKindOfPolicy() {
    assertThat(drawn(contract.policies()))
        .containsExactlyInAnyOrder(Policy.class.getPermittedSubclasses());
  }

  @Example
  void shouldDrawEveryEvent() {
    assertThat(drawn(contract.events()))
        .containsExactlyInAnyOrder(Event.class.getPermittedSubclasses());
  }

  private static Set<Class<?>> drawn(Arbitrary<?> values) {
    return values.sampleStream().limit(DRAWN).map(Object::getClass).collect(Collectors.toSet());
  }
}

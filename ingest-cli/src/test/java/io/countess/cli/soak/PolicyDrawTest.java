package io.countess.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Policy;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PolicyDrawTest {
  @Test
  void shouldDrawEveryKind() {
    var draw = new PolicyDraw(new Random(7));

    var drawn = Stream.generate(draw::next).limit(2000).map(Action.Change::policy);

    assertThat(drawn.flatMap(Optional::stream).<Class<?>>map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(Policy.class.getPermittedSubclasses());
  }

  @Test
  void shouldHaveAModelOfEveryPolicyThatIsDrawn() {
    for (Space space : Space.values()) {
      assertThat(space.policies()).extracting(NaiveCounter::of).doesNotContainNull();
    }
    assertThat(Space.defaults()).extracting(NaiveCounter::of).doesNotContainNull();
  }
}

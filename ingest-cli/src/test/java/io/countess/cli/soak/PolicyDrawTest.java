package io.countess.cli.soak;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Event;
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
  void shouldDrawPoliciesPlansAndNeitherForSingleCounters() {
    var draw = new PolicyDraw(new Random(7));

    var drawn =
        Stream.generate(() -> draw.ofOne(Space.QUOTA.counter("k")).to()).limit(200).toList();

    assertThat(drawn)
        .anyMatch(to -> to.policy().isPresent())
        .anyMatch(to -> to.plan().isPresent())
        .anyMatch(Event.ChangePolicy::isDrop)
        .noneMatch(to -> to.policy().stream().anyMatch(own -> !own.terms().plans().isEmpty()));
    assertThat(Space.QUOTA.policies()).anyMatch(policy -> !policy.terms().plans().isEmpty());
  }

  @Test
  void shouldLeaveTheCountersOfABucketThatReleasesAreMadeFrom() {
    var draw = new PolicyDraw(new Random(7));

    assertThat(Stream.generate(() -> draw.ofOne(Space.BUCKET.counter("k")).to()).limit(200))
        .allMatch(Event.ChangePolicy::isDrop);
    assertThat(Space.BUCKET.policies()).allMatch(policy -> policy.terms().plans().isEmpty());
  }

  @Test
  void shouldHaveAModelOfEveryPolicyThatIsDrawn() {
    for (Space space : Space.values()) {
      assertThat(space.policies()).extracting(NaiveCounter::of).doesNotContainNull();
    }
    assertThat(Space.defaults()).extracting(NaiveCounter::of).doesNotContainNull();
  }
}

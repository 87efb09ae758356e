package io.countess.cli.soak;

import io.countess.cli.soak.Action.Change;
import io.countess.cli.soak.Action.ChangeOne;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** How the one client that changes policies does so. */
final class PolicyDraw {
  private final Random random;
  private final Map<Space, Optional<Policy>> policies = new EnumMap<>(Space.class);
  private Policy defaults = Space.defaults().get(0);

  /**
   * @param random of the client
   */
  PolicyDraw(Random random) {
    this.random = random;
    for (Space space : Space.values()) {
      policies.put(space, Optional.of(space.policies().get(0)));
    }
  }

  Change next() {
    return random.nextInt(4) == 0 ? ofDefaults() : of(oneOf(List.of(Space.values())));
  }

  /** A namespace that a change is about. */
  Space concerned(Change change) {
    List<Space> following =
        policies.keySet().stream().filter(space -> policies.get(space).isEmpty()).toList();
    return change
        .space()
        .orElseGet(() -> oneOf(following.isEmpty() ? List.of(Space.values()) : following));
  }

  /**
   * A change of one counter. What can keep its count is not known here, so that some of these can't
   * be. The counters of a bucket that releases are made from have nothing of their own, since they
   * could be made slower.
   */
  ChangeOne ofOne(CounterName counter) {
    OnChange onChange = onChange(true);
    boolean conditional = random.nextBoolean();
    int what = random.nextInt(10);
    Space space = Space.of(counter);
    Event.ChangePolicy to =
        what < 4 && space.hasOwn()
            ? new Event.ChangePolicy(Optional.of(Space.alone(oneOf(space.policies()))), onChange)
            : what < 7 && space.hasOwn()
                ? Event.ChangePolicy.toPlan(oneOf(Space.PLANS), onChange)
                : new Event.ChangePolicy(Optional.empty(), onChange);
    return new ChangeOne(counter, to, conditional);
  }

  /** The policy that a put brings. */
  Policy brought(Space space) {
    return oneOf(space.policies());
  }

  private Change ofDefaults() {
    Policy to = oneOf(Space.defaults());
    OnChange onChange = onChange(Space.adopts(defaults, to));
    defaults = to;
    return new Change(Optional.empty(), Optional.of(to), onChange, random.nextBoolean());
  }

  private Change of(Space space) {
    Optional<Policy> from = policies.get(space);
    boolean drops = random.nextInt(5) < 2 && !space.keepsWindows();
    Optional<Policy> to = drops ? Optional.empty() : Optional.of(oneOf(space.policies()));
    // The first policy of its own may be of any kind.
    boolean canKeep = from.isEmpty() || space.canKeep(from.get(), to.orElse(defaults));
    policies.put(space, to);
    return new Change(Optional.of(space), to, onChange(canKeep), random.nextBoolean());
  }

  private OnChange onChange(boolean canKeep) {
    return canKeep && random.nextInt(4) > 0 ? OnChange.KEEP : OnChange.RESET;
  }

  private <T> T oneOf(List<T> all) {
    return all.get(random.nextInt(all.size()));
  }
}

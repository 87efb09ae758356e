package io.countess.door;

import io.countess.query.Commands;
import io.countess.query.Queries;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.Executor;

/**
 * What a door is given to stand on. It translates a protocol into questions and commands, and holds
 * nothing itself.
 *
 * @param keys who may ask and command what
 * @param registry the meters of the whole instance, to which those of the door are added
 */
public record Floor(
    Queries queries, Commands commands, ApiKeys keys, PrometheusMeterRegistry registry) {
  /** The same with ports that complete on {@code executor}: see {@link Hop}. */
  public Floor on(Executor executor) {
    var hop = new Hop(executor);
    return new Floor(hop.over(queries), hop.over(commands), keys, registry);
  }
}

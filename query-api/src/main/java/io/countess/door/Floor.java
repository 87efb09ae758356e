package io.countess.door;

import io.countess.answer.Readiness;
import io.countess.query.Commands;
import io.countess.query.Queries;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.concurrent.Executor;

/**
 * What a door is given to stand on. It translates a protocol into questions and commands, and holds
 * nothing itself. The ports are those of a caller: what the caller's key does not allow is answered
 * with {@link io.countess.answer.Answer.Forbidden} or {@link io.countess.query.Response.Forbidden},
 * whatever the door.
 */
public final class Floor {
  private final Queries queries;
  private final Commands commands;
  private final ApiKeys keys;
  private final PrometheusMeterRegistry registry;

  /**
   * @param keys who may ask and command what
   * @param registry the meters of the whole instance, to which those of the door are added
   */
  public Floor(Queries queries, Commands commands, ApiKeys keys, PrometheusMeterRegistry registry) {
    this.queries = queries;
    this.commands = commands;
    this.keys = keys;
    this.registry = registry;
  }

  /** The same with ports that complete on {@code executor}: see {@link Hop}. */
  public Floor on(Executor executor) {
    var hop = new Hop(executor);
    return new Floor(hop.over(queries), hop.over(commands), keys, registry);
  }

  /** Answers what {@code caller} may ask. */
  public Queries queries(Caller caller) {
    return caller.mayEverywhere(Access.READ) ? queries : new LimitedQueries(caller, queries);
  }

  /** Takes what {@code caller} may command. */
  public Commands commands(Caller caller) {
    boolean mayAll = caller.mayEverywhere(Access.WRITE) && caller.mayEverywhere(Access.ADMIN);
    return mayAll ? commands : new LimitedCommands(caller, commands);
  }

  /** Whether questions can be answered now: for anyone. */
  public Readiness readiness() {
    return queries.readiness();
  }

  public ApiKeys keys() {
    return keys;
  }

  /**
   * The meters of requests.
   *
   * @param door its name, as {@code dracula}
   */
  public DoorMeters meters(String door) {
    return new DoorMeters(door, this);
  }

  public PrometheusMeterRegistry registry() {
    return registry;
  }
}

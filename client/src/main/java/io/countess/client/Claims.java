package io.countess.client;

import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Policy;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * Takes from quotas, and gives back: puts under a limit that are known by an id.
 *
 * <p>Each call has an id, a new one unless it was given: while it is unknown whether the server
 * carried it out, it is sent again under that, as {@link CountsConfig#retry} says. Where that time
 * ends too, an exception leaves the fate open. Who wants to learn it then gives the id, and makes
 * the same call again.
 *
 * <p>Where a call takes the initial usage, that is for a quota whose usage so far is known
 * somewhere else, and which counts in a total: a counter that does not exist yet is set to it
 * first. The supplier is asked only where the counter is missing, by one caller at a time in this
 * process; whoever else wants the counter waits for that, and shares its failure. However many
 * processes race, one of them sets the counter, and the others find it set. What the supplier takes
 * is not part of the time-out of the caller that it is asked for; who waits for another caller's
 * does so within the own time-out.
 */
public final class Claims {
  private final Counts counts;
  private final UsageLoads loads;
  private final Optional<Policy> quota;
  private final ClaimListener listener;

  Claims(Counts counts, UsageLoads loads) {
    this(counts, loads, Optional.empty(), new ClaimListener() {});
  }

  private Claims(Counts counts, UsageLoads loads, Optional<Policy> quota, ClaimListener listener) {
    this.counts = counts;
    this.loads = loads;
    this.quota = quota;
    this.listener = listener;
  }

  /**
   * The same, where a claim on one counter brings the policy that it is decided by: its limit, and
   * when what was taken comes back. The counter has it from then on. With API keys that takes the
   * scope {@code admin}.
   */
  public Claims under(Policy policy) {
    return new Claims(counts, loads, Optional.of(policy), listener);
  }

  /** The same, with somebody who is told what becomes of claims and releases. */
  public Claims telling(ClaimListener told) {
    return new Claims(counts, loads, quota, told);
  }

  /** Takes {@code n} of a quota. */
  public Claimed claim(CounterName counter, long n) {
    return claim(counter, n, newId());
  }

  /**
   * Takes {@code n} of a quota, once however often it is called.
   *
   * @param id which no other claim on this counter has
   */
  public Claimed claim(CounterName counter, long n, String id) {
    return claim(counter, put(n, id), id, counts.deadline());
  }

  /**
   * Takes {@code n} of a quota.
   *
   * @param usage how much of it was used before it was counted here
   */
  public Claimed claim(CounterName counter, long n, LongSupplier usage) {
    var deadline = counts.deadline();
    String id = newId();
    return loads
        .require(counts, counter, usage, deadline)
        .map(obstacle -> told(claimed(counter, id, obstacle)))
        .orElseGet(() -> claim(counter, put(n, id), id, deadline));
  }

  /**
   * Takes from one quota or several, from all of them or from none; where the claim has an id, once
   * however often it is called.
   *
   * @throws io.countess.event.InvalidInputException where their counters are not in one partition,
   *     saying how to get them there
   */
  public Claimed claim(Event.Claim claim) {
    return claim(claim, counts.deadline());
  }

  /**
   * Takes from one quota or several, from all of them or from none; where the claim has an id, once
   * however often it is called.
   *
   * @param usage how much of each was used before it was counted here
   * @throws io.countess.event.InvalidInputException where their counters are not in one partition,
   *     saying how to get them there
   */
  public Claimed claim(Event.Claim claim, ToLongFunction<CounterName> usage) {
    claim.requireTogether();
    var deadline = counts.deadline();
    for (Event.Claim.Part part : claim.parts()) {
      CounterName counter = part.counter();
      var obstacle = loads.require(counts, counter, () -> usage.applyAsLong(counter), deadline);
      if (obstacle.isPresent()) {
        return told(claimed(counter, claim.id().orElseGet(Claims::newId), obstacle.get()));
      }
    }
    return claim(claim, deadline);
  }

  private Claimed claim(Event.Claim claim, Deadline deadline) {
    String id = claim.id().orElseGet(Claims::newId);
    var known = new Event.Claim(claim.parts(), Optional.of(id));
    CounterName first = known.counter();
    return told(claimed(first, id, decide(first, id, Submission.of(known), deadline)));
  }

  private Claimed claim(CounterName counter, Event.Put put, String id, Deadline deadline) {
    return told(claimed(counter, id, decide(counter, id, Submission.of(counter, put), deadline)));
  }

  private Claimed claimed(CounterName counter, String id, Decision decision) {
    return new Claimed(counter, id, decision, (name, claimed) -> release(name, claimed.id()));
  }

  private Claimed told(Claimed claimed) {
    if (claimed.isGranted()) {
      listener.granted(claimed);
    } else {
      listener.notGranted(claimed);
    }
    return claimed;
  }

  /** Under the id of the claim that it is, or is a release of. */
  private Decision decide(
      CounterName counter, String claim, Submission submission, Deadline deadline) {
    try {
      return counts.decide(submission, deadline);
    } catch (RuntimeException unknown) {
      listener.unknown(counter, claim, unknown);
      throw unknown;
    }
  }

  private Event.Put put(long n, String id) {
    var put = new Event.Put(n, Optional.empty(), Optional.of(id));
    return quota.map(put::bringing).orElse(put);
  }

  /**
   * Gives back what is left of a claim. It can be called again: what came back once comes back no
   * more.
   *
   * @param counter that of the claim, any of them where it was on several
   * @param of the id of the claim
   */
  public Decision release(CounterName counter, String of) {
    return release(counter, of, OptionalLong.empty(), newId());
  }

  /**
   * Gives back {@code n} of a claim on one counter, or what is left of it if that is less.
   *
   * @param of the id of the claim
   * @param n at least 1
   */
  public Decision release(CounterName counter, String of, long n) {
    return release(counter, of, n, newId());
  }

  /**
   * The same, once however often it is called.
   *
   * @param id which no other command on this counter has
   */
  public Decision release(CounterName counter, String of, long n, String id) {
    return release(counter, of, OptionalLong.of(n), id);
  }

  private Decision release(CounterName counter, String of, OptionalLong n, String id) {
    var release = new Event.Release(of, n, Optional.of(id));
    Decision decision = decide(counter, of, Submission.of(counter, release), counts.deadline());
    listener.gaveBack(counter, of, decision);
    return decision;
  }

  static String newId() {
    return UUID.randomUUID().toString();
  }
}

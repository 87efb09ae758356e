package io.countess.door.envoy;

import io.countess.door.DoorOutcome;
import io.countess.door.Told;
import io.countess.door.envoy.Want.Standing;
import io.countess.event.Batch;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Partitions;
import io.countess.query.Command;
import io.countess.query.Commands;
import io.countess.query.Response;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Has all that a request wants counted, or nothing of it. Counters whose keys carry one hash tag
 * are decided in one step. Others are decided at once, each under one id; and where something is
 * refused, the others are released by that id before the answer. A process that dies in between
 * leaves them counted, until their window ends. What nobody knows the fate of is released too,
 * unless that is all that is wrong: then nobody knows whether the request was counted, as with any
 * other.
 */
final class Decider {
  private static final Logger LOG = LoggerFactory.getLogger(Decider.class);
  private static final int RELEASES = 3;

  /**
   * As much as a batch may hold of keys and policies; with what else it says, a record takes it.
   */
  private static final int MOST_BYTES = 40_000;

  private static final int BYTES_OF_A_POLICY = 200;

  private final Commands own;
  private final String process = HexFormat.of().formatHex(nonce());
  private final AtomicLong requests = new AtomicLong();

  /**
   * @param own takes the releases: they are part of a put that was let in
   */
  Decider(Commands own) {
    this.own = own;
  }

  private static byte[] nonce() {
    var nonce = new byte[16];
    new SecureRandom().nextBytes(nonce);
    return nonce;
  }

  /**
   * Whom it is asked by.
   *
   * @param commands takes what that one may command
   * @param within how long it may take
   */
  record Sender(Commands commands, Duration within) {
    CompletionStage<Response> submit(CounterName counter, Event event) {
      return commands.submit(Command.of(counter, event).in(within));
    }
  }

  /** How it stands with each counter, in the order of {@code wants}. */
  CompletionStage<Told<List<Standing>>> decide(List<Want> wants, Sender sender) {
    if (wants.isEmpty()) {
      return Told.of(List.<Standing>of()).now();
    } else if (wants.size() == 1) {
      return submit(wants.get(0), Optional.empty(), sender).thenApply(told -> told.map(List::of));
    }
    return areOne(wants) ? inOneStep(wants, sender) : apart(wants, sender);
  }

  private static boolean areOne(List<Want> wants) {
    CounterName first = wants.get(0).counter();
    int bytes = wants.stream().mapToInt(it -> it.counter().key().size() + BYTES_OF_A_POLICY).sum();
    return bytes <= MOST_BYTES
        && wants.stream().allMatch(it -> Partitions.areTogether(first, it.counter()));
  }

  private static CompletionStage<Told<List<Standing>>> inOneStep(List<Want> wants, Sender sender) {
    Batch batch =
        Batch.together(
            wants.stream()
                .map(want -> new Batch.Part(want.counter(), want.event(Optional.empty())))
                .toList());
    return sender
        .submit(batch.counter(), batch)
        .thenApply(response -> Told.of(response, decision -> standings(wants, decision)));
  }

  private static Optional<List<Standing>> standings(List<Want> wants, Decision decision) {
    var standings = new ArrayList<Standing>();
    List<Decision.Part> parts = decision.details().parts();
    for (int i = 0; i < parts.size(); i++) {
      wants.get(i).standing(parts.get(i).decision()).ifPresent(standings::add);
    }
    return standings.size() == wants.size() ? Optional.of(standings) : Optional.empty();
  }

  private CompletionStage<Told<List<Standing>>> apart(List<Want> wants, Sender sender) {
    String id = process + "-" + requests.incrementAndGet();
    List<CompletableFuture<Told<Standing>>> each =
        wants.stream()
            .map(want -> submit(want, Optional.of(id), sender).toCompletableFuture())
            .toList();
    return CompletableFuture.allOf(each.toArray(CompletableFuture[]::new))
        .thenCompose(
            done -> settled(wants, each.stream().map(CompletableFuture::join).toList(), id));
  }

  private static CompletionStage<Told<Standing>> submit(
      Want want, Optional<String> id, Sender sender) {
    return sender
        .submit(want.counter(), want.event(id))
        .thenApply(response -> Told.of(response, want::standing));
  }

  private CompletionStage<Told<List<Standing>>> settled(
      List<Want> wants, List<Told<Standing>> each, String id) {
    boolean isUndone = each.stream().anyMatch(Decider::undoes);
    Told<List<Standing>> told = all(each, isUndone);
    if (!isUndone) {
      return told.now();
    }
    var releases = new ArrayList<CompletableFuture<Void>>();
    for (int i = 0; i < wants.size(); i++) {
      if (mayBeCounted(wants.get(i), each.get(i))) {
        releases.add(release(wants.get(i).counter(), id, RELEASES).toCompletableFuture());
      }
    }
    return CompletableFuture.allOf(releases.toArray(CompletableFuture[]::new))
        .thenApply(done -> told);
  }

  /** Whether the others are not to be counted for this. */
  private static boolean undoes(Told<Standing> one) {
    return one.value().map(Standing::isOver).orElse(one.outcome() != DoorOutcome.UNKNOWN);
  }

  private static boolean mayBeCounted(Want want, Told<Standing> one) {
    return want.hits() > 0
        && one.value().map(it -> !it.isOver()).orElse(one.outcome() == DoorOutcome.UNKNOWN);
  }

  private static Told<List<Standing>> all(List<Told<Standing>> each, boolean isUndone) {
    var standings = new ArrayList<Standing>();
    for (Told<Standing> one : each) {
      if (one.value().isEmpty()) {
        return Told.error(one.outcome(), one.error());
      }
      Standing standing = one.value().get();
      standings.add(isUndone ? standing.givenBack() : standing);
    }
    return Told.of(standings);
  }

  private CompletionStage<Void> release(CounterName counter, String id, int attempts) {
    var release = new Event.Release(id, OptionalLong.empty(), Optional.empty());
    return own.submit(Command.of(counter, release))
        .thenCompose(
            response -> {
              Told<Boolean> told = Told.of(response, decision -> Optional.of(true));
              if (told.value().isPresent()) {
                return CompletableFuture.completedStage(null);
              } else if (attempts > 1) {
                return release(counter, id, attempts - 1);
              }
              LOG.warn("{} keeps what was refused elsewhere: {}", counter.shown(), told.error());
              return CompletableFuture.completedStage(null);
            });
  }
}

package io.countess.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.Answer;
import io.countess.answer.Readiness;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.Partitions;
import io.countess.event.Position;
import io.countess.event.RecordKey;
import io.countess.query.Command;
import io.countess.query.Question;
import io.countess.query.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** A command goes where its partition is folded, and is never sent twice. */
class RoutedCommandsTest {
  private static final int PARTITIONS = 4;
  private static final CounterName ALICE = CounterName.of("logins", "alice");
  private static final int HOME = Partitions.of(RecordKey.of(ALICE), PARTITIONS);
  private static final int OTHER = (HOME + 1) % PARTITIONS;
  private static final Duration SOON = Duration.ofMillis(300);
  private static final Instant NOW = Instant.parse("2026-11-09T00:00:00Z");

  private final Response decided = new Response.Decided(decision(Outcome.ACCEPTED));
  private final FakeInstance here = FakeInstance.responding(command -> decided);
  private final FakeInstance there = FakeInstance.responding(command -> decided);
  private final FakeDirectory directory = new FakeDirectory(PARTITIONS).with(here, 0, 1, 2, 3);

  @Test
  void shouldSendToTheOneWhoFoldsIt() {
    directory.with(there, HOME);

    assertThat(submit(put())).isEqualTo(decided);

    assertThat(there.taken).hasSize(1);
    assertThat(there.taken.get(0).within()).isBetween(Duration.ofMillis(1), SOON);
    assertThat(here.taken).isEmpty();
  }

  @Test
  void shouldAppendHereWhatOnlyWaitsForTheLog() {
    directory.with(there, HOME);
    var logged = new Response.Logged(Position.of(HOME, 8));
    here.responses = command -> logged;

    var command = new Command(ALICE, Event.Put.ONE, OptionalLong.empty(), Command.Ack.LOGGED, SOON);

    assertThat(submit(command)).isEqualTo(logged);
    assertThat(there.taken).isEmpty();
  }

  @Test
  void shouldSendOnOnlyWhatWasNotSent() {
    directory.with(there, HOME);
    there.responses =
        command -> {
          directory.with(here, HOME);
          return new Response.Elsewhere(HOME, "here:80");
        };

    assertThat(submit(put())).isEqualTo(decided);

    assertThat(there.taken).hasSize(1);
    assertThat(here.taken).hasSize(1);
  }

  @Test
  void shouldNotSendAgainWhatMayHaveBeenSent() {
    for (Response response :
        List.of(
            new Response.FateUnknown("gone"),
            new Response.NotSent("too much", SOON),
            new Response.Invalid("at", "is too early"))) {
      var instance = FakeInstance.responding(command -> response);
      directory.with(instance, HOME);

      assertThat(submit(put())).isEqualTo(response);
      assertThat(instance.taken).hasSize(1);
    }
  }

  @Test
  void shouldSayAtTheDeadlineThatNothingWasSent() {
    directory.with(there, HOME);
    there.responses = command -> new Response.Elsewhere(HOME, "there:80");
    directory.owners.put(HOME, "there:80");

    assertThat(submit(put())).isEqualTo(new Response.Elsewhere(HOME, "there:80"));
    directory.holders.remove(HOME);
    directory.owners.clear();
    assertThat(submit(put()))
        .isInstanceOfSatisfying(
            Response.NotSent.class, it -> assertThat(it.reason()).contains("partition " + HOME));
  }

  @Test
  void shouldAcknowledgeAPolicyWhenEveryPartitionHasIt() {
    var change = new Event.ChangePolicy(Optional.empty(), OnChange.RESET);
    var name = CounterName.policyOf(ByteString.utf8("logins"));
    var command = new Command(name, change, OptionalLong.empty(), Command.Ack.APPLIED, SOON);
    here.answers = share -> new Answer.Found<>(true, Position.NONE);
    directory.with(there, OTHER);
    there.answers = share -> new Answer.Found<>(true, Position.NONE);

    assertThat(submit(command)).isEqualTo(decided);
    assertThat(there.asked)
        .singleElement()
        .satisfies(it -> assertThat(it.question()).isEqualTo(new Question.Applied(HOME, 17)));

    there.answers = share -> new Answer.Behind<>(Position.NONE, Position.NONE);
    assertThat(submit(command))
        .isInstanceOfSatisfying(
            Response.Unconfirmed.class, it -> assertThat(it.partitions()).containsExactly(OTHER));
  }

  @Test
  void shouldTakeAnEventOfMoreThanSixDaysAgoOnlyAsOfItsLog() {
    var sixDays = NOW.minus(Duration.ofDays(6)).toEpochMilli();
    assertThat(submit(happened(sixDays, false))).isEqualTo(decided);
    assertThat(submit(happened(sixDays - 1, false)))
        .isEqualTo(
            new Response.Invalid(
                "at",
                "is 2026-11-02T23:59:59.999Z, more than 6 days ago; only a load with asOfLog takes"
                    + " that"));
    assertThat(submit(happened(sixDays - 1, true))).isEqualTo(decided);
    assertThat(submit(happened(1, true))).isEqualTo(decided);
  }

  private static Command happened(long atMillis, boolean asOfLog) {
    var at = OptionalLong.of(atMillis);
    return new Command(ALICE, Event.Put.ONE, at, asOfLog, Command.Ack.APPLIED, SOON);
  }

  private Response submit(Command command) {
    var queries =
        new RoutedQueries(
            directory, () -> new Readiness(true, "running", Collections.emptySortedMap()));
    return new RoutedCommands(directory, here, queries, Runnable::run, NOW::toEpochMilli)
        .submit(command)
        .toCompletableFuture()
        .join();
  }

  private static Command put() {
    return new Command(ALICE, Event.Put.ONE, OptionalLong.empty(), Command.Ack.APPLIED, SOON);
  }

  private static Decision decision(Outcome outcome) {
    return new Decision(outcome, Optional.empty(), 5).at(Position.of(HOME, 17));
  }
}

package io.countess.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.answer.Coverage;
import io.countess.answer.Readiness;
import io.countess.answer.Totals;
import io.countess.event.CounterName;
import io.countess.event.Position;
import io.countess.query.Demand;
import io.countess.query.Question;
import io.countess.query.Share;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Every question is asked of those who hold what it is about, and of nobody else. */
class RoutedQueriesTest {
  private static final Question<Totals> EVERYTHING = new Question.Everything();
  private static final CounterName ALICE = CounterName.of("logins", "alice");
  private static final Question<Count> COUNT = new Question.CountOf(ALICE, OptionalLong.empty());
  private static final Demand MINUTES = new Demand(Position.NONE, Duration.ofMinutes(5));
  private static final Demand SOON = new Demand(Position.NONE, Duration.ofMillis(300));

  private final FakeDirectory directory = new FakeDirectory(4);
  private final FakeInstance one = FakeInstance.finding(RoutedQueriesTest::tens);
  private final FakeInstance two = FakeInstance.finding(RoutedQueriesTest::tens);

  @Test
  void shouldAskEveryHolderOnceAndMerge() {
    directory.with(one, 0, 3).with(two, 1, 2);

    var found = found(ask(EVERYTHING, SOON));

    assertThat(found.value()).isEqualTo(new Totals(40, 4, false));
    assertThat(found.position()).isEqualTo(Position.parse("0@5,1@5,2@5,3@5"));
    assertThat(found.coverage()).isEqualTo(Coverage.FULL);
    assertThat(one.asked).extracting(Share::partitions).containsExactly(Set.of(0, 3));
    assertThat(two.asked).extracting(Share::partitions).containsExactly(Set.of(1, 2));
  }

  @Test
  void shouldLookForNoCopiesWhereTheAnswerIsThereAtOnce() {
    directory.with(one, 0, 1, 2, 3);

    found(ask(EVERYTHING, SOON));

    assertThat(directory.copiesLookedUp).isZero();
  }

  /** Its holder may leave while it is asked: then the others are looked for. */
  @Test
  void shouldAskForACountHereFirstAndElsewhereOnlyWhereItHasLeft() {
    int home = COUNT.home(4).getAsInt();
    var count = new Count(ALICE, 3, OptionalLong.empty(), 77);
    var counted = new Answer.Found<>(count, Position.of(home, 9));
    var here = FakeInstance.finding(share -> counted);
    var there = FakeInstance.finding(share -> counted);
    directory.with(here, home);
    directory.self = here;

    assertThat(found(ask(COUNT, SOON)).value()).isEqualTo(count);
    assertThat(here.asked).hasSize(1);

    here.answers =
        share -> {
          directory.with(there, home);
          return new Answer.Elsewhere<>(home, "there:1");
        };
    assertThat(found(ask(COUNT, SOON)).value()).isEqualTo(count);
    assertThat(there.asked).hasSize(1);
  }

  @Test
  void shouldAskAgainOnlyForWhatHasMovedAndThereWhereItIsNow() {
    directory.with(one, 0, 3).with(two, 1, 2);
    var times = new AtomicInteger();
    two.answers =
        share -> {
          directory.with(one, 1, 2);
          times.incrementAndGet();
          return new Answer.Elsewhere<>(1, "elsewhere:1");
        };

    assertThat(found(ask(EVERYTHING, SOON)).value().count()).isEqualTo(40);

    assertThat(times).hasValue(1);
    assertThat(one.asked).extracting(Share::partitions).containsExactly(Set.of(0, 3), Set.of(1, 2));
  }

  @Test
  void shouldWaitForAPartitionThatNobodyHolds() {
    directory.with(one, 0, 1, 2);

    var asked = new RoutedQueries(directory, RoutedQueriesTest::ready);
    var answer = asked.ask(EVERYTHING, Demand.NONE).toCompletableFuture();
    await().until(() -> one.asked.size() == 1);
    assertThat(answer).isNotDone();
    directory.with(two, 3);

    assertThat(found(answer.join()).value().keys()).isEqualTo(4);
    assertThat(one.asked).hasSize(1);
  }

  @Test
  void shouldNameAPartitionThatCantBeReachedInTime() {
    two.answers = share -> new Answer.Elsewhere<>(2, "two:80");
    directory.with(one, 0, 1).with(two, 2, 3);
    directory.owners.put(2, "two:80");

    assertThat(ask(EVERYTHING, SOON)).isEqualTo(new Answer.Elsewhere<>(2, "two:80"));
    directory.owners.clear();
    assertThat(ask(EVERYTHING, SOON))
        .isInstanceOfSatisfying(
            Answer.NotReady.class, it -> assertThat(it.reason()).contains("partition 2"));
  }

  @Test
  void shouldLeaveOutWhatCantBeReachedWhereThatIsWanted() {
    directory.with(one, 0, 1, 3);

    var found = found(ask(EVERYTHING, SOON.orPartial()));

    assertThat(found.value().count()).isEqualTo(30);
    assertThat(found.coverage()).isEqualTo(Coverage.without(new TreeSet<>(Set.of(2))));
  }

  @Test
  void shouldNotAnswerWithNothingEvenThen() {
    assertThat(ask(EVERYTHING, SOON.orPartial())).isInstanceOf(Answer.NotReady.class);
  }

  @Test
  void shouldTakeACopyForAPartitionThatIsAwayForAWhile() {
    var standby = FakeInstance.finding(share -> copied(tens(share), 7));
    two.answers = share -> new Answer.Elsewhere<>(2, "two:80");
    directory.with(one, 0, 1).with(two, 2, 3);
    directory.standbys.put(2, List.of(two, standby));
    directory.standbys.put(3, List.of(standby, two));

    var found = found(ask(EVERYTHING, new Demand(Position.NONE, Duration.ofSeconds(20))));

    assertThat(found.value().count()).isEqualTo(40);
    assertThat(found.coverage().behind()).containsOnlyKeys(2, 3).containsValue(7L);
    assertThat(standby.asked).extracting(Share::from).containsOnly(Share.Source.STANDBY).hasSize(2);
    assertThat(two.asked.size()).isGreaterThan(3);
  }

  /** It takes connections, so only time tells. */
  @Test
  void shouldTakeACopyWhereTheHolderHangs() {
    int home = COUNT.home(4).getAsInt();
    var count = new Count(ALICE, 3, OptionalLong.empty(), 77);
    var hanging = FakeInstance.hanging();
    var standby = FakeInstance.finding(share -> new Answer.Found<>(count, Position.of(home, 1)));
    directory.with(hanging, home);
    directory.standbys.put(home, List.of(hanging, standby));

    assertThat(found(ask(COUNT, MINUTES)).value()).isEqualTo(count);
    assertThat(hanging.asked)
        .extracting(Share::from)
        .containsExactly(Share.Source.OWNER, Share.Source.STANDBY);
  }

  @Test
  void shouldTakeCopiesOfAllThatAHangingHolderHas() {
    var hanging = FakeInstance.hanging();
    var standby = FakeInstance.finding(share -> copied(tens(share), 7));
    directory.with(one, 0, 1).with(hanging, 2, 3);
    directory.standbys.put(2, List.of(standby));
    directory.standbys.put(3, List.of(standby));

    var found = found(ask(EVERYTHING, MINUTES));

    assertThat(found.value().count()).isEqualTo(40);
    assertThat(found.coverage().behind()).containsOnlyKeys(2, 3);
    assertThat(one.asked).hasSize(1);
  }

  @Test
  void shouldWaitForASlowHolderWhereCopiesCannotTell() {
    int home = COUNT.home(4).getAsInt();
    var count = new Count(ALICE, 3, OptionalLong.empty(), 77);
    var slow = new CompletableFuture<Answer<?>>();
    var standby =
        FakeInstance.finding(
            share -> {
              slow.complete(new Answer.Found<>(count, Position.of(home, 9)));
              return new Answer.Elsewhere<>(home, "slow:80");
            });
    directory.with(FakeInstance.telling(slow), home);
    directory.standbys.put(home, List.of(standby));

    assertThat(found(ask(COUNT, MINUTES)).position()).isEqualTo(Position.of(home, 9));
    assertThat(standby.asked).hasSize(1);
  }

  @Test
  void shouldNotWaitForAHangingInstanceWhosePartitionsOthersHaveByNow() {
    var hanging = FakeInstance.hanging();
    int home = COUNT.home(4).getAsInt();
    var count = new Count(ALICE, 3, OptionalLong.empty(), 77);
    two.answers = share -> new Answer.Found<>(count, Position.of(home, 9));
    directory.with(hanging, home);

    var answer = new RoutedQueries(directory, RoutedQueriesTest::ready).ask(COUNT, MINUTES);
    directory.with(two, home);

    assertThat(found(answer.toCompletableFuture().join()).value()).isEqualTo(count);
    assertThat(hanging.asked).hasSize(1);
  }

  @Test
  void shouldNotBelieveACopyThatEveryPartitionHasAPolicy() {
    directory.with(one, 0, 1, 2);
    directory.standbys.put(3, List.of(two));
    one.answers = share -> new Answer.Found<>(true, Position.NONE);

    assertThat(ask(new Question.Applied(0, 5), new Demand(Position.NONE, Duration.ofSeconds(1))))
        .isInstanceOf(Answer.NotReady.class);
    assertThat(two.asked).isEmpty();
  }

  private static Answer<Totals> copied(Answer<Totals> answer, long behind) {
    var found = found(answer);
    var copied = new TreeMap<Integer, Long>();
    found.position().offsets().keySet().forEach(partition -> copied.put(partition, behind));
    return new Answer.Found<>(
        found.value(), found.position(), new Coverage(new TreeSet<>(), copied));
  }

  @Test
  void shouldNotAskAgainWhatIsWrongOrTooMuch() {
    for (Answer<?> answer :
        List.of(
            new Answer.Invalid<>("at", "is too early"),
            new Answer.NotReady<>("too much", Duration.ofSeconds(1)),
            new Answer.Behind<>(Position.of(1, 9), Position.of(1, 3)))) {
      var instance = FakeInstance.finding(share -> answer);
      directory.with(instance, 0, 1, 2, 3);

      assertThat(ask(EVERYTHING, SOON)).isEqualTo(answer);
      assertThat(ask(COUNT, SOON)).isEqualTo(answer);
      assertThat(instance.asked).hasSize(2);
    }
  }

  @Test
  void shouldAskAboutOneKeyOnlyTheOneWhoHoldsIt() {
    var count = new Count(ALICE, 3, OptionalLong.empty(), 77);
    int home = COUNT.home(4).getAsInt();
    directory.with(one, 0, 1, 2, 3).with(two, home);
    two.answers =
        share ->
            two.asked.size() == 1
                ? new Answer.Elsewhere<>(home, "moving")
                : new Answer.Found<>(count, Position.of(home, 1));

    assertThat(found(ask(COUNT, SOON)).value()).isEqualTo(count);

    assertThat(two.asked).extracting(Share::partitions).containsOnly(Set.of(home)).hasSize(2);
    assertThat(one.asked).isEmpty();
  }

  private <A> Answer<A> ask(Question<A> question, Demand demand) {
    return new RoutedQueries(directory, RoutedQueriesTest::ready)
        .ask(question, demand)
        .toCompletableFuture()
        .join();
  }

  private static <A> Answer.Found<A> found(Answer<A> answer) {
    assertThat(answer).isInstanceOf(Answer.Found.class);
    return (Answer.Found<A>) answer;
  }

  /** Ten, and one key, from each partition. */
  private static Answer<Totals> tens(Share<?> share) {
    var position = new TreeMap<Integer, Long>();
    share.partitions().forEach(partition -> position.put(partition, 5L));
    long keys = share.partitions().size();
    return new Answer.Found<>(new Totals(10 * keys, keys, false), new Position(position));
  }

  private static Readiness ready() {
    return new Readiness(true, "running", Collections.emptySortedMap());
  }
}

package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.answer.Totals;
import io.countess.cluster.wire.PeerRequest;
import io.countess.cluster.wire.Wire;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.Position;
import io.countess.query.Demand;
import io.countess.query.Question;
import io.countess.query.Share;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** An instance that keeps a copy of a partition can tell what is in it, and how old that is. */
class StandbyAnswersTest {
  private static final ByteString LOGINS = ByteString.utf8("logins");
  private static final int KEYS = 24;
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  @TempDir Path data;
  private Group group;

  @BeforeEach
  void open() {
    group = new Group(data);
  }

  @AfterEach
  void close() {
    group.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"rocksdb", "memory"})
  void shouldTellWhatTheOwnerHasCommitted(String store) throws Exception {
    var flags = Map.of(Setting.STANDBY_REPLICAS, "1", Setting.STORE, store);
    var one = group.start("one", flags);
    var two = group.start("two", flags);
    Group.awaitShared(one, two);
    for (int partition = 0; partition < Group.PARTITIONS; partition++) {
      assertNothingIsTold(partition, one, two);
    }
    one.counts().setPolicy(LOGINS, Policy.Total.unbounded(), OnChange.RESET);
    for (int i = 0; i < KEYS; i++) {
      one.counts().put(key(i), i + 1);
    }

    for (int i = 0; i < KEYS; i++) {
      var question = new Question.CountOf(key(i), OptionalLong.empty());
      int home = question.home(Group.PARTITIONS).getAsInt();
      var other = one.counts().readiness().lag().containsKey(home) ? two : one;
      int expected = i + 1;
      await()
          .atMost(Group.READY)
          .untilAsserted(
              () -> {
                Answer.Found<Count> found = found(ask(other, question, home, Position.NONE));
                assertThat(found.value().count()).isEqualTo(expected);
                assertThat(found.coverage().behind()).isEqualTo(Map.of(home, 0L));
              });
    }
    Answer<Totals> far = ask(one, new Question.Everything(), 0, Position.of(0, 1_000_000));
    assertThat(far).isInstanceOf(Answer.Elsewhere.class);
  }

  /** A partition that nothing ever came to has no rows, which are not to be waited for. */
  private static void assertNothingIsTold(int partition, Group.Member one, Group.Member two) {
    var other = one.counts().readiness().lag().containsKey(partition) ? two : one;
    await()
        .atMost(Group.READY)
        .untilAsserted(
            () ->
                assertThat(found(ask(other, new Question.Everything(), partition, Position.NONE)))
                    .extracting(found -> found.value().keys())
                    .isEqualTo(0L));
  }

  private static <A> Answer.Found<A> found(Answer<A> answer) {
    assertThat(answer).isInstanceOf(Answer.Found.class);
    return (Answer.Found<A>) answer;
  }

  private static <A> Answer<A> ask(
      Group.Member member, Question<A> question, int partition, Position position)
      throws Exception {
    var demand = new Demand(position, Duration.ofSeconds(1));
    var share =
        new Share<>(question, Set.of(partition), demand)
            .ofStandby(partition, Duration.ofSeconds(1));
    var request =
        HttpRequest.newBuilder(URI.create(member.countess().url() + PeerRequest.QUESTION.path()))
            .POST(HttpRequest.BodyPublishers.ofByteArray(Wire.encode(share)))
            .build();
    return Wire.decodeAnswer(CLIENT.send(request, BodyHandlers.ofByteArray()).body(), question);
  }

  private static CounterName key(int i) {
    return CounterName.of("logins", "key" + i);
  }
}

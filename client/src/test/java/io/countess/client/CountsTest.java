package io.countess.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Decision.GaugeValue;
import io.countess.event.Event;
import io.countess.event.Held;
import io.countess.event.HeldChange;
import io.countess.event.InvalidInputException;
import io.countess.event.Outcome;
import io.countess.event.Position;
import io.countess.event.Write;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CountsTest {
  private static final CounterName ALICE = CounterName.of("logins", "alice");

  private final FakeServer server = new FakeServer();
  private final Counts counts = Counts.open(CountsConfig.of(server.url()));

  @AfterEach
  void close() {
    counts.close();
    server.close();
  }

  @Test
  void shouldCount() {
    server.answer(
        "{'namespace':'logins','key':'alice','count':3,'at':17,'limit':5,'remaining':2,"
            + "'moreAfterMillis':30,'freeAfterMillis':40,'new':[1]}",
        "Countess-Position",
        "1@9");
    var count =
        new Count(
            ALICE,
            3,
            OptionalLong.of(5),
            OptionalLong.of(30),
            OptionalLong.of(40),
            17,
            false,
            Optional.empty(),
            List.of(),
            Optional.empty(),
            Optional.empty());
    assertThat(counts.ask(ALICE, Optional.empty()))
        .isEqualTo(new Answer.Found<>(count, Position.of(1, 9)));
    assertThat(count.remaining()).hasValue(2);
    assertThat(server.asked().line()).isEqualTo("GET /v1/namespaces/logins/keys/alice");
    assertThat(server.asked().headers()).doesNotContainKeys("Authorization", "Countess-position");
  }

  @Test
  void shouldSayHowFarBehindAStandbyIsThatAnswers() {
    server.answer("{'count':3,'at':17,'exists':true,'behind':{'3':120}}");
    assertThat(counts.ask(ALICE, Optional.empty()).coverage().behind()).isEqualTo(Map.of(3, 120L));
  }

  @Test
  void shouldCountAtAnInstantAndAfterAPosition() {
    server.answer("{'count':0,'at':5}");
    var counted = counts.including(Position.of(2, 7)).count(ALICE, Instant.ofEpochMilli(5));
    assertThat(counted.limit()).isEmpty();
    assertThat(counted.remaining()).isEmpty();
    assertThat(server.asked().line()).endsWith("/alice?at=5");
    assertThat(server.asked().header("Countess-position")).isEqualTo("2@7");
  }

  @ParameterizedTest
  @CsvSource({
    "a/b, c d%, /v1/namespaces/a%2Fb/keys/c%20d%25",
    "día, +&?#, /v1/namespaces/d%C3%ADa/keys/%2B%26%3F%23",
    "'', k, /v1/counter?nsBase64=&keyBase64=aw",
    "n, '', /v1/counter?nsBase64=bg&keyBase64=",
    "n, .., /v1/counter?nsBase64=bg&keyBase64=Li4",
    "., k, /v1/counter?nsBase64=Lg&keyBase64=aw",
    "n, ..., /v1/namespaces/n/keys/...",
  })
  void shouldNameAnyCounter(String namespace, String key, String path) {
    server.answer("{'count':0,'at':5}");
    counts.count(CounterName.of(namespace, key));
    assertThat(server.asked().line()).isEqualTo("GET " + path);
  }

  @Test
  void shouldNameCountersThatAreNotText() {
    server.answer("{'count':0,'at':5}");
    var bytes = ByteString.of(new byte[] {(byte) 0xfb, (byte) 0xff});
    counts.count(new CounterName(ByteString.utf8("n"), bytes));
    assertThat(server.asked().line()).isEqualTo("GET /v1/counter?nsBase64=bg&keyBase64=-_8");
  }

  @Test
  void shouldPut() {
    server.answer("{'outcome':'accepted','count':2,'at':17,'position':'0@4'}");
    assertThat(counts.put(ALICE, 2))
        .isEqualTo(
            new Decision(Outcome.ACCEPTED, Optional.empty(), 17)
                .counting(OptionalLong.of(2), OptionalLong.empty())
                .at(Position.of(0, 4)));
    assertThat(server.asked().line())
        .isEqualTo("POST /v1/namespaces/logins/keys/alice?ack=applied");
    assertThat(server.asked().body()).isEqualTo("{\"n\":2}");
    assertThat(server.asked().header("Content-type")).isEqualTo("application/json");
  }

  @Test
  void shouldSayHowLongAPutLivesAndWhenItHappened() {
    server.answer("{'outcome':'late','at':17}");
    var put = new Event.Put(1, Optional.of(Duration.ofSeconds(5)));
    var decision = counts.decide(Submission.of(ALICE, put, Instant.ofEpochMilli(9)));
    assertThat(decision.outcome()).isEqualTo(Outcome.LATE);
    assertThat(server.asked().body()).isEqualTo("{\"ttl\":\"5s\",\"at\":9}");
  }

  @Test
  void shouldSet() {
    server.answer("{'outcome':'accepted','at':17}");
    counts.decide(Submission.of(ALICE, new Event.SetValue(-7, true)));
    assertThat(server.asked().line()).startsWith("PUT /v1/namespaces/logins/keys/alice?");
    assertThat(server.asked().body()).isEqualTo("{\"value\":-7,\"if\":\"absent\"}");
  }

  @Test
  void shouldReset() {
    server.answer("{'outcome':'accepted','at':17}");
    counts.decide(Submission.of(ALICE, new Event.Reset()));
    assertThat(server.asked().line()).startsWith("DELETE /v1/namespaces/logins/keys/alice?");
    assertThat(server.asked().body()).isEmpty();
  }

  @Test
  void shouldWaitForTheLogOnly() {
    server.answer(202, "application/json", "{'position':'3@1'}", "Countess-Position", "3@1");
    assertThat(counts.log(Submission.of(ALICE, Event.Put.ONE))).isEqualTo(Position.of(3, 1));
    assertThat(server.asked().line()).contains("ack=logged");
  }

  @Test
  void shouldTakeARefusalForADecision() {
    server.problem(
        429,
        "{'type':'urn:countess:problem:refused','title':'t','status':429,'detail':'d',"
            + "'outcome':'refused','count':5,'limit':5,'retryAfterMillis':800,'at':17}",
        "Retry-After",
        "1");
    var decision = counts.put(ALICE, 1);
    assertThat(decision.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(decision.retryAfterMillis()).hasValue(800);
    server.problem(422, "{'type':'urn:countess:problem:impossible','outcome':'impossible','at':1}");
    assertThat(counts.put(ALICE, 1).outcome()).isEqualTo(Outcome.IMPOSSIBLE);
  }

  @Test
  void shouldTellAGaugeAndWhetherACounterExists() {
    server.answer("{'count':2.5,'limit':4.0,'remaining':1.5,'at':17,'exists':true}");
    var counted = counts.count(ALICE);
    assertThat(counted.gauge()).contains(new GaugeValue(2.5, OptionalDouble.of(4)));
    assertThat(counted.count()).isEqualTo(3);
    assertThat(counted.limit()).isEmpty();
    assertThat(counted.exists()).isTrue();
  }

  @Test
  void shouldPeek() {
    server.answer(
        "{'count':4,'limit':5,'at':17,'wouldAccept':false,'retryAfterMillis':90,'reason':'r'}");
    var peeked = counts.peek(ALICE, 2);
    assertThat(peeked.wouldAccept()).isFalse();
    assertThat(peeked.retryAfterMillis()).hasValue(90);
    assertThat(peeked.reason()).contains("r");
    assertThat(peeked.count().remaining()).hasValue(1);
    assertThat(server.asked().line()).isEqualTo("GET /v1/namespaces/logins/keys/alice?n=2");
    counts.peek(ALICE, 2, Instant.ofEpochMilli(17));
    assertThat(server.all().get(1).line()).endsWith("/alice?n=2&at=17");
    counts.peek(ALICE, 0.5);
    counts.peek(ALICE, -1e20, Instant.ofEpochMilli(17));
    assertThat(server.all().get(2).line()).endsWith("/alice?n=0.5");
    assertThat(server.all().get(3).line()).endsWith("/alice?n=-1.0E20&at=17");
  }

  @Test
  void shouldPutUnderAnId() {
    server.answer("{'outcome':'accepted','count':2,'at':17,'replayed':true}");
    var put = new Event.Put(2, Optional.empty(), Optional.of("order-7"));
    var decision = counts.decide(Submission.of(ALICE, put));
    assertThat(decision.details().replayed()).isTrue();
    assertThat(server.asked().header("Idempotency-key")).isEqualTo("order-7");
    assertThat(server.asked().body()).isEqualTo("{\"n\":2}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "é", "\"q\"", " x"})
  void shouldSendIdsInTheBodyThatAHeaderCantHold(String id) {
    server.answer("{'outcome':'accepted','at':17}");
    counts.decide(Submission.of(ALICE, new Event.SetValue(Amount.of(0.5), false, Optional.of(id))));
    assertThat(server.asked().headers()).doesNotContainKey("Idempotency-key");
    assertThat(server.asked().body())
        .isEqualTo("{\"value\":0.5,\"id\":\"" + id.replace("\"", "\\\"") + "\"}");
    assertThatThrownBy(() -> Submission.of(ALICE, new Event.Reset(Optional.of(id))))
        .hasMessageStartingWith("id of a reset must be visible ASCII");
  }

  @Test
  void shouldResetUnderAnId() {
    server.answer("{'outcome':'accepted','at':17}");
    counts.decide(Submission.of(ALICE, new Event.Reset(Optional.of("r1"))));
    assertThat(server.asked().line()).startsWith("DELETE ");
    assertThat(server.asked().header("Idempotency-key")).isEqualTo("r1");
  }

  @Test
  void shouldWriteAValueAndTellWhatItWasAndIs() {
    server.answer(
        "{'outcome':'accepted','count':2,'at':17,'before':{},'after':{'value':2,'expiresAt':77}}");
    var write =
        new Write(
            Optional.of(new Write.Add(BigDecimal.valueOf(2))),
            Optional.of(Write.Expiry.of(new Write.After(Duration.ofSeconds(60)))),
            Write.If.ANY,
            Optional.empty());

    var decision = counts.decide(Submission.of(ALICE, write));

    assertThat(server.asked().line())
        .startsWith("POST /v1/namespaces/logins/keys/alice/write?ack=applied");
    assertThat(server.asked().body()).isEqualTo("{\"add\":2,\"ttl\":\"1m\"}");
    assertThat(decision.details().value())
        .hasValue(
            new HeldChange(
                Optional.empty(),
                Optional.of(new Held(BigDecimal.valueOf(2), OptionalLong.of(77)))));
  }

  @Test
  void shouldTakeAConflictForADecision() {
    server.problem(409, "{'type':'urn:countess:problem:conflict','outcome':'conflict','at':1}");
    assertThat(counts.put(ALICE, 1).outcome()).isEqualTo(Outcome.CONFLICT);
  }

  @Test
  void shouldRefuseToSubmitWhatIsNotAboutOneCounter() {
    assertThatThrownBy(() -> Submission.of(ALICE, new Event.Tick()))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("it must be put, set, write, reset, release, claim or batch");
    assertThatThrownBy(() -> Submission.of(ALICE, new Event.Reset(), Instant.EPOCH))
        .hasMessage("at is not for a reset, which happens now");
  }
}

package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.answer.Peek;
import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision.GaugeValue;
import io.countess.event.Position;
import io.countess.query.Demand;
import io.countess.query.Question;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CountTest {
  private static final CounterName ALICE = CounterName.of("logins", "alice");
  private static final String PATH = "/v1/namespaces/logins/keys/alice";

  @RegisterExtension final Api api = new Api();

  @Test
  void shouldAnswerACount() {
    api.queries.find(new Count(ALICE, 3, OptionalLong.empty(), 1_700_000_000_000L));

    var response = api.get(PATH);

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.headers().firstValue("Countess-Position")).hasValue("0@41");
    assertThat(response.body())
        .isEqualTo(
            "{\"namespace\":\"logins\",\"key\":\"alice\",\"count\":3,\"at\":1700000000000,"
                + "\"exists\":true}");
    assertThat(api.queries.asked)
        .containsExactly(new Question.CountOf(ALICE, OptionalLong.empty()));
    assertThat(api.queries.demands).containsExactly(Demand.NONE);
  }

  @Test
  void shouldTellTheLimitAndWhatRemains() {
    api.queries.find(new Count(ALICE, 3, OptionalLong.of(5), 7));

    var count = Api.json(api.get(PATH));

    assertThat(count.get("limit").asLong()).isEqualTo(5);
    assertThat(count.get("remaining").asLong()).isEqualTo(2);
  }

  @Test
  void shouldAnswerAHeadWithoutABody() {
    api.queries.find(new Count(ALICE, 3, OptionalLong.empty(), 7));

    var response = api.send(api.request(PATH).method("HEAD", BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEmpty();
  }

  @Test
  void shouldShowNamesThatAreNotTextInBase64() {
    var name = new CounterName(ByteString.EMPTY, ByteString.of(new byte[] {-1, 0}));
    api.queries.find(new Count(name, 3, OptionalLong.empty(), 7));

    var response = api.get("/v1/counter?nsBase64=&keyBase64=_wA");

    assertThat(response.body())
        .isEqualTo(
            "{\"namespace\":\"\",\"keyBase64\":\"/wA=\",\"count\":3,\"at\":7,\"exists\":true}");
    assertThat(api.queries.asked).containsExactly(new Question.CountOf(name, OptionalLong.empty()));
  }

  @ParameterizedTest
  @CsvSource({
    "1700000000000,1700000000000",
    "2023-11-14T22:13:20Z,1700000000000",
    "2023-11-14T23:13:20%2B01:00,1700000000000",
    "2023-11-14T23:13:20+01:00,1700000000000",
  })
  void shouldCountAtAnInstant(String given, long millis) {
    api.queries.find(new Count(ALICE, 3, OptionalLong.empty(), millis));

    assertThat(api.get(PATH + "?at=" + given).statusCode()).isEqualTo(200);
    assertThat(api.queries.asked)
        .containsExactly(new Question.CountOf(ALICE, OptionalLong.of(millis)));
  }

  @Test
  void shouldPassOnWhatTheQuestionDemands() {
    api.queries.find(new Count(ALICE, 3, OptionalLong.empty(), 7));

    api.get(PATH + "?timeout=250ms", "Countess-Position", "1@7,0@3");

    assertThat(api.queries.demands)
        .containsExactly(new Demand(Position.parse("0@3,1@7"), Duration.ofMillis(250)));
  }

  @Test
  void shouldTellAndTakePositionsOfManyPartitions() {
    var offsets = new TreeMap<Integer, Long>();
    for (int i = 0; i < 1024; i++) {
      offsets.put(i, 123_456_789_012L + i);
    }
    var position = new Position(offsets);
    api.queries.answer(new Answer.Found<>(new Count(ALICE, 3, OptionalLong.empty(), 7), position));

    String told = api.get(PATH).headers().firstValue("Countess-Position").orElseThrow();
    api.get(PATH, "Countess-Position", told);

    assertThat(Position.parse(told)).isEqualTo(position);
    assertThat(api.queries.demands.get(1).position()).isEqualTo(position);
  }

  @Test
  void shouldAnswerWhenTheAnswerComesLater() {
    var later = new CompletableFuture<Answer<Count>>();
    api.queries.answerWhen(later);
    var response = CompletableFuture.supplyAsync(() -> api.get(PATH));

    later.completeOnTimeout(
        new Answer.Found<>(new Count(ALICE, 3, OptionalLong.empty(), 7), FakeQueries.POSITION),
        50,
        TimeUnit.MILLISECONDS);

    assertThat(Api.json(response.join()).get("count").asLong()).isEqualTo(3);
  }

  @Test
  void shouldTellAGaugeByItsFraction() {
    var value = new GaugeValue(21, OptionalDouble.of(60));
    api.queries.find(counted(0, OptionalLong.empty(), Optional.of(value)));

    var response = api.get(PATH);

    assertThat(response.body())
        .isEqualTo(
            "{\"namespace\":\"logins\",\"key\":\"alice\",\"count\":21.0,\"limit\":60.0,"
                + "\"remaining\":39.0,\"at\":7,\"exists\":true}");
    assertThat(response.headers().firstValue("RateLimit")).isEmpty();
  }

  @Test
  void shouldTellTheLimitInHeadersToo() {
    api.queries.find(new Count(ALICE, 3, OptionalLong.of(5), 7));

    var headers = api.get(PATH).headers();

    assertThat(headers.firstValue("RateLimit-Policy")).hasValue("\"limit\";q=5");
    assertThat(headers.firstValue("RateLimit")).hasValue("\"limit\";r=2");
  }

  @Test
  void shouldTellWhenMoreOfTheLimitIsFreeAndWhenAllOfIt() {
    api.queries.find(counted(3, OptionalLong.of(5), Optional.empty()));

    var response = api.get(PATH);

    assertThat(response.headers().firstValue("RateLimit")).hasValue("\"limit\";r=2;t=9");
    assertThat(response.body())
        .endsWith("\"remaining\":2,\"moreAfterMillis\":8001,\"freeAfterMillis\":40001}");
  }

  @Test
  void shouldPeek() {
    var count = counted(3, OptionalLong.of(5), Optional.empty());
    api.queries.find(new Peek(count, Amount.of(2), true, Optional.empty(), OptionalLong.empty()));

    var response = api.get(PATH + "?n=2&at=7");

    assertThat(response.body()).endsWith("\"freeAfterMillis\":40001,\"n\":2,\"wouldAccept\":true}");
    assertThat(api.queries.asked)
        .containsExactly(new Question.PeekOf(ALICE, OptionalLong.of(7), Amount.of(2)));
  }

  @Test
  void shouldPeekForFractions() {
    var half = Amount.of(0.5);
    var value = new GaugeValue(2, OptionalDouble.empty());
    var gauge = counted(0, OptionalLong.empty(), Optional.of(value));
    api.queries.find(new Peek(gauge, half, true, Optional.empty(), OptionalLong.empty()));

    assertThat(api.get(PATH + "?n=.5").body()).endsWith("\"n\":0.5,\"wouldAccept\":true}");
    api.get(PATH + "?n=5e-1");
    assertThat(api.queries.asked)
        .containsOnly(new Question.PeekOf(ALICE, OptionalLong.empty(), half));
  }

  @Test
  void shouldTellWhenWhatDoesNotFitNowWould() {
    var count = counted(3, OptionalLong.of(5), Optional.empty());
    var reason = Optional.of("the count would be 7");
    api.queries.find(new Peek(count, Amount.of(4), false, reason, OptionalLong.of(1001)));

    var response = api.get(PATH + "?n=4");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("RateLimit")).hasValue("\"limit\";r=2;t=9");
    assertThat(response.headers().firstValue("Retry-After")).isEmpty();
    assertThat(response.body())
        .endsWith(
            "\"n\":4,\"wouldAccept\":false,\"reason\":\"the count would be 7\","
                + "\"retryAfterMillis\":1001}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "?at=noon|at|at is 'noon'; it must be milliseconds since the epoch or ISO-8601"
            + " as 2026-01-31T12:00:00Z",
        "?at=-1|at|at is -1; it must not be before 1970",
        "?at=9223372036854775807|at|at is 9223372036854775807; it must not be after the year 9999",
        "?at=%2B999999999-12-31T23:59:59Z|at|at is '+999999999-12-31T23:59:59Z'; it must not be"
            + " after the year 9999",
        "?at=1&at=2|at|at is given twice",
        "?at=%25zz|at|at is '%zz'; it must be milliseconds since the epoch or ISO-8601"
            + " as 2026-01-31T12:00:00Z",
        "?k=1|k|k is not a parameter here; there are at, n, timeout, window",
        "?n=half|n|n is 'half'; it must be a number",
        "?n=|n|n is ''; it must be a number",
        "?n=1e999|n|n is Infinity; it must be a finite number",
        "?timeout=61s|timeout|timeout is 61s; it may be at most 60s",
        "?timeout=0s|timeout|timeout is '0s'; it must be longer than zero, in whole milliseconds",
        "?timeout=soon|timeout|timeout is 'soon'; it must be a duration such as 500ms, 60s, 5m,"
            + " 1h, 7d or PT1M",
      })
  void shouldNameTheParameterAndTheRule(String query, String field, String detail) {
    var response = api.get(PATH + query);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Api.json(response).get("field").asText()).isEqualTo(field);
    assertThat(Api.json(response).get("detail").asText()).isEqualTo(detail);
    assertThat(Api.json(response).get("type").asText())
        .isEqualTo("urn:countess:problem:invalid-field");
  }

  @Test
  void shouldRefuseAPositionThatIsNone() {
    var response = api.get(PATH, "Countess-Position", "here");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Api.json(response).get("detail").asText())
        .isEqualTo("Countess-Position is 'here'; it must look like 0@17 or 0@17,3@4");
  }

  private static Count counted(long count, OptionalLong limit, Optional<GaugeValue> gauge) {
    var none = OptionalLong.empty();
    var more = limit.isPresent() ? OptionalLong.of(8_001) : none;
    var free = limit.isPresent() ? OptionalLong.of(40_001) : none;
    return new Count(
        ALICE,
        count,
        limit,
        more,
        free,
        7,
        true,
        gauge,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }
}

package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.Count;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Decision.Details;
import io.countess.event.LimitCount;
import io.countess.event.Outcome;
import io.countess.event.Position;
import io.countess.query.Response;
import java.net.http.HttpHeaders;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The fields RateLimit and RateLimit-Policy: within t seconds no more than r can be added. */
class RateLimitTest {
  private static final String PATH = "/v1/namespaces/logins/keys/alice";
  private static final OptionalLong NONE = OptionalLong.empty();
  private static final OptionalLong ALL = OptionalLong.of(3_600_000);

  @RegisterExtension final Api api = new Api();

  @Test
  void shouldTellWhatIsLeftAndForHowLongNoMoreIs() {
    var headers = put(decided(Outcome.ACCEPTED, 3, NONE).freeing(OptionalLong.of(6001), ALL));

    assertThat(headers.firstValue("RateLimit-Policy")).hasValue("\"limit\";q=5");
    assertThat(headers.firstValue("RateLimit")).hasValue("\"limit\";r=2;t=7");
    assertThat(headers.firstValue("Retry-After")).isEmpty();
  }

  @Test
  void shouldNotTellAClientToComeBackBeforeMoreIsFree() {
    var one = put(refused(5, 5_001).freeing(OptionalLong.of(5_001), ALL));
    var three = put(refused(3, 9_000).freeing(OptionalLong.of(5_000), ALL));
    var soon = put(refused(5, 1).freeing(OptionalLong.of(1), ALL));

    assertThat(one.firstValue("RateLimit")).hasValue("\"limit\";r=0;t=6");
    assertThat(one.firstValue("Retry-After")).hasValue("6");
    assertThat(three.firstValue("RateLimit")).hasValue("\"limit\";r=2;t=5");
    assertThat(three.firstValue("Retry-After")).hasValue("9");
    assertThat(soon.firstValue("RateLimit")).hasValue("\"limit\";r=0;t=1");
    assertThat(soon.firstValue("Retry-After")).hasValue("1");
  }

  /** As where a counter remembers as many ids as it can: those are forgotten in their own time. */
  @Test
  void shouldNotContradictARefusalForAnotherReason() {
    var headers = put(refused(3, 2_000).freeing(OptionalLong.of(30_000), ALL));

    assertThat(headers.firstValue("Retry-After")).hasValue("2");
    assertThat(headers.firstValue("RateLimit")).hasValue("\"limit\";r=2;t=2");
  }

  @Test
  void shouldTellNoTimeWhereWaitingDoesNotHelp() {
    var headers = put(decided(Outcome.REFUSED, 5, NONE));

    assertThat(headers.firstValue("RateLimit")).hasValue("\"limit\";r=0");
    assertThat(headers.firstValue("Retry-After")).isEmpty();
  }

  /** What the first decision left tells nothing of what is left by now. */
  @Test
  void shouldTellNothingOfAReplay() {
    var first = decided(Outcome.ACCEPTED, 3, NONE).freeing(OptionalLong.of(6000), ALL);

    var headers = put(first.with(Details.NONE.asReplayed()));

    assertThat(headers.firstValue("RateLimit")).isEmpty();
    assertThat(headers.firstValue("RateLimit-Policy")).isEmpty();
  }

  /** RFC 9651 allows 15 digits; of more, a parser drops the whole field. */
  @Test
  void shouldTellNoNumbersThatNoParserTakes() {
    long large = 1_000_000_000_000_000L;
    var name = CounterName.of("logins", "alice");
    api.queries.find(new Count(name, 3, OptionalLong.of(Long.MAX_VALUE), 7));
    var unlimited = api.get(PATH).headers();
    api.queries.find(new Count(name, 1, OptionalLong.of(large), 7));
    var first = api.get(PATH).headers();

    assertThat(unlimited.firstValue("RateLimit-Policy")).hasValue("\"limit\";q=999999999999999");
    assertThat(unlimited.firstValue("RateLimit")).hasValue("\"limit\";r=999999999999999");
    assertThat(first.firstValue("RateLimit-Policy")).hasValue("\"limit\";q=999999999999999");
    assertThat(first.firstValue("RateLimit")).hasValue("\"limit\";r=999999999999999");
    var far = OptionalLong.of(Long.MAX_VALUE);
    assertThat(put(decided(Outcome.ACCEPTED, 5, NONE).freeing(far, far)).firstValue("RateLimit"))
        .hasValue("\"limit\";r=0;t=999999999999999");
  }

  @Test
  void shouldTellEachOfSeveralLimits() {
    var second = new LimitCount(9, 10, OptionalLong.of(100), OptionalLong.of(900));
    var day = new LimitCount(1000, 1000, OptionalLong.of(7_200_000), OptionalLong.of(7_200_000));
    var limits = new Decision.Limits(List.of(second, day), OptionalInt.of(1));
    var decision =
        decided(Outcome.REFUSED, 9, OptionalLong.of(7_200_000)).with(Details.NONE.with(limits));

    var headers = put(decision);
    api.queries.find(
        new Count(
            CounterName.of("logins", "alice"),
            9,
            OptionalLong.of(10),
            NONE,
            NONE,
            7,
            true,
            Optional.empty(),
            List.of(second, day),
            Optional.empty(),
            Optional.empty()));
    var counted = api.get(PATH);

    assertThat(headers.firstValue("RateLimit-Policy"))
        .hasValue("\"limits[0]\";q=10, \"limits[1]\";q=1000");
    assertThat(headers.firstValue("RateLimit"))
        .hasValue("\"limits[0]\";r=1;t=1, \"limits[1]\";r=0;t=7200");
    assertThat(headers.firstValue("Retry-After")).hasValue("7200");
    assertThat(counted.headers().firstValue("RateLimit"))
        .isEqualTo(headers.firstValue("RateLimit"));
    assertThat(counted.body())
        .endsWith(
            "\"limit\":10,\"remaining\":0,\"limits\":[{\"count\":9,\"limit\":10,\"remaining\":1,"
                + "\"moreAfterMillis\":100,\"freeAfterMillis\":900},{\"count\":1000,"
                + "\"limit\":1000,\"remaining\":0,\"moreAfterMillis\":7200000,"
                + "\"freeAfterMillis\":7200000}]}");
  }

  private HttpHeaders put(Decision decision) {
    api.commands.respond(new Response.Decided(decision));
    return api.post(PATH, "").headers();
  }

  private static Decision refused(long count, long retryAfterMillis) {
    return decided(Outcome.REFUSED, count, OptionalLong.of(retryAfterMillis));
  }

  private static Decision decided(Outcome outcome, long count, OptionalLong retryAfterMillis) {
    return new Decision(outcome, Optional.empty(), 1_700_000_000_000L)
        .counting(OptionalLong.of(count), OptionalLong.of(5))
        .retryAfter(retryAfterMillis)
        .at(Position.of(2, 17));
  }
}

package io.countess.door.envoy;

import static io.countess.door.envoy.EnvoyPeer.entries;
import static io.countess.door.envoy.EnvoyPeer.hitting;
import static io.countess.door.envoy.EnvoyPeer.limited;
import static io.countess.door.envoy.EnvoyPeer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.UnknownFieldSet;
import io.countess.server.Countess;
import io.countess.server.Setting;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.DescriptorStatus;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.RateLimit.Unit;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The door as clients of envoyproxy/ratelimit see it. Each test has counters of its own. */
class EnvoyDoorTest {
  private static final long DAY_SECONDS = Duration.ofDays(1).toSeconds();

  @TempDir static Path dir;
  private static Countess countess;
  private static EnvoyPeer envoy;

  @BeforeAll
  static void start() throws Exception {
    countess = Limits.start(dir, Map.of(Setting.ENVOY_HEADERS, "true"));
    envoy = EnvoyPeer.to(countess.envoy().orElseThrow());
  }

  @AfterAll
  static void stop() {
    envoy.close();
    countess.close();
  }

  /** An answer in a line: what is decided, and for each descriptor so and how much is left. */
  private static String told(RateLimitResponse response) {
    var told = new StringBuilder(response.getOverallCode().name());
    for (DescriptorStatus status : response.getStatusesList()) {
      told.append(' ').append(status.getCode());
      if (status.hasCurrentLimit()) {
        told.append(':').append(Integer.toUnsignedString(status.getLimitRemaining()));
      }
    }
    return told.toString();
  }

  private static void expect(String told, RateLimitDescriptor... descriptors) {
    assertThat(told(envoy.ask(descriptors))).isEqualTo(told);
  }

  @Test
  void shouldLimitByEachUnit() {
    Map<Unit, Long> longest =
        Map.of(
            Unit.SECOND,
            1L,
            Unit.MINUTE,
            60L,
            Unit.HOUR,
            3600L,
            Unit.DAY,
            DAY_SECONDS,
            Unit.WEEK,
            7 * DAY_SECONDS,
            Unit.MONTH,
            31 * DAY_SECONDS,
            Unit.YEAR,
            366 * DAY_SECONDS);
    longest.forEach(
        (unit, seconds) -> {
          var response = envoy.ask(entries("per", unit.name().toLowerCase(Locale.ROOT)));
          assertThat(told(response)).isEqualTo("OK OK:999");
          DescriptorStatus status = response.getStatuses(0);
          assertThat(status.getCurrentLimit().getUnit()).isEqualTo(unit);
          assertThat(status.getCurrentLimit().getRequestsPerUnit()).isEqualTo(1000);
          assertThat(status.getDurationUntilReset().getSeconds()).isBetween(1L, seconds);
        });
  }

  @Test
  void shouldRefuseWhatPassesTheLimitAndCountNothingOfIt() {
    var address = entries("remote_address", "192.0.2.1");
    expect("OK OK:2", address);
    expect("OVER_LIMIT OVER_LIMIT:2", hitting(address, 3));
    expect("OK OK:0", hitting(address, 2));
    expect("OVER_LIMIT OVER_LIMIT:0", address);
    expect("OK OK:2", entries("remote_address", "192.0.2.2"));
  }

  @Test
  void shouldTakeTheMostSpecificDescriptor() {
    expect("OVER_LIMIT OVER_LIMIT:0", entries("remote_address", "50.0.0.5"));
    var unlimited = envoy.ask(entries("remote_address", "10.0.0.1"));
    assertThat(told(unlimited)).isEqualTo("OK OK");
    assertThat(Integer.toUnsignedLong(unlimited.getStatuses(0).getLimitRemaining()))
        .isEqualTo(0xffff_ffffL);
  }

  @Test
  void shouldLetPassWhatMatchesNoDescriptor() {
    expect("OK OK", entries("no such key", "x"));
    expect("OK OK", entries("message_type", "marketing"));
    expect("OK OK", entries("message_type", "other", "to_number", "1"));
    expect("OK OK", entries("remote_address", "192.0.2.3", "more", "x"));
    expect("OK OK", entries());
    var elsewhere = envoy.stub().shouldRateLimit(request("no such domain", entries("user", "x")));
    assertThat(told(elsewhere)).isEqualTo("OK OK");
    assertThat(elsewhere.getStatuses(0).getLimitRemaining()).isZero();
  }

  @Test
  void shouldLimitNestedDescriptorsByTheirNames() {
    var number = entries("message_type", "marketing", "to_number", "206");
    RateLimitResponse first = envoy.ask(number);
    assertThat(told(first)).isEqualTo("OK OK:1");
    assertThat(first.getStatuses(0).getCurrentLimit().getName()).isEqualTo("to number");
    expect("OK OK:0", number);
    expect("OVER_LIMIT OVER_LIMIT:0", number);
    expect("OK OK:1", entries("message_type", "marketing", "to_number", "207"));
  }

  @Test
  void shouldMatchByTheBeginningOfAValue() {
    expect("OK OK:0", entries("path", "/api/a"));
    expect("OVER_LIMIT OVER_LIMIT:0", entries("path", "/api/a"));
    expect("OK OK:0", entries("path", "/api/b"));
    expect("OK OK", entries("path", "/other"));
  }

  @Test
  void shouldCountValuesAsOneThatShareTheirLimit() {
    expect("OK OK:1", entries("path", "/files/a"));
    expect("OK OK:0", entries("path", "/files/b"));
    expect("OVER_LIMIT OVER_LIMIT:0", entries("path", "/files/c"));
  }

  @Test
  void shouldRefuseNothingInShadowMode() {
    expect("OK OK:0", entries("tried", "x"));
    expect("OK OK:0", entries("tried", "x"));
    expect("OK OK:0", hitting(entries("tried", "x"), 7));
  }

  @Test
  void shouldReplaceALimitByAnother() {
    expect("OK OK:0", entries("plan", "small"));
    expect("OK OK OK:9", entries("plan", "small"), entries("plan", "large"));
    expect("OVER_LIMIT OVER_LIMIT:0", entries("plan", "small"));
  }

  @Test
  void shouldCountAllDescriptorsOrNone() {
    var user = entries("user", "ann");
    var action = entries("user", "ann", "action", "post");
    expect("OK OK:4 OK:1", user, action);
    expect("OK OK:3 OK:0", user, action);
    expect("OVER_LIMIT OK:3 OVER_LIMIT:0", user, action);
    expect("OVER_LIMIT OK:3 OVER_LIMIT:0", user, action);
    expect("OK OK:2", user);
  }

  @Test
  void shouldTellWhatIsLeftOfCountersThatWereNeverCounted() {
    var user = entries("user", "new");
    var action = entries("user", "new", "action", "post");
    expect("OVER_LIMIT OK:5 OVER_LIMIT:2", user, hitting(action, 3));
    expect("OVER_LIMIT OVER_LIMIT:5 OK:2", hitting(user, 6), action);
    expect("OK OK:5 OK:2", hitting(user, 0), hitting(action, 0));
  }

  @Test
  void shouldCountNothingOfDescriptorsThatHaveNothingInCommon() {
    var user = entries("user", "bob");
    var path = entries("path", "/api/bob");
    expect("OK OK:4 OK:0 OK", user, path, entries("no such key", ""));
    for (int i = 0; i < 10; i++) {
      expect("OVER_LIMIT OK:4 OVER_LIMIT:0", user, path);
    }
    expect("OK OK:3", user);
  }

  @Test
  void shouldCountDescriptorsOfOneCounterTogether() {
    var user = entries("user", "eve");
    expect("OK OK:3 OK:3", user, user);
    expect("OVER_LIMIT OVER_LIMIT:3 OVER_LIMIT:3", hitting(user, 2), hitting(user, 2));
  }

  @Test
  void shouldCountAsManyHitsAsARequestSays() {
    RateLimitRequest four =
        request("edge", entries("user", "dan")).toBuilder().setHitsAddend(4).build();
    assertThat(told(envoy.stub().shouldRateLimit(four))).isEqualTo("OK OK:1");
    expect("OK OK:1", hitting(entries("user", "dan"), 0));
    RateLimitRequest own = request("edge", hitting(entries("user", "dan"), 1));
    assertThat(told(envoy.stub().shouldRateLimit(own.toBuilder().setHitsAddend(9).build())))
        .isEqualTo("OK OK:0");
    expect("OVER_LIMIT OVER_LIMIT:0", hitting(entries("user", "dan"), -1));
  }

  @Test
  void shouldTakeALimitThatARequestBrings() {
    var two = limited(entries("anything", "x"), 2);
    expect("OK OK:1", two);
    expect("OK OK:0", two);
    expect("OVER_LIMIT OVER_LIMIT:0", two);
    expect("OK OK:0", limited(entries("anything", "x"), 3));
    expect("OVER_LIMIT OVER_LIMIT:0", two);
    var lookedAt = envoy.ask(hitting(two, 0));
    assertThat(lookedAt.getOverallCode()).isEqualTo(Code.OVER_LIMIT);
    var elsewhere = envoy.stub().shouldRateLimit(request("no such domain", two));
    assertThat(told(elsewhere)).isEqualTo("OK OK");
  }

  @Test
  void shouldTellHeadersOfTheTightestLimit() {
    var response = envoy.ask(entries("user", "hea"), entries("user", "hea", "action", "x"));
    String reset = Long.toString(response.getStatuses(1).getDurationUntilReset().getSeconds());
    var headers =
        response.getResponseHeadersToAddList().stream()
            .map(header -> header.getKey() + ": " + header.getValue())
            .toList();
    assertThat(headers)
        .isEqualTo(
            List.of("RateLimit-Limit: 2", "RateLimit-Remaining: 1", "RateLimit-Reset: " + reset));
    assertThat(envoy.ask(entries("no such key", "")).getResponseHeadersToAddCount()).isZero();
  }

  @Test
  void shouldSayWhatIsWrongWithARequest() {
    Status domain = envoy.error(request("", entries("user", "x")));
    assertThat(domain.getCode()).isEqualTo(Status.Code.INVALID_ARGUMENT);
    assertThat(domain.getDescription()).isEqualTo("rate limit domain must not be empty");
    assertThat(envoy.error(request("edge")).getDescription())
        .isEqualTo("rate limit descriptor list must not be empty");
    var unknown = limited(entries("user", "x"), 1).toBuilder();
    unknown.getLimitBuilder().setUnitValue(99);
    assertThat(envoy.error(request("edge", unknown.build())).getDescription())
        .isEqualTo("limit.unit is none that is known");
    var later =
        entries("user", "x").toBuilder()
            .setUnknownFields(
                UnknownFieldSet.newBuilder()
                    .addField(4, UnknownFieldSet.Field.newBuilder().addVarint(1).build())
                    .build());
    assertThat(envoy.error(request("edge", later.build())).getDescription())
        .isEqualTo("descriptors have fields that are not known: [4]");
    var many = request("edge").toBuilder();
    for (int i = 0; i <= Asked.MOST; i++) {
      many.addDescriptors(entries("user", "x"));
    }
    assertThat(envoy.error(many.build()).getDescription())
        .isEqualTo("there are more than 100 descriptors");
    Status large = envoy.error(request("edge", entries("user", "x".repeat(300_000))));
    assertThat(large.getCode()).isEqualTo(Status.Code.RESOURCE_EXHAUSTED);
  }

  @Test
  void shouldCountValuesOfAnyLength() {
    var longValue = entries("user", "v".repeat(100_000), "action", "a".repeat(50_000));
    expect("OK OK:1", longValue);
    expect("OK OK:0", longValue);
    expect("OVER_LIMIT OVER_LIMIT:0", longValue);
    expect("OK OK:1", entries("user", "v".repeat(100_000), "action", "a".repeat(50_001)));
  }

  @Test
  void shouldTellWhetherItServes() {
    for (String service : List.of("", "ratelimit", "envoy.service.ratelimit.v3.RateLimitService")) {
      await()
          .untilAsserted(() -> assertThat(envoy.health(service)).isEqualTo(ServingStatus.SERVING));
    }
  }
}

package io.countess.door.envoy;

import com.google.protobuf.Duration;
import io.countess.door.envoy.Rule.Limit;
import io.countess.door.envoy.Want.Standing;
import io.countess.event.CounterName;
import io.envoyproxy.envoy.config.core.v3.HeaderValue;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.DescriptorStatus;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.RateLimit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Answers in the words of the protocol.
 *
 * @param headers whether they tell Envoy of headers for its client
 */
record Responses(boolean headers) {
  /** As much as the field holds, which has no sign. */
  private static final int UNLIMITED = -1;

  private static final DescriptorStatus OK = DescriptorStatus.newBuilder().setCode(Code.OK).build();
  private static final long MOST_LEFT = 0xffff_ffffL;

  RateLimitResponse of(List<Asked> all, List<Standing> standings) {
    Map<CounterName, Standing> by =
        standings.stream()
            .collect(Collectors.toMap(it -> it.want().counter(), Function.identity()));
    boolean isOver = standings.stream().anyMatch(Standing::isOver);
    var response =
        RateLimitResponse.newBuilder().setOverallCode(isOver ? Code.OVER_LIMIT : Code.OK);
    for (Asked asked : all) {
      response.addStatuses(status(asked, by));
    }
    if (headers) {
      tell(response);
    }
    return response.build();
  }

  private static DescriptorStatus status(Asked asked, Map<CounterName, Standing> standings) {
    if (asked.isUnlimited()) {
      return OK.toBuilder().setLimitRemaining(UNLIMITED).build();
    }
    return asked.counter().map(it -> status(asked, standings.get(it))).orElse(OK);
  }

  private static DescriptorStatus status(Asked asked, Standing standing) {
    Limit limit = asked.limit().orElseThrow();
    long left = Math.min(MOST_LEFT, standing.left());
    long seconds = limit.unit().secondsLeft(standing.atMillis());
    return DescriptorStatus.newBuilder()
        .setCode(standing.isOver() ? Code.OVER_LIMIT : Code.OK)
        .setCurrentLimit(
            RateLimit.newBuilder()
                .setName(asked.rule().orElseThrow().name())
                .setRequestsPerUnit((int) limit.requests())
                .setUnit(limit.unit().told()))
        .setLimitRemaining((int) left)
        .setDurationUntilReset(Duration.newBuilder().setSeconds(seconds))
        .build();
  }

  /** Of the limit that is passed, or else of the one with the least left. */
  private static void tell(RateLimitResponse.Builder response) {
    response.getStatusesList().stream()
        .filter(DescriptorStatus::hasCurrentLimit)
        .min(
            Comparator.comparing((DescriptorStatus it) -> it.getCode() != Code.OVER_LIMIT)
                .thenComparing(it -> Integer.toUnsignedLong(it.getLimitRemaining())))
        .ifPresent(tightest -> tell(response, tightest));
  }

  private static void tell(RateLimitResponse.Builder response, DescriptorStatus it) {
    int limit = it.getCurrentLimit().getRequestsPerUnit();
    response
        .addResponseHeadersToAdd(header("RateLimit-Limit", Integer.toUnsignedLong(limit)))
        .addResponseHeadersToAdd(
            header("RateLimit-Remaining", Integer.toUnsignedLong(it.getLimitRemaining())))
        .addResponseHeadersToAdd(
            header("RateLimit-Reset", it.getDurationUntilReset().getSeconds()));
  }

  private static HeaderValue header(String name, long value) {
    return HeaderValue.newBuilder().setKey(name).setValue(Long.toString(value)).build();
  }
}

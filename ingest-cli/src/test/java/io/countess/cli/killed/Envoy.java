package io.countess.cli.killed;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.UInt64Value;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor.Entry;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.DescriptorStatus;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Asks as Envoy does, each time for two counters apart. */
final class Envoy implements Client {
  private static final int LIMIT = 1_000_000;
  private static final List<String> KEYS = List.of("user", "path");
  private static final long PATIENCE_SECONDS = 10;

  private final int port;
  private final Path limits;
  private final ManagedChannel channel;

  Envoy(int port, Path directory) throws IOException {
    this.port = port;
    limits = directory.resolve("limits.yaml");
    Files.writeString(
        limits,
        """
        domain: d
        descriptors:
          - {key: user, rate_limit: {unit: year, requests_per_unit: %d}}
          - {key: path, rate_limit: {unit: year, requests_per_unit: %d}}
        """
            .formatted(LIMIT, LIMIT));
    channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  @Override
  public List<String> flags() {
    return List.of(
        "--envoy", "--envoy-port=" + port, "--envoy-json-port=off", "--envoy-config=" + limits);
  }

  @Override
  public boolean isServed() {
    return ask(0).getOverallCode() == Code.OK;
  }

  @Override
  public int enough() {
    return 200;
  }

  @Override
  public void count(Books books) {
    try {
      assertThat(ask(1).getOverallCode()).isEqualTo(Code.OK);
      books.answer();
    } catch (StatusRuntimeException failure) {
      if (isUndone(failure.getStatus())) {
        books.pause();
      } else {
        books.lose(1);
      }
    }
  }

  private RateLimitResponse ask(long hits) {
    channel.resetConnectBackoff();
    var request = RateLimitRequest.newBuilder().setDomain("d");
    for (String key : KEYS) {
      request.addDescriptors(
          RateLimitDescriptor.newBuilder()
              .setHitsAddend(UInt64Value.of(hits))
              .addEntries(Entry.newBuilder().setKey(key).setValue("x")));
    }
    return RateLimitServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .shouldRateLimit(request.build());
  }

  /** A connection that is lost with a request in it has the same code as none at all. */
  private static boolean isUndone(Status status) {
    return status.getCause() instanceof ConnectException
        || String.valueOf(status.getDescription()).contains("nothing was done");
  }

  @Override
  public void check(Books books) {
    List<DescriptorStatus> statuses = ask(0).getStatusesList();
    assertThat(statuses).hasSameSizeAs(KEYS);
    for (DescriptorStatus status : statuses) {
      books.check(LIMIT - status.getLimitRemaining());
    }
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}

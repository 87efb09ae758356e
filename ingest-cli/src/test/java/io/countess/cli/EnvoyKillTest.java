package io.countess.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.UInt64Value;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor.Entry;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.net.ConnectException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A serve process is killed while Envoy asks: what it let pass is counted. */
class EnvoyKillTest {
  private static final Duration READY = Duration.ofSeconds(90);
  private static final int KILLS = 2;
  private static final int BETWEEN = 200;
  private static final int LIMIT = 1_000_000;

  @TempDir Path data;
  @TempDir Path files;

  @Test
  void shouldCountWhatItLetPassWhenItIsKilledUnderLoad() throws Exception {
    Path limits = files.resolve("limits.yaml");
    Files.writeString(
        limits,
        """
        domain: d
        descriptors:
          - {key: user, rate_limit: {unit: year, requests_per_unit: %d}}
          - {key: path, rate_limit: {unit: year, requests_per_unit: %d}}
        """
            .formatted(LIMIT, LIMIT));
    List<Integer> ports = FreePorts.take(3);
    Process serve = serve(ports, limits);
    try (var client = new Client(ports.get(2))) {
      await().atMost(READY).until(client::isAnswered);
      var asking = CompletableFuture.runAsync(client::askUntilStopped);
      for (int kill = 1; kill <= KILLS; kill++) {
        int some = kill * BETWEEN;
        await().atMost(READY).until(() -> client.passed.get() >= some);
        serve.destroyForcibly().waitFor();
        serve = serve(ports, limits);
        await().atMost(READY).until(client::isAnswered);
      }
      client.stop.set(true);
      asking.join();
      await().atMost(READY).until(client::isAnswered);
      for (int count : client.counts()) {
        assertThat(count)
            .isBetween(client.passed.get(), client.passed.get() + client.unknown.get());
      }
      assertThat(client.unknown).hasValueLessThan(BETWEEN);
    } finally {
      serve.destroyForcibly().waitFor();
    }
  }

  private Process serve(List<Integer> ports, Path limits) throws IOException {
    return ServeProcess.start(
        data,
        "--http-port=" + ports.get(0),
        "--kafka-port=" + ports.get(1),
        "--envoy",
        "--envoy-port=" + ports.get(2),
        "--envoy-json-port=off",
        "--envoy-config=" + limits);
  }

  /** One request at a time for two counters apart, with books on what is known of each. */
  private static final class Client implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 10;
    private static final long WAIT_NANOS = 10_000_000;

    private final ManagedChannel channel;
    private final AtomicBoolean stop = new AtomicBoolean();
    private final AtomicInteger passed = new AtomicInteger();
    private final AtomicInteger unknown = new AtomicInteger();

    Client(int port) {
      channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
    }

    private RateLimitResponse ask(long hits) {
      channel.resetConnectBackoff();
      var request = RateLimitRequest.newBuilder().setDomain("d");
      for (String key : List.of("user", "path")) {
        request.addDescriptors(
            RateLimitDescriptor.newBuilder()
                .setHitsAddend(UInt64Value.of(hits))
                .addEntries(Entry.newBuilder().setKey(key).setValue("x")));
      }
      return RateLimitServiceGrpc.newBlockingStub(channel)
          .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .shouldRateLimit(request.build());
    }

    boolean isAnswered() {
      try {
        return ask(0).getOverallCode() == Code.OK;
      } catch (StatusRuntimeException notYet) {
        return false;
      }
    }

    List<Integer> counts() {
      return ask(0).getStatusesList().stream().map(it -> LIMIT - it.getLimitRemaining()).toList();
    }

    void askUntilStopped() {
      while (!stop.get()) {
        try {
          assertThat(ask(1).getOverallCode()).isEqualTo(Code.OK);
          passed.incrementAndGet();
        } catch (StatusRuntimeException failure) {
          told(failure.getStatus());
        }
      }
    }

    /** A connection that is lost with a request in it has the same code as none at all. */
    private void told(Status status) {
      boolean isUndone =
          status.getCause() instanceof ConnectException
              || String.valueOf(status.getDescription()).contains("nothing was done");
      if (isUndone) {
        LockSupport.parkNanos(WAIT_NANOS);
      } else {
        unknown.incrementAndGet();
      }
    }

    @Override
    public void close() {
      channel.shutdownNow();
    }
  }
}

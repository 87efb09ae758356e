package io.countess.cli.rehearse;

import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor.Entry;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;
import java.io.IOException;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** What Envoy asks over gRPC. */
final class EnvoyAct implements Rehearsal.Act {
  private static final int PATIENCE_SECONDS = 20;
  private static final int USERS = 500;

  private final ManagedChannel channel;
  private final Random random = new Random(5);

  EnvoyAct(int port) {
    channel = NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build();
  }

  @Override
  public void play() throws IOException {
    var user = Entry.newBuilder().setKey("user").setValue("u" + random.nextInt(USERS));
    var path = Entry.newBuilder().setKey("path").setValue("/a");
    var request =
        RateLimitRequest.newBuilder()
            .setDomain("edge")
            .addDescriptors(RateLimitDescriptor.newBuilder().addEntries(user))
            .addDescriptors(RateLimitDescriptor.newBuilder().addEntries(user).addEntries(path));
    try {
      RateLimitServiceGrpc.newBlockingStub(channel)
          .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
          .shouldRateLimit(request.build());
    } catch (StatusRuntimeException failure) {
      throw isBusy(failure.getStatus().getCode())
          ? new Rehearsal.TooBusy(failure.getMessage())
          : new IOException(failure);
    }
  }

  private static boolean isBusy(Status.Code code) {
    return code == Status.Code.UNAVAILABLE
        || code == Status.Code.DEADLINE_EXCEEDED
        || code == Status.Code.UNKNOWN;
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}

package io.countess.door.envoy;

import com.google.protobuf.UInt64Value;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor.Entry;
import io.envoyproxy.envoy.extensions.common.ratelimit.v3.RateLimitDescriptor.RateLimitOverride;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc.RateLimitServiceBlockingStub;
import io.envoyproxy.envoy.type.v3.RateLimitUnit;
import io.grpc.ManagedChannel;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.grpc.health.v1.HealthCheckRequest;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import io.grpc.health.v1.HealthGrpc;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.MetadataUtils;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.io.IOException;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** Asks as Envoy does. */
final class EnvoyPeer implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 20;

  private final ManagedChannel channel;

  private EnvoyPeer(ManagedChannel channel) {
    this.channel = channel;
  }

  static EnvoyPeer to(EnvoyDoor door) {
    return to(door.port());
  }

  static EnvoyPeer to(int port) {
    return new EnvoyPeer(NettyChannelBuilder.forAddress("127.0.0.1", port).usePlaintext().build());
  }

  /** One that trusts this certificate alone. */
  static EnvoyPeer to(EnvoyDoor door, Path certificate) throws IOException {
    var ssl = SslContextBuilder.forClient().trustManager(certificate.toFile());
    var trusting = GrpcSslContexts.configure(ssl, SslProvider.JDK).build();
    return new EnvoyPeer(
        NettyChannelBuilder.forAddress("127.0.0.1", door.port()).sslContext(trusting).build());
  }

  ManagedChannel channel() {
    return channel;
  }

  RateLimitServiceBlockingStub stub() {
    return RateLimitServiceGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }

  /** The same with a header as clients with an API key send it. */
  RateLimitServiceBlockingStub stub(String authorization) {
    var headers = new Metadata();
    headers.put(Login.AUTHORIZATION, authorization);
    return stub().withInterceptors(MetadataUtils.newAttachHeadersInterceptor(headers));
  }

  RateLimitResponse ask(RateLimitDescriptor... descriptors) {
    return stub().shouldRateLimit(request("edge", descriptors));
  }

  /** The error that a request is answered by. */
  Status error(RateLimitRequest request) {
    return error(stub(), request);
  }

  static Status error(RateLimitServiceBlockingStub stub, RateLimitRequest request) {
    try {
      throw new AssertionError("answered: " + stub.shouldRateLimit(request));
    } catch (StatusRuntimeException told) {
      return told.getStatus();
    }
  }

  ServingStatus health(String service) {
    return HealthGrpc.newBlockingStub(channel)
        .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .check(HealthCheckRequest.newBuilder().setService(service).build())
        .getStatus();
  }

  static RateLimitRequest request(String domain, RateLimitDescriptor... descriptors) {
    var request = RateLimitRequest.newBuilder().setDomain(domain);
    for (RateLimitDescriptor descriptor : descriptors) {
      request.addDescriptors(descriptor);
    }
    return request.build();
  }

  /**
   * A descriptor.
   *
   * @param entries keys and values, by turns
   */
  static RateLimitDescriptor entries(String... entries) {
    var descriptor = RateLimitDescriptor.newBuilder();
    for (int i = 0; i < entries.length; i += 2) {
      descriptor.addEntries(Entry.newBuilder().setKey(entries[i]).setValue(entries[i + 1]));
    }
    return descriptor.build();
  }

  static RateLimitDescriptor limited(RateLimitDescriptor descriptor, int requests) {
    var limit =
        RateLimitOverride.newBuilder().setRequestsPerUnit(requests).setUnit(RateLimitUnit.DAY);
    return descriptor.toBuilder().setLimit(limit).build();
  }

  static RateLimitDescriptor hitting(RateLimitDescriptor descriptor, long hits) {
    return descriptor.toBuilder().setHitsAddend(UInt64Value.of(hits)).build();
  }

  @Override
  public void close() {
    channel.shutdownNow();
  }
}

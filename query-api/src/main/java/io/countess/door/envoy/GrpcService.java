package io.countess.door.envoy;

import io.countess.door.Told;
import io.countess.door.envoy.Desk.Asker;
import io.countess.query.Demand;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitServiceGrpc;
import io.grpc.Context;
import io.grpc.Deadline;
import io.grpc.MethodDescriptor;
import io.grpc.MethodDescriptor.Marshaller;
import io.grpc.ServerServiceDefinition;
import io.grpc.Status;
import io.grpc.stub.ServerCallStreamObserver;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * The rate limit service over gRPC: the one place where an outcome becomes a status of gRPC. Its
 * requests are parsed here, since grpc-java has a page in the log for each that is none.
 */
final class GrpcService {
  private static final String WAY = "should_rate_limit";

  private static final Marshaller<Optional<RateLimitRequest>> REQUESTS =
      new Marshaller<>() {
        @Override
        public InputStream stream(Optional<RateLimitRequest> request) {
          throw new UnsupportedOperationException("requests are only read");
        }

        @Override
        public Optional<RateLimitRequest> parse(InputStream bytes) {
          try {
            return Optional.of(RateLimitRequest.parseFrom(bytes));
          } catch (IOException malformed) {
            return Optional.empty();
          }
        }
      };

  private static final MethodDescriptor<Optional<RateLimitRequest>, RateLimitResponse> METHOD =
      RateLimitServiceGrpc.getShouldRateLimitMethod().toBuilder(
              REQUESTS, RateLimitServiceGrpc.getShouldRateLimitMethod().getResponseMarshaller())
          .build();

  private final Desk desk;

  GrpcService(Desk desk) {
    this.desk = desk;
  }

  ServerServiceDefinition definition() {
    return ServerServiceDefinition.builder(RateLimitServiceGrpc.SERVICE_NAME)
        .addMethod(METHOD, ServerCalls.asyncUnaryCall(this::shouldRateLimit))
        .build();
  }

  private void shouldRateLimit(
      Optional<RateLimitRequest> request, StreamObserver<RateLimitResponse> observer) {
    if (request.isEmpty()) {
      observer.onError(
          Status.INVALID_ARGUMENT.withDescription("this is no RateLimitRequest").asException());
      return;
    }
    // An answer to a caller who has gone is for nobody, and no fault.
    ((ServerCallStreamObserver<RateLimitResponse>) observer).setOnCancelHandler(() -> {});
    Deadline deadline = Context.current().getDeadline();
    var asker = new Asker(Login.CALLER.get(), WAY, within(deadline));
    desk.ask(asker, request.get()).thenAccept(told -> answer(told, deadline, observer));
  }

  /** As long as the caller waits, and no longer than others do. */
  private static Duration within(Deadline deadline) {
    if (deadline == null) {
      return Demand.DEFAULT_DEADLINE;
    }
    Duration left = Duration.ofMillis(Math.max(1, deadline.timeRemaining(TimeUnit.MILLISECONDS)));
    return left.compareTo(Demand.DEFAULT_DEADLINE) < 0 ? left : Demand.DEFAULT_DEADLINE;
  }

  private static void answer(
      Told<RateLimitResponse> told, Deadline deadline, StreamObserver<RateLimitResponse> observer) {
    if (told.value().isPresent()) {
      observer.onNext(told.value().get());
      observer.onCompleted();
    } else {
      boolean isExpired = deadline != null && deadline.isExpired();
      observer.onError(status(told, isExpired).withDescription(told.error()).asException());
    }
  }

  private static Status status(Told<?> told, boolean isExpired) {
    return switch (told.outcome()) {
      case INVALID -> Status.INVALID_ARGUMENT;
      case FORBIDDEN -> Status.PERMISSION_DENIED;
      case UNAVAILABLE -> Status.UNAVAILABLE;
      case REFUSED -> Status.RESOURCE_EXHAUSTED;
      case UNKNOWN -> isExpired ? Status.DEADLINE_EXCEEDED : Status.UNKNOWN;
      case DONE, FAILED -> Status.INTERNAL;
    };
  }
}

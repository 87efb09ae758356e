package io.countess.door.envoy;

import io.grpc.ForwardingServerCallListener.SimpleForwardingServerCallListener;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Ends calls that have begun, and whose request does not come: there may be many in a connection.
 */
final class HalfSent implements ServerInterceptor {
  private final long patienceNanos;

  /** Since when each waits. Whoever takes one out goes on with it. */
  private final Map<ServerCall<?, ?>, Long> waiting = new ConcurrentHashMap<>();

  HalfSent(Duration patience) {
    this.patienceNanos = patience.toNanos();
  }

  @Override
  public <Q, R> Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    waiting.put(call, System.nanoTime());
    return new SimpleForwardingServerCallListener<>(next.startCall(call, headers)) {
      @Override
      public void onHalfClose() {
        if (waiting.remove(call) != null) {
          super.onHalfClose();
        }
      }

      @Override
      public void onCancel() {
        waiting.remove(call);
        super.onCancel();
      }

      @Override
      public void onComplete() {
        waiting.remove(call);
        super.onComplete();
      }
    };
  }

  /** Ends those that have waited for too long. */
  void look() {
    long now = System.nanoTime();
    waiting.forEach(
        (call, since) -> {
          if (now - since > patienceNanos && waiting.remove(call) != null) {
            call.close(
                Status.CANCELLED.withDescription("the request did not come"), new Metadata());
          }
        });
  }

  /** How many wait. */
  int size() {
    return waiting.size();
  }
}

package io.countess.door.envoy;

import io.countess.door.ApiKeys;
import io.countess.door.Caller;
import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCall.Listener;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import java.util.Optional;

/**
 * Who is let in: whoever shows a key of the house as {@code authorization: Bearer KEY}; everyone
 * where there are no keys. What the key allows, the floor looks after.
 */
record Login(ApiKeys keys) implements ServerInterceptor {
  /** Who sends the call that is under way. */
  static final Context.Key<Caller> CALLER = Context.key("caller");

  static final Metadata.Key<String> AUTHORIZATION =
      Metadata.Key.of("authorization", Metadata.ASCII_STRING_MARSHALLER);

  private static final String SCHEME = "Bearer ";

  @Override
  public <Q, R> Listener<Q> interceptCall(
      ServerCall<Q, R> call, Metadata headers, ServerCallHandler<Q, R> next) {
    Optional<Caller> caller =
        keys.isEmpty()
            ? Optional.of(Caller.ANYONE)
            : Optional.ofNullable(headers.get(AUTHORIZATION))
                .flatMap(Login::bearer)
                .flatMap(keys::find);
    if (caller.isPresent()) {
      return Contexts.interceptCall(
          Context.current().withValue(CALLER, caller.get()), call, headers, next);
    }
    String why =
        headers.containsKey(AUTHORIZATION)
            ? "this is no key that is known here"
            : "send a key as authorization: Bearer KEY";
    call.close(Status.UNAUTHENTICATED.withDescription(why), new Metadata());
    return new Listener<>() {};
  }

  private static Optional<String> bearer(String authorization) {
    return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(authorization.substring(SCHEME.length()).strip())
        : Optional.empty();
  }
}

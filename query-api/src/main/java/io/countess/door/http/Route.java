package io.countess.door.http;

import io.countess.cluster.wire.PeerRequest;
import io.countess.door.Access;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * One method on one path.
 *
 * @param template the path, for example {@code /v1/namespaces/{ns}/keys/{key}}
 * @param parameters the names that the query string may hold
 * @param isQuick whether its handler never waits, and what it answers is short: then it runs on the
 *     thread that reads the connection
 */
record Route(
    String method,
    String template,
    Access access,
    Set<String> parameters,
    boolean isQuick,
    Handler handler) {

  /** Answers calls. */
  interface Handler {
    /**
     * Answers {@code call}, now or later; exactly once, unless it throws.
     *
     * @throws IOException where the request's body can't be read
     */
    void handle(Call call) throws IOException;
  }

  static Route get(String template, Handler handler, String... parameters) {
    return new Route("GET", template, Access.READ, Set.of(parameters), false, handler);
  }

  static Route post(String template, Handler handler, String... parameters) {
    return new Route("POST", template, Access.WRITE, Set.of(parameters), false, handler);
  }

  static Route put(String template, Handler handler, String... parameters) {
    return new Route("PUT", template, Access.WRITE, Set.of(parameters), false, handler);
  }

  static Route delete(String template, Handler handler, String... parameters) {
    return new Route("DELETE", template, Access.WRITE, Set.of(parameters), false, handler);
  }

  /** The names of parameters that are given in two lists. */
  static String[] with(String[] some, String... others) {
    return Stream.of(some, others).flatMap(Stream::of).toArray(String[]::new);
  }

  /** The same route for callers with {@code other} instead. */
  Route needing(Access other) {
    return new Route(method, template, other, parameters, isQuick, handler);
  }

  /** The same route where its handler never waits, and what it answers is short. */
  Route quick() {
    return new Route(method, template, access, parameters, true, handler);
  }

  /** Whether this is work that an overloaded server refuses, rather than a look at its state. */
  boolean isWork() {
    return template.startsWith("/v1/") || isInternal();
  }

  /** Whether those ask for it who look after the server; some add what keeps caches away. */
  boolean isProbe() {
    return template.equals("/healthz") || template.equals("/readyz");
  }

  /** Whether other instances ask for it, and nobody else. */
  boolean isInternal() {
    return template.startsWith(PeerRequest.PREFIX);
  }

  /** Whether it is about the service as a whole, which no key for some namespaces allows. */
  boolean isOfTheWhole() {
    return isInternal() || template.equals("/metrics");
  }

  /** What a request here is told apart by in the meters: method, route and status. */
  List<String> tags(Reply reply) {
    return List.of(method, template, Integer.toString(reply.status()));
  }

  /** The same of one that led nowhere. */
  static List<String> nowhere(Reply reply) {
    return List.of("any", "none", Integer.toString(reply.status()));
  }
}

package io.countess.door.http;

import io.countess.answer.Answer;
import io.countess.answer.VersionedPolicy;
import io.countess.door.Access;
import io.countess.door.Floor;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.Glob;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.query.Question;
import io.countess.query.Response;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Stream;

/** Listings, totals and policies: what is asked about more than one counter. */
final class NamespaceRoutes {
  private static final int DEFAULT_PAGE = 100;
  private static final int DEFAULT_TOP = 10;
  private static final String[] KEYS = {
    "match", "min", "max", "after", "limit", "timeout", "partial"
  };
  private static final String[] TOP = {"k", "min", "max", "timeout", "partial"};

  private final Floor floor;

  NamespaceRoutes(Floor floor) {
    this.floor = floor;
  }

  List<Route> routes() {
    var routes = new ArrayList<Route>();
    String namespace = "/v1/namespaces/{ns}";
    routes.addAll(of(namespace, namespace + "/keys", namespace + "/top"));
    routes.addAll(of("/v1/namespace", "/v1/keys", "/v1/top", "nsBase64"));
    routes.add(Route.get(namespace + "/policy/history", this::history, "timeout"));
    routes.add(Route.get("/v1/policy/history", this::history, "nsBase64", "timeout"));
    routes.addAll(ofAll());
    return routes;
  }

  /**
   * What is asked about one namespace.
   *
   * @param naming the parameters that name it, where the path doesn't
   */
  private List<Route> of(String namespace, String keys, String top, String... naming) {
    return List.of(
        Route.get(namespace, this::view, with(naming, "timeout", "partial")),
        Route.put(namespace, this::setPolicy, with(naming, "ack", "timeout")).needing(Access.ADMIN),
        Route.delete(namespace, this::dropPolicy, with(naming, "ack", "timeout"))
            .needing(Access.ADMIN),
        Route.get(keys, this::keys, with(naming, KEYS)),
        Route.get(top, this::top, with(naming, TOP)));
  }

  private static String[] with(String[] naming, String... others) {
    return Stream.of(naming, others).flatMap(Stream::of).toArray(String[]::new);
  }

  private List<Route> ofAll() {
    return List.of(
        Route.get("/v1/namespaces", this::list, "after", "limit", "timeout", "partial"),
        Route.get("/v1/default-policy", this::defaultPolicy, "timeout"),
        Route.put("/v1/default-policy", this::setDefaults, "ack", "timeout").needing(Access.ADMIN),
        Route.get("/v1/default-policy/history", this::historyOfDefaults, "timeout"),
        Route.get("/v1/totals", this::everything, "timeout", "partial"));
  }

  private void list(Call call) {
    ask(call, new Question.Namespaces(call.after(), call.query().number("limit", DEFAULT_PAGE)));
  }

  private void view(Call call) {
    var question = new Question.NamespaceOf(call.namespace());
    call.exchange()
        .answerWhen(
            floor.queries(call.caller()).ask(question, call.demand()),
            answer ->
                Replies.of(answer, question.form())
                    .tagged(version(answer, view -> view.policy().version())));
  }

  private static <A> OptionalLong version(Answer<A> answer, Function<A, OptionalLong> of) {
    return answer instanceof Answer.Found<A> found ? of.apply(found.value()) : OptionalLong.empty();
  }

  private void history(Call call) {
    ask(call, new Question.HistoryOf(call.namespace()));
  }

  private void keys(Call call) {
    var match = call.query().text("match").map(Glob::of).orElse(Glob.ALL);
    int limit = call.query().number("limit", DEFAULT_PAGE);
    ask(call, new Question.KeysOf(call.namespace(), match, call.after(), limit, call.counts()));
  }

  private void top(Call call) {
    int k = call.query().number("k", DEFAULT_TOP);
    ask(call, new Question.TopOf(call.namespace(), k, call.counts()));
  }

  private void defaultPolicy(Call call) {
    var question = new Question.DefaultPolicy();
    call.exchange()
        .answerWhen(
            floor.queries(call.caller()).ask(question, call.demand()),
            answer ->
                Replies.of(answer, question.form())
                    .tagged(version(answer, VersionedPolicy::version)));
  }

  private void historyOfDefaults(Call call) {
    ask(call, new Question.HistoryOfDefaults());
  }

  private void everything(Call call) {
    ask(call, new Question.Everything());
  }

  private void setPolicy(Call call) throws IOException {
    submit(call, CounterName.policyOf(call.namespace()), call.body("policy").event());
  }

  private void dropPolicy(Call call) throws IOException {
    RequestBody.requireNone(call.exchange().request());
    submit(
        call,
        CounterName.policyOf(call.namespace()),
        new Event.ChangePolicy(Optional.empty(), OnChange.RESET));
  }

  private void setDefaults(Call call) throws IOException {
    submit(call, CounterName.of("", ""), call.body("defaults").event());
  }

  private <A> void ask(Call call, Question<A> question) {
    call.exchange()
        .answerWhen(
            floor.queries(call.caller()).ask(question, call.demand()),
            answer -> Replies.of(answer, question.form()));
  }

  private void submit(Call call, CounterName name, Event event) {
    var command = call.command(name, event, OptionalLong.empty());
    call.exchange()
        .answerWhen(
            floor.commands(call.caller()).submit(command),
            response -> Replies.of(response).tagged(version(event, response)));
  }

  /** The version of the policy that a change has set, if it has: the place of the change. */
  private static OptionalLong version(Event event, Response response) {
    boolean drops = event instanceof Event.ChangePolicy change && change.policy().isEmpty();
    if (drops
        || !(response instanceof Response.Decided decided)
        || decided.decision().outcome() != Outcome.ACCEPTED) {
      return OptionalLong.empty();
    }
    return decided.decision().position().stream()
        .flatMap(position -> position.offsets().values().stream())
        .mapToLong(Long::longValue)
        .findFirst();
  }
}

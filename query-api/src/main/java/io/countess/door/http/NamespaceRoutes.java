package io.countess.door.http;

import io.countess.answer.NamespaceView;
import io.countess.answer.VersionedPolicy;
import io.countess.door.Access;
import io.countess.door.Floor;
import io.countess.event.CounterName;
import io.countess.event.Glob;
import io.countess.event.OnChange;
import io.countess.event.WindowName;
import io.countess.query.PolicyQuestion;
import io.countess.query.Question;
import io.countess.query.WindowQuestion;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Listings, totals and policies: what is asked about more than one counter. */
final class NamespaceRoutes {
  private static final int DEFAULT_PAGE = 100;
  private static final int DEFAULT_TOP = 10;
  private static final String[] KEYS = {
    "match", "min", "max", "window", "after", "limit", "timeout", "partial"
  };
  private static final String[] TOP = {"k", "min", "max", "window", "timeout", "partial"};

  private final Floor floor;
  private final PolicyChanges policies;

  NamespaceRoutes(Floor floor) {
    this.floor = floor;
    this.policies = new PolicyChanges(floor);
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
        Route.get(namespace, this::view, Route.with(naming, "window", "timeout", "partial")),
        Route.put(namespace, this::setPolicy, Route.with(naming, "ack", "timeout"))
            .needing(Access.ADMIN),
        Route.delete(namespace, this::dropPolicy, Route.with(naming, "ack", "timeout"))
            .needing(Access.ADMIN),
        Route.get(keys, this::keys, Route.with(naming, KEYS)),
        Route.get(top, this::top, Route.with(naming, TOP)));
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
    Question<NamespaceView> question =
        call.window()
            .<Question<NamespaceView>>map(
                window -> new WindowQuestion.NamespaceIn(call.namespace(), window))
            .orElseGet(() -> new Question.NamespaceOf(call.namespace()));
    call.exchange()
        .answerWhen(
            floor.queries(call.caller()).ask(question, call.demand()),
            answer ->
                Replies.of(answer, question.form())
                    .tagged(PolicyChanges.version(answer, view -> view.policy().version())));
  }

  private void history(Call call) {
    ask(call, new PolicyQuestion.HistoryOf(call.namespace()));
  }

  private void keys(Call call) {
    var match = call.query().text("match").map(Glob::of).orElse(Glob.ALL);
    int limit = call.query().number("limit", DEFAULT_PAGE);
    var keys = new Question.KeysOf(call.namespace(), match, call.after(), limit, call.counts());
    Optional<WindowName> window = call.window();
    ask(call, window.isPresent() ? new WindowQuestion.KeysIn(keys, window.get()) : keys);
  }

  private void top(Call call) {
    int k = call.query().number("k", DEFAULT_TOP);
    var top = new Question.TopOf(call.namespace(), k, call.counts());
    Optional<WindowName> window = call.window();
    ask(call, window.isPresent() ? new WindowQuestion.TopIn(top, window.get()) : top);
  }

  private void defaultPolicy(Call call) {
    var question = new PolicyQuestion.DefaultPolicy();
    call.exchange()
        .answerWhen(
            floor.queries(call.caller()).ask(question, call.demand()),
            answer ->
                Replies.of(answer, question.form())
                    .tagged(PolicyChanges.version(answer, VersionedPolicy::version)));
  }

  private void historyOfDefaults(Call call) {
    ask(call, new PolicyQuestion.HistoryOfDefaults());
  }

  private void everything(Call call) {
    ask(call, new Question.Everything());
  }

  private void setPolicy(Call call) throws IOException {
    policies.set(call, CounterName.policyOf(call.namespace()));
  }

  private void dropPolicy(Call call) throws IOException {
    policies.drop(call, CounterName.policyOf(call.namespace()), OnChange.RESET);
  }

  private void setDefaults(Call call) throws IOException {
    policies.submit(call, CounterName.of("", ""), call.body("defaults").event());
  }

  private <A> void ask(Call call, Question<A> question) {
    call.exchange()
        .answerWhen(
            floor.queries(call.caller()).ask(question, call.demand()),
            answer -> Replies.of(answer, question.form()));
  }
}

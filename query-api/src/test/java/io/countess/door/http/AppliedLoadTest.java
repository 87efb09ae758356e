package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Position;
import io.countess.query.Command;
import io.countess.query.Response;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A load that waits tells what became of its lines. */
class AppliedLoadTest {
  private static final Duration SOON = Duration.ofMillis(1);

  @RegisterExtension final Api api = new Api();

  private final AtomicInteger offset = new AtomicInteger();

  @Test
  void shouldCountWhatBecameOfEveryLineAndTellTheFirstOfEach() {
    var decisions =
        Map.<String, Response>of(
            "accepted", decided(Outcome.ACCEPTED, "", Decision.Details.NONE),
            "observed", decided(Outcome.ACCEPTED, "over 5", details(false, true)),
            "replayed", decided(Outcome.ACCEPTED, "", details(true, false)),
            "refused", decided(Outcome.REFUSED, "over 5", Decision.Details.NONE),
            "full", decided(Outcome.REFUSED, "too many ids", Decision.Details.NONE.asOverIds()),
            "late", decided(Outcome.LATE, "ended", Decision.Details.NONE),
            "impossible", decided(Outcome.IMPOSSIBLE, "n is 1.5", Decision.Details.NONE),
            "conflict", decided(Outcome.CONFLICT, "id used", Decision.Details.NONE),
            "outdated", decided(Outcome.OUTDATED, "version 3", Decision.Details.NONE),
            "unknown", new Response.FateUnknown("nobody knows"));
    respond(key -> decisions.get(key));
    var lines = new ArrayList<String>();
    List.of("accepted", "outdated", "unknown", "late").forEach(key -> lines.add(line(key)));
    lines.add("nonsense");
    decisions.keySet().stream().sorted().forEach(key -> lines.add(line(key)));

    JsonNode report = Api.json(load("?ack=applied", String.join("\n", lines)));

    assertThat(report.get("logged").asInt()).isEqualTo(12);
    assertThat(report.get("rejected").asInt()).isEqualTo(1);
    assertThat(report.at("/errors/0/line").asInt()).isEqualTo(5);
    assertThat(report.get("outcomes"))
        .hasToString(
            "{\"accepted\":2,\"wouldRefuse\":1,\"replayed\":1,\"refused\":1,\"late\":2,"
                + "\"overIds\":1,\"impossible\":1,\"conflict\":3,\"unknown\":2}");
    assertThat(report.get("first").findValuesAsText("outcome"))
        .containsExactly(
            "conflict",
            "unknown",
            "late",
            "overIds",
            "impossible",
            "wouldRefuse",
            "refused",
            "replayed");
    assertThat(report.at("/first/2"))
        .hasToString(
            "{\"line\":4,\"outcome\":\"late\",\"namespace\":\"n\",\"key\":\"late\","
                + "\"reason\":\"ended\"}");
    assertThat(report.at("/first/7/reason").asText()).startsWith("it counts at 0@");
    assertThat(report.has("lines")).isFalse();
    assertThat(api.commands.taken)
        .allMatch(command -> command.ack() == Command.Ack.APPLIED_IN_BULK);
    assertThat(api.registry.scrape())
        .contains(
            "countess_http_event_lines_total{outcome=\"logged\"} 12.0",
            "countess_http_event_lines_total{outcome=\"unknown\"} 2.0");
  }

  @Test
  void shouldListTheFirstLinesThatDidNotCountHoweverDecisionsCome() {
    var waiting = new ConcurrentLinkedQueue<CompletableFuture<Response>>();
    api.commands.respondBy(
        command -> {
          var later = new CompletableFuture<Response>();
          waiting.add(later);
          return later;
        });
    String lines =
        line("a")
            + "\nbad\n"
            + IntStream.range(0, 6).mapToObj(i -> line("k" + i)).collect(Collectors.joining("\n"));
    var loaded = CompletableFuture.supplyAsync(() -> load("?ack=applied&lines=3", lines));
    Awaitility.await().until(() -> waiting.size() == 7);
    var backwards = new ArrayList<>(waiting);
    for (int i = backwards.size() - 1; i > 0; i--) {
      backwards.get(i).complete(decided(Outcome.REFUSED, "full", Decision.Details.NONE));
    }
    backwards.get(0).complete(decided(Outcome.ACCEPTED, "", Decision.Details.NONE));

    JsonNode report = Api.json(loaded.join());

    assertThat(report.get("lines").findValuesAsText("line")).containsExactly("2", "3", "4");
    assertThat(report.at("/lines/0"))
        .hasToString(
            "{\"line\":2,\"outcome\":\"rejected\",\"reason\":\"body is not JSON near 'bad'\"}");
    assertThat(report.get("unlisted").asInt()).isEqualTo(4);
    assertThat(report.at("/first/0/line").asInt()).isEqualTo(3);
  }

  @Test
  void shouldListNeitherWhatCountsNorWhatCountedBefore() {
    respond(key -> decided(Outcome.ACCEPTED, "", details(key.equals("again"), false)));

    JsonNode report = Api.json(load("?ack=applied&lines=10", line("once") + "\n" + line("again")));

    assertThat(report.get("lines")).isEmpty();
    assertThat(report.get("unlisted").asInt()).isZero();
    assertThat(report.at("/outcomes/replayed").asInt()).isEqualTo(1);
  }

  @Test
  void shouldSendAgainWhatMayHaveHappenedOnlyUnderAnId() {
    var tries = new AtomicInteger();
    api.commands.respondBy(
        command ->
            now(
                tries.getAndIncrement() < 2
                    ? new Response.FateUnknown("it moves")
                    : decided(Outcome.ACCEPTED, "", details(true, false))));

    JsonNode without = Api.json(load("?ack=applied", line("a")));
    JsonNode with = Api.json(load("?ack=applied", line("a"), "Idempotency-Key", "job"));

    assertThat(without.at("/outcomes/unknown").asInt()).isEqualTo(1);
    assertThat(without.at("/first/0/reason").asText()).isEqualTo("it moves");
    assertThat(without.get("logged").asInt()).as("it may be").isZero();
    assertThat(with.at("/outcomes/replayed").asInt()).isEqualTo(1);
    assertThat(with.at("/outcomes/unknown").asInt()).isZero();
    assertThat(api.commands.taken)
        .extracting(it -> it.event().id())
        .containsExactly(Optional.empty(), Optional.of("job#1"), Optional.of("job#1"));
  }

  @Test
  void shouldSendAgainWhatCertainlyDidNotHappen() {
    var responses =
        new ConcurrentLinkedQueue<Response>(
            List.of(
                new Response.NotSent("busy", SOON),
                new Response.Elsewhere(1, "other:8080"),
                decided(Outcome.ACCEPTED, "", Decision.Details.NONE)));
    api.commands.respondBy(command -> now(responses.remove()));

    JsonNode report = Api.json(load("?ack=applied", line("a")));

    assertThat(report.at("/outcomes/accepted").asInt()).isEqualTo(1);
    assertThat(api.commands.taken).hasSize(3);
  }

  @Test
  void shouldCountAPolicyThatIsNotConfirmedEverywhere() {
    var accepted = FakeCommands.ACCEPTED;
    api.commands.respond(new Response.Unconfirmed(accepted, new TreeSet<>(List.of(1))));
    String policy = "{\"namespace\":\"n\",\"key\":\"\",\"op\":\"policy\",\"policy\":null}";

    JsonNode report = Api.json(load("?ack=applied", policy));

    assertThat(report.get("logged").asInt()).isEqualTo(1);
    assertThat(report.at("/outcomes/accepted").asInt()).isEqualTo(1);
    assertThat(api.commands.taken)
        .singleElement()
        .satisfies(it -> assertThat(it.event()).isInstanceOf(Event.ChangePolicy.class));
  }

  @Test
  void shouldHaveNoMoreLinesUnderWayThanAWindow() {
    var waiting = new ConcurrentLinkedQueue<CompletableFuture<Response>>();
    api.commands.respondBy(
        command -> {
          var later = new CompletableFuture<Response>();
          waiting.add(later);
          return later;
        });
    String lines = (line("a") + "\n").repeat(5000);
    var loaded = CompletableFuture.supplyAsync(() -> load("?ack=applied", lines));
    Awaitility.await().until(() -> waiting.size() == LoadPace.MAX_AHEAD);
    assertThat(loaded).isNotDone();
    while (!loaded.isDone()) {
      assertThat(waiting.size()).isLessThanOrEqualTo(LoadPace.MAX_AHEAD);
      var next = waiting.poll();
      if (next != null) {
        next.complete(decided(Outcome.ACCEPTED, "", Decision.Details.NONE));
      }
    }
    assertThat(Api.json(loaded.join()).at("/outcomes/accepted").asInt()).isEqualTo(5000);
  }

  @Test
  void shouldRefuseParametersThatDoNotFit() {
    assertThat(load("?lines=3", line("a")).body()).contains("lines is for ack=applied");
    assertThat(load("?ack=applied&lines=10001", "").body()).contains("it must be 0 to 10000");
    assertThat(load("?ack=folded", "").body())
        .contains("ack is 'folded'; it must be logged or applied");
    assertThat(api.commands.taken).isEmpty();
  }

  private HttpResponse<String> load(String query, String lines, String... headers) {
    return api.post("/v1/events" + query, lines, headers);
  }

  private void respond(Function<String, Response> byKey) {
    api.commands.respondBy(
        command -> {
          Response response = byKey.apply(command.counter().key().toString());
          return now(response);
        });
  }

  private static CompletionStage<Response> now(Response response) {
    return CompletableFuture.completedFuture(response);
  }

  private static Decision.Details details(boolean replayed, boolean wouldRefuse) {
    return new Decision.Details(
        replayed, wouldRefuse, OptionalLong.empty(), Optional.empty(), List.of());
  }

  private Response decided(Outcome outcome, String reason, Decision.Details details) {
    var why = Optional.of(reason).filter(it -> !it.isEmpty());
    return new Response.Decided(
        new Decision(outcome, why, 1_700_000_000_000L)
            .with(details)
            .at(Position.of(0, offset.getAndIncrement())));
  }

  private static String line(String key) {
    return "{\"namespace\":\"n\",\"key\":\"%s\"}".formatted(key);
  }
}

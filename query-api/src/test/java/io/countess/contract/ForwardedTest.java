package io.countess.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import io.countess.cluster.wire.PeerRequest;
import io.countess.event.CounterName;
import io.countess.server.Group;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract through an instance that holds nothing of what it is asked about, and has to have it
 * done by the other one.
 */
class ForwardedTest implements ClientContract {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();
  private static final String FROM_OTHERS =
      "(?m)^countess_http_requests_seconds_count\\{.*route=\"%s\".*} (.+)$";
  private static final Pattern COMMANDS =
      Pattern.compile(FROM_OTHERS.formatted(PeerRequest.COMMAND.path()));
  private static final Pattern QUESTIONS =
      Pattern.compile(FROM_OTHERS.formatted(PeerRequest.QUESTION.path()));

  @TempDir static Path data;
  private static Group group;
  private static Group.Member one;
  private static Group.Member two;

  /** When the test began, and the last one was over. */
  private static Forwarded before;

  private ForwardedCaller caller;

  /** What the instances have asked of each other. */
  private record Forwarded(long commands, long questions) {}

  @BeforeAll
  static void start() throws Exception {
    group = new Group(data);
    one = group.start("one");
    two = group.start("two");
    before = forwarded();
  }

  @AfterAll
  static void stop() {
    group.close();
  }

  /** On a machine that stands still for seconds, the partitions may have moved since the last. */
  @BeforeEach
  void look() {
    Group.awaitShared(one, two);
    caller =
        new ForwardedCaller(
            new HttpCaller(one.counts()),
            new HttpCaller(two.counts()),
            one.held(),
            new ForwardedCaller.Tally());
  }

  @AfterEach
  void expectThatEverythingWasForwarded() throws Exception {
    assertThat(one.held()).as("the partitions have not moved").isEqualTo(caller.heldByOne());
    Forwarded after = forwarded();
    var toForward = caller.toForward();
    assertThat(after.commands - before.commands)
        .as("commands")
        .isGreaterThanOrEqualTo(toForward.commands().get());
    assertThat(after.questions - before.questions)
        .as("questions")
        .isGreaterThanOrEqualTo(toForward.questions().get());
    before = after;
  }

  /** As they tell it in their metrics. */
  private static Forwarded forwarded() throws IOException, InterruptedException {
    String metrics = metrics(one) + metrics(two);
    return new Forwarded(sum(COMMANDS, metrics), sum(QUESTIONS, metrics));
  }

  private static long sum(Pattern meter, String metrics) {
    return meter
        .matcher(metrics)
        .results()
        .mapToLong(it -> (long) Double.parseDouble(it.group(1)))
        .sum();
  }

  private static String metrics(Group.Member member) throws IOException, InterruptedException {
    var request = HttpRequest.newBuilder(URI.create(member.countess().url() + "/metrics")).build();
    return CLIENT.send(request, BodyHandlers.ofString()).body();
  }

  @Override
  public Caller caller() {
    return caller;
  }

  @Override
  public Counts open(CounterName about) {
    var away = caller.isHeldByOne(about) ? two : one;
    return Counts.open(CountsConfig.of(away.countess().url()));
  }
}

package io.countess.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.Answer;
import io.countess.answer.Readiness;
import io.countess.answer.Totals;
import io.countess.cluster.wire.Wire;
import io.countess.door.ApiKeys;
import io.countess.door.Floor;
import io.countess.door.KeysConfig;
import io.countess.door.http.HttpConfig;
import io.countess.door.http.HttpPort;
import io.countess.door.http.HttpServer;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.Position;
import io.countess.query.Command;
import io.countess.query.Commands;
import io.countess.query.Demand;
import io.countess.query.Instance;
import io.countess.query.KeyedCommand;
import io.countess.query.Queries;
import io.countess.query.Question;
import io.countess.query.Response;
import io.countess.query.Share;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Another instance over HTTP is like one in this process, and what goes wrong on the way is told.
 */
class PeerTest {
  private static final Question<Totals> EVERYTHING = new Question.Everything();
  private static final CounterName ALICE = CounterName.of("logins", "alice");
  private static final String KEY = "a-key-that-is-long-enough";
  private static final int PARTITIONS = 1;

  /** So that the answer is there in time, also one that says that there was no time. */
  private static final Duration ALMOST_5_SECONDS = Duration.ofMillis(4751);

  private final FakeInstance behind = new FakeInstance();
  private Optional<Instance> here = Optional.of(behind);
  private final PrometheusMeterRegistry metrics =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final Peers peers = new Peers(Optional.of(KEY), PARTITIONS, metrics);

  @AfterEach
  void close() {
    peers.close();
  }

  @Test
  void shouldHandOverWhatIsAskedAndAnswered() {
    var found = new Answer.Found<>(new Totals(7, 2, true), Position.of(0, 3));
    var share = new Share<>(EVERYTHING, Set.of(0), new Demand(Position.of(0, 1), within(5)));
    behind.answers = it -> found;
    behind.responses = it -> new Response.Logged(Position.of(0, 4));
    try (var server = server(Optional.of(KEY))) {
      assertThat(join(at(server.port()).ask(share))).isEqualTo(found);
      assertThat(behind.asked).singleElement().isEqualTo(share.of(Set.of(0), ALMOST_5_SECONDS));
      for (Response response : new Response[] {logged(), unknown(), elsewhere()}) {
        behind.responses = it -> response;
        assertThat(join(at(server.port()).submit(KeyedCommand.of(put(5))))).isEqualTo(response);
      }
      assertThat(behind.taken).hasSize(3).containsOnly(put(5).in(ALMOST_5_SECONDS));
    }
  }

  @Test
  void shouldMeasureWhatIsAskedByWhatBecameOfIt() {
    behind.answers = it -> new Answer.NotReady<>("moving", Duration.ofSeconds(1));
    behind.responses = it -> logged();
    try (var server = server(Optional.of(KEY))) {
      join(at(server.port()).ask(share(5)));
      join(at(server.port()).submit(KeyedCommand.of(put(5))));
      join(at(server.port()).submit(KeyedCommand.of(put(5))));
    }
    join(at(1).submit(KeyedCommand.of(put(5))));

    assertThat(metrics.scrape())
        .contains(
            requests("everything", "not_ready", 1),
            requests("command", "logged", 2),
            requests("command", "elsewhere", 1));
  }

  @Test
  void shouldCarryTheLargestEvent() {
    behind.responses = it -> logged();
    var largest = new CounterName(ALICE.namespace(), ByteString.of(new byte[4096]));
    var command =
        new Command(largest, Event.Put.ONE, OptionalLong.empty(), Command.Ack.APPLIED, within(5));
    try (var server = server(Optional.of(KEY))) {
      assertThat(join(at(server.port()).submit(KeyedCommand.of(command)))).isEqualTo(logged());
    }
  }

  @Test
  void shouldSayThatItsKeyIsNotTaken() {
    try (var server = server(Optional.of("another-key-of-sixteen"))) {
      assertThat(join(at(server.port()).ask(share(5))))
          .isInstanceOfSatisfying(
              Answer.NotReady.class, it -> assertThat(it.reason()).contains("peer-key"));
      assertThat(join(at(server.port()).submit(KeyedCommand.of(put(5)))))
          .isInstanceOfSatisfying(
              Response.NotSent.class, it -> assertThat(it.reason()).contains("peer-key"));
    }
    assertThat(behind.asked).isEmpty();
    assertThat(behind.taken).isEmpty();
  }

  @Test
  void shouldKnowThatNothingWasSentWhereNobodyListens() throws IOException {
    int port = freePort();
    var address = "127.0.0.1:" + port;

    assertThat(join(at(port).ask(share(5)))).isEqualTo(new Answer.Elsewhere<>(0, address));
    assertThat(join(at(port).submit(KeyedCommand.of(put(5)))))
        .isEqualTo(new Response.Elsewhere(0, address));
  }

  @Test
  void shouldKnowThatNothingWasSentToOneThatStarts() {
    here = Optional.empty();
    try (var server = server(Optional.of(KEY))) {
      var address = "127.0.0.1:" + server.port();

      assertThat(join(peers.at(address).ask(share(5))))
          .isEqualTo(new Answer.Elsewhere<>(0, address));
      assertThat(join(peers.at(address).submit(KeyedCommand.of(put(5)))))
          .isEqualTo(new Response.Elsewhere(0, address));
    }
  }

  @Test
  void shouldNotKnowWhatBecameOfACommandThatWasNotAnswered() throws IOException {
    try (var silent = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      var address = "127.0.0.1:" + silent.getLocalPort();
      var peer = peers.at(address);
      assertThat(join(peer.submit(KeyedCommand.of(put(1)))))
          .isInstanceOf(Response.FateUnknown.class);
      assertThat(join(peer.ask(share(1)))).isEqualTo(new Answer.Elsewhere<>(0, address));
    }
  }

  @Test
  void shouldNotSendAgainWhatWasCutOff() throws IOException {
    CompletableFuture<Integer> requests;
    try (var rude = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      requests = CompletableFuture.supplyAsync(() -> cutOff(rude));
      var peer = peers.at("127.0.0.1:" + rude.getLocalPort());

      assertThat(join(peer.submit(KeyedCommand.of(put(2)))))
          .isInstanceOf(Response.FateUnknown.class);
    }
    assertThat(requests.join()).isEqualTo(1);
  }

  @Test
  void shouldBoundWhatIsUnderWay() throws IOException {
    // Room for all, or some could not connect in time, and would no longer be under way.
    int room = Peer.MAX_UNDER_WAY + 10;
    try (var silent = new ServerSocket(0, room, InetAddress.getLoopbackAddress())) {
      var peer = peers.at("127.0.0.1:" + silent.getLocalPort());
      for (int i = 0; i < Peer.MAX_UNDER_WAY; i++) {
        peer.submit(KeyedCommand.of(put(60)));
      }
      assertThat(join(peer.submit(KeyedCommand.of(put(1))))).isInstanceOf(Response.NotSent.class);
      assertThat(join(peer.ask(share(1)))).isInstanceOf(Answer.NotReady.class);
    }
  }

  @Test
  void shouldSendWhatComesInBulkTogetherAndInOrder() {
    behind.responses = it -> new Response.Invalid("n", it.counter().key().toString());
    int most = 3000;
    try (var server = server(Optional.of(KEY))) {
      var peer = at(server.port());
      var sent = IntStream.range(0, most).mapToObj(i -> peer.submit(bulk(i))).toList();
      for (int i = 0; i < most; i++) {
        assertThat(join(sent.get(i))).isEqualTo(new Response.Invalid("n", Integer.toString(i)));
      }
      assertThat(behind.taken)
          .hasSize(most)
          .allMatch(it -> it.ack() == Command.Ack.APPLIED_IN_BULK)
          .extracting(it -> it.counter().key().toString())
          .isEqualTo(IntStream.range(0, most).mapToObj(Integer::toString).toList());
      assertThat(requestsIn(server)).isLessThan(10);
    }
  }

  @Test
  void shouldTellOfAllInBulkWhatIsKnownOfTheirRequest() throws IOException {
    int port = freePort();
    assertThat(join(at(port).submit(bulk(1))))
        .isEqualTo(new Response.Elsewhere(0, "127.0.0.1:" + port));
    try (var rude = new ServerSocket(0, 10, InetAddress.getLoopbackAddress())) {
      var unused = CompletableFuture.supplyAsync(() -> cutOff(rude));
      var peer = at(rude.getLocalPort());
      var sent = IntStream.range(0, 5).mapToObj(i -> peer.submit(bulk(i))).toList();
      sent.forEach(it -> assertThat(join(it)).isInstanceOf(Response.FateUnknown.class));
    }
    try (var server = server(Optional.of("another-key-of-sixteen"))) {
      assertThat(join(at(server.port()).submit(bulk(1)))).isInstanceOf(Response.NotSent.class);
    }
  }

  /** An instance of an earlier build does not know bulk, nor that one would wait so. */
  @Test
  void shouldSendEachAloneToOneThatDoesNotKnowBulk() throws IOException {
    var taken = new ConcurrentLinkedQueue<String>();
    var old =
        com.sun.net.httpserver.HttpServer.create(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    old.createContext(
        "/",
        exchange -> {
          byte[] body = exchange.getRequestBody().readAllBytes();
          boolean isKnown = exchange.getRequestURI().getPath().endsWith("/commands");
          if (isKnown) {
            taken.add(new String(body, StandardCharsets.UTF_8));
          }
          byte[] answer = Wire.encode(logged());
          exchange.sendResponseHeaders(isKnown ? 200 : 404, answer.length);
          exchange.getResponseBody().write(answer);
          exchange.close();
        });
    old.start();
    try {
      var peer = at(old.getAddress().getPort());
      var sent = IntStream.range(0, 5).mapToObj(i -> peer.submit(bulk(i))).toList();
      sent.forEach(it -> assertThat(join(it)).isEqualTo(logged()));
      assertThat(taken).hasSize(5).allMatch(body -> body.contains("\"ack\":\"APPLIED\""));
    } finally {
      old.stop(0);
    }
  }

  private static long requestsIn(HttpServer server) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/metrics".formatted(server.port())));
    try {
      String metrics =
          HttpClient.newHttpClient()
              .send(
                  request.header("Authorization", "Bearer " + KEY).build(), BodyHandlers.ofString())
              .body();
      var bulk = Pattern.compile("http_requests_seconds_count\\{.*bulk.*} (\\d+)").matcher(metrics);
      assertThat(bulk.find()).as(metrics).isTrue();
      return Long.parseLong(bulk.group(1));
    } catch (IOException | InterruptedException failed) {
      throw new IllegalStateException(failed);
    }
  }

  private static KeyedCommand bulk(int key) {
    var name = CounterName.of("logins", Integer.toString(key));
    var ack = Command.Ack.APPLIED_IN_BULK;
    return KeyedCommand.of(new Command(name, Event.Put.ONE, OptionalLong.empty(), ack, within(5)));
  }

  /** Reads the start of each request, and closes its connection. */
  private static int cutOff(ServerSocket server) {
    int requests = 0;
    while (true) {
      try (Socket socket = server.accept()) {
        socket.getInputStream().read(new byte[10_000]);
        requests++;
      } catch (IOException closed) {
        return requests;
      }
    }
  }

  private Instance at(int port) {
    return peers.at("127.0.0.1:" + port);
  }

  private HttpServer server(Optional<String> key) {
    var keys = new KeysConfig(Optional.empty(), key, false);
    var nobody = new Nobody();
    var registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    var floor = new Floor(nobody, nobody, new ApiKeys(keys), registry);
    var port = HttpPort.bind(new HttpConfig("127.0.0.1", 0), keys);
    return HttpServer.start(port, floor, () -> here);
  }

  private static String requests(String kind, String outcome, int count) {
    return "countess_peer_requests_seconds_count{kind=\"%s\",outcome=\"%s\",role=\"asks\"} %d"
        .formatted(kind, outcome, count);
  }

  private static Share<Totals> share(int seconds) {
    return new Share<>(EVERYTHING, Set.of(0), new Demand(Position.NONE, within(seconds)));
  }

  private static Command put(int seconds) {
    return new Command(
        ALICE, Event.Put.ONE, OptionalLong.empty(), Command.Ack.APPLIED, within(seconds));
  }

  private static Response logged() {
    return new Response.Logged(Position.of(0, 4));
  }

  private static Response unknown() {
    return new Response.FateUnknown("gone");
  }

  private static Response elsewhere() {
    return new Response.Elsewhere(0, "h:1");
  }

  private static Duration within(int seconds) {
    return Duration.ofSeconds(seconds).plusMillis(1);
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  /** What stands behind the public ports is not asked. */
  private record Nobody() implements Queries, Commands {
    @Override
    public <A> CompletionStage<Answer<A>> ask(Question<A> question, Demand demand) {
      throw new IllegalStateException("a peer asks at the internal port");
    }

    @Override
    public Readiness readiness() {
      return new Readiness(true, "running", Collections.emptySortedMap());
    }

    @Override
    public CompletionStage<Response> submit(Command command) {
      throw new IllegalStateException("a peer asks at the internal port");
    }
  }
}

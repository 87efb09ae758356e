package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.Position;
import io.countess.query.Command;
import io.countess.query.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class EventsTest {
  @RegisterExtension final Api api = new Api();

  private final AtomicInteger offset = new AtomicInteger();

  @BeforeEach
  void logEverything() {
    api.commands.respondBy(command -> CompletableFuture.completedFuture(logged()));
  }

  @Test
  void shouldTakeAByteOrderMarkOffTheStart() {
    String line = "{\"namespace\":\"logins\",\"key\":\"alice\"}\n";

    assertThat(load("\ufeff" + line + line).body()).contains("\"logged\":2", "\"rejected\":0");
    assertThat(load(line + "\ufeff{\"x\":1}").body()).contains("\"rejected\":1");
  }

  @Test
  void shouldShowWhatCanNotBeSeenInALine() {
    assertThat(load("{\"namespace\":\"\u200bn\",\"key\":\"k\",\"\u200bttl\":\"1s\"}").body())
        .contains("\\\\u200bttl is not a field here");
  }

  @Test
  void shouldSayThatABodyIsUtf16() {
    byte[] body = "\ufeff{}".getBytes(StandardCharsets.UTF_16LE);
    var response = api.send(api.request("/v1/events").POST(BodyPublishers.ofByteArray(body)));

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.body()).contains("\"detail\":\"the body is UTF-16; it must be UTF-8\"");
    assertThat(api.commands.taken).isEmpty();
  }

  @Test
  void shouldLogEveryLine() {
    var response =
        load(
            "{\"namespace\":\"logins\",\"key\":\"alice\"}\n"
                + "\r\n"
                + "{\"namespace\":\"logins\",\"key\":\"bob\",\"n\":2,\"ttl\":\"5s\",\"at\":7}\r\n"
                + "{\"namespaceBase64\":\"\",\"keyBase64\":\"/w==\",\"op\":\"reset\"}\n"
                + "{\"namespace\":\"a\",\"key\":\"\",\"op\":\"policy\",\"policy\":null}");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Countess-Position")).hasValue("0@3,1@2");
    assertThat(response.body())
        .isEqualTo("{\"logged\":4,\"rejected\":0,\"errors\":[],\"position\":\"0@3,1@2\"}");
    assertThat(api.commands.taken)
        .extracting(Command::counter, Command::event, Command::atMillis)
        .containsExactly(
            tuple(CounterName.of("logins", "alice"), Event.Put.ONE, OptionalLong.empty()),
            tuple(
                CounterName.of("logins", "bob"),
                new Event.Put(2, Optional.of(Duration.ofSeconds(5))),
                OptionalLong.of(7)),
            tuple(
                new CounterName(ByteString.EMPTY, ByteString.of(new byte[] {-1})),
                new Event.Reset(),
                OptionalLong.empty()),
            tuple(
                CounterName.of("a", ""),
                new Event.ChangePolicy(Optional.<Policy>empty(), OnChange.KEEP),
                OptionalLong.empty()));
    assertThat(api.commands.taken).allMatch(it -> it.ack() == Command.Ack.LOGGED);
  }

  @Test
  void shouldGoOnAfterABadLine() {
    api.commands.respondBy(
        command ->
            CompletableFuture.completedFuture(
                command.counter().key().toString().equals("old")
                    ? new Response.Invalid("at", "is more than 6 days ago")
                    : logged()));

    var report =
        Api.json(
            load(
                "nonsense\n{\"namespace\":\"n\"}\n{\"namespace\":\"n\",\"key\":\"old\"}\n"
                    + "x".repeat(70_000)
                    + "\n{\"namespace\":\"n\",\"key\":\"k\",\"op\":\"tick\"}\n"
                    + "\u0000\u0000\u0000\u0007\n"
                    + "{\"namespace\":\"n\",\"key\":\"good\"}\n"));

    assertThat(report.get("logged").asInt()).isEqualTo(1);
    assertThat(report.get("rejected").asInt()).isEqualTo(6);
    assertThat(report.get("errors")).hasSize(6);
    assertError(report, 0, 1, "body is not JSON");
    assertError(report, 1, 2, "key is missing");
    assertError(report, 2, 3, "at is more than 6 days ago");
    assertError(report, 3, 4, "line is longer than 65536 bytes");
    assertError(report, 4, 5, "op is 'tick', which only the server itself sends");
    assertError(report, 5, 6, "body is not JSON");
    assertThat(api.registry.scrape())
        .contains(
            "countess_http_event_lines_total{outcome=\"logged\"} 1.0",
            "countess_http_event_lines_total{outcome=\"rejected\"} 6.0");
  }

  @Test
  void shouldTellTheFirstThousandErrorsOnly() {
    var report = Api.json(load("bad\n".repeat(1500)));

    assertThat(report.get("rejected").asInt()).isEqualTo(1500);
    assertThat(report.get("errors")).hasSize(1000);
    assertThat(report.get("errors").get(999).get("line").asInt()).isEqualTo(1000);
  }

  @Test
  void shouldSayWhatMayHaveBeenLogged() {
    api.commands.respond(new Response.FateUnknown("no answer within 30s"));

    var report = Api.json(load("{\"namespace\":\"n\",\"key\":\"k\"}"));

    assertError(report, 0, 1, "no answer within 30s: it may or may not be in the log");
  }

  @Test
  void shouldSendAgainWhatTheLogWasTooBusyFor() {
    var tries = new AtomicInteger();
    api.commands.respondBy(
        command ->
            CompletableFuture.completedFuture(
                tries.incrementAndGet() <= 3
                    ? new Response.NotSent("overloaded", Duration.ofMillis(1))
                    : logged()));

    var report = Api.json(load("{\"namespace\":\"n\",\"key\":\"k\"}"));

    assertThat(report.get("logged").asInt()).isEqualTo(1);
    assertThat(tries).hasValue(4);
  }

  @Test
  void shouldSurviveACommandThatBreaks() {
    api.commands.respondBy(
        command -> {
          throw new IllegalStateException("secret");
        });

    var response = load("{\"namespace\":\"n\",\"key\":\"k\"}\n".repeat(3000));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(Api.json(response).get("rejected").asInt()).isEqualTo(3000);
    assertThat(response.body()).doesNotContain("secret");
  }

  @Test
  void shouldStreamMoreThanItKeepsInFlight() {
    var slow = new SlowLog();
    api.commands.respondBy(slow);
    int lines = 200_000;

    var response =
        api.send(
            api.request("/v1/events")
                .POST(BodyPublishers.ofInputStream(() -> new GeneratedLines(lines))));

    assertThat(Api.json(response).get("logged").asInt()).isEqualTo(lines);
    assertThat(slow.mostInFlight).hasValueLessThanOrEqualTo(LoadPace.MAX_AHEAD);
    assertThat(slow.mostInFlight).hasValueGreaterThan(1);
    slow.stop();
  }

  @Test
  void shouldReadGzip() {
    byte[] zipped = gzip("{\"namespace\":\"n\",\"key\":\"k\"}\n".repeat(1000));
    var request =
        api.request("/v1/events", "Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(zipped));

    assertThat(Api.json(api.send(request)).get("logged").asInt()).isEqualTo(1000);
  }

  @Test
  void shouldReadGzipWhoseMembersComeOneAfterTheOther() throws IOException {
    byte[] member = gzip("{\"namespace\":\"n\",\"key\":\"k\"}\n");
    String chunk = Integer.toHexString(member.length) + "\r\n";
    String head =
        "POST /v1/events HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + "Content-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n";
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.server.port())) {
      var out = socket.getOutputStream();
      out.write(head.getBytes(StandardCharsets.UTF_8));
      for (int sent = 1; sent <= 3; sent++) {
        out.write(chunk.getBytes(StandardCharsets.UTF_8));
        out.write(member);
        out.write("\r\n".getBytes(StandardCharsets.UTF_8));
        int logged = sent;
        Awaitility.await().until(() -> api.commands.taken.size() == logged);
      }
      out.write("0\r\n\r\n".getBytes(StandardCharsets.UTF_8));

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .contains("\"logged\":3,");
    }
  }

  @Test
  void shouldSayWhatIsWrongWithGzip() {
    byte[] packed = gzip("{\"namespace\":\"n\",\"key\":\"k\"}\n");
    byte[] broken = packed.clone();
    broken[broken.length - 5]++;

    assertThat(refused(Arrays.copyOf(packed, packed.length - 1)))
        .isEqualTo("the body is gzip that is cut short");
    assertThat(refused(broken))
        .isEqualTo("the body is gzip that is broken: its checksum is another one");
    assertThat(refused(new byte[0])).isEqualTo("the body is empty, and so no gzip");
    assertThat(refused("{}".getBytes(StandardCharsets.UTF_8))).isEqualTo("the body is no gzip");
  }

  private String refused(byte[] packed) {
    var request =
        api.request("/v1/events", "Content-Encoding", "gzip")
            .POST(BodyPublishers.ofByteArray(packed));
    var response = api.send(request);
    assertThat(response.statusCode()).isEqualTo(400);
    return Api.json(response).get("detail").asText();
  }

  private static byte[] gzip(String lines) {
    var zipped = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(zipped)) {
      out.write(lines.getBytes(StandardCharsets.UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return zipped.toByteArray();
  }

  @Test
  void shouldTellWhatWasLoggedBeforeTheBodyBroke() {
    byte[] zipped =
        gzip(
            IntStream.range(0, 100_000)
                .mapToObj(i -> "{\"namespace\":\"n\",\"key\":\"" + i * 31 + "\"}\n")
                .collect(Collectors.joining()));
    byte[] half = Arrays.copyOf(zipped, zipped.length / 2);

    var response =
        api.send(
            api.request("/v1/events", "Content-Encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(half)));

    assertThat(response.statusCode()).isEqualTo(400);
    var problem = Api.json(response);
    assertThat(problem.get("type").asText()).isEqualTo("urn:countess:problem:malformed-request");
    assertThat(problem.get("logged").asInt()).isEqualTo(api.commands.taken.size()).isPositive();
  }

  @Test
  void shouldRefuseCompressionThatItDoesNotRead() {
    var response = api.post("/v1/events", "{}", "Content-Encoding", "br");

    assertThat(response.statusCode()).isEqualTo(415);
  }

  @Test
  void shouldStopReadingWhenTheServerStops() throws IOException {
    String line = "20\r\n{\"namespace\":\"n\",\"key\":\"abcde\"}\n\r\n";
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), api.server.port())) {
      socket
          .getOutputStream()
          .write(
              ("POST /v1/events HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\n"
                      + line)
                  .getBytes(StandardCharsets.UTF_8));
      Awaitility.await().until(() -> api.commands.taken.size() == 1);

      var closing = CompletableFuture.runAsync(api.server::close);
      Awaitility.await().until(api.admission::isClosed);
      socket.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));

      assertThat(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
          .startsWith("HTTP/1.1 503")
          .contains("urn:countess:problem:stopping", "the server stops", "\"logged\":1,");
      closing.join();
    }
    assertThat(api.commands.taken).hasSize(1);
  }

  private HttpResponse<String> load(String lines) {
    return api.post("/v1/events", lines, "Content-Type", "application/x-ndjson");
  }

  private Response logged() {
    int at = offset.getAndIncrement();
    return new Response.Logged(Position.of(at == 2 ? 1 : 0, at));
  }

  private static void assertError(JsonNode report, int index, int line, String reason) {
    JsonNode error = report.get("errors").get(index);
    assertThat(error.get("line").asInt()).isEqualTo(line);
    assertThat(error.get("reason").asText()).startsWith(reason);
  }

  /** Lines that exist only while they are read. */
  private static final class GeneratedLines extends InputStream {
    private final int lines;
    private int made;
    private byte[] line = new byte[0];
    private int at;

    GeneratedLines(int lines) {
      this.lines = lines;
    }

    @Override
    public int read() {
      if (at == line.length) {
        if (made == lines) {
          return -1;
        }
        line =
            ("{\"namespace\":\"n\",\"key\":\"k" + made++ + "\"}\n")
                .getBytes(StandardCharsets.UTF_8);
        at = 0;
      }
      return line[at++];
    }
  }

  /** Answers some time later, a few at a time, and watches how many wait. */
  private static final class SlowLog implements Function<Command, CompletionStage<Response>> {
    private final AtomicInteger inFlight = new AtomicInteger();
    private final AtomicInteger mostInFlight = new AtomicInteger();
    private final ConcurrentLinkedQueue<CompletableFuture<Response>> waiting =
        new ConcurrentLinkedQueue<>();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    SlowLog() {
      var unused = clock.scheduleAtFixedRate(this::answerSome, 1, 1, TimeUnit.MILLISECONDS);
    }

    @Override
    public CompletionStage<Response> apply(Command command) {
      mostInFlight.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
      var response = new CompletableFuture<Response>();
      waiting.add(response);
      return response;
    }

    private void answerSome() {
      for (int i = 0; i < 500 && !waiting.isEmpty(); i++) {
        inFlight.decrementAndGet();
        waiting.remove().complete(new Response.Logged(Position.of(0, i)));
      }
    }

    void stop() {
      clock.shutdown();
    }
  }
}

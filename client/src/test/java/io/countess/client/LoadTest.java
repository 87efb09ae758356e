package io.countess.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import io.countess.client.LoadSummary.Rejection;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.Position;
import io.countess.event.codec.EventLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.SequenceInputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadTest {
  private final FakeServer server = new FakeServer();
  private final Counts counts = Counts.open(CountsConfig.of(server.url()));

  @AfterEach
  void close() {
    counts.close();
    server.close();
  }

  @Test
  void shouldSendLinesAndSumUp() {
    server.answer(
        "{'logged':2,'rejected':1,'errors':[{'line':3,'reason':'n is x','more':1}],"
            + "'position':'0@1,2@5'}");
    var summary = counts.load(new ByteArrayInputStream("{}\n{}\n".getBytes(UTF_8)));
    assertThat(summary)
        .isEqualTo(
            new LoadSummary(2, 1, List.of(new Rejection(3, "n is x")), Position.parse("0@1,2@5")));
    assertThat(server.asked().line()).isEqualTo("POST /v1/events");
    assertThat(server.asked().header("Content-type")).isEqualTo("application/x-ndjson");
    assertThat(server.asked().body()).isEqualTo("{}\n{}\n");
  }

  @Test
  void shouldSendEventsAsLines() {
    answerAll();
    var event = new EventLine(CounterName.of("n", "k"), Event.Put.ONE, OptionalLong.empty());
    assertThat(counts.load(Stream.generate(() -> event).limit(100_000).iterator()).logged())
        .isEqualTo(100_000);
    assertThat(server.all().stream().flatMap(it -> it.body().lines()).toList())
        .hasSize(100_000)
        .containsOnly(new String(event.encode(), UTF_8));
  }

  @Test
  void shouldSendLinesUnderAnId() {
    server.answer("{'logged':1,'rejected':0,'errors':[]}");
    counts.load(
        new ByteArrayInputStream("{}".getBytes(UTF_8)), Optional.of("import-7"), soFar -> {});
    assertThat(server.asked().header("Idempotency-key")).isEqualTo("import-7");
    assertThatThrownBy(
            () -> counts.load(InputStream.nullInputStream(), Optional.of("a b"), soFar -> {}))
        .hasMessageStartingWith("id of a load must be visible ASCII");
    assertThatThrownBy(
            () -> counts.load(InputStream.nullInputStream(), Optional.of("k".repeat(89)), it -> {}))
        .hasMessageStartingWith("id takes 89 bytes; for a load it may take at most 88");
  }

  @Test
  void shouldSendNothingForNoEvents() {
    server.answer("{'logged':0,'rejected':0,'errors':[]}");
    assertThat(counts.load(List.<EventLine>of().iterator()).position()).isEqualTo(Position.NONE);
    assertThat(server.asked().body()).isEmpty();
  }

  @Test
  void shouldSayThatTheSourceCantBeRead() {
    server.answer("{'logged':0,'rejected':0,'errors':[]}");
    var broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("the disk is gone");
          }
        };
    assertThatThrownBy(() -> counts.load(broken))
        .isInstanceOf(BrokenLoadException.class)
        .hasMessage("the disk is gone (0 events are logged, 0 lines rejected)");
  }

  @Test
  void shouldSayWhatIsLoggedWhereTheSourceBreaksOff() {
    server.answer("{'logged':2,'rejected':0,'errors':[],'position':'0@1'}");
    var broken =
        new SequenceInputStream(
            new ByteArrayInputStream("{}\n{}\n".getBytes(UTF_8)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("the file is cut short");
              }
            });

    assertThatThrownBy(() -> counts.load(broken))
        .isInstanceOfSatisfying(
            BrokenLoadException.class,
            failure -> {
              assertThat(failure.end()).isEqualTo(BrokenLoadException.End.SOURCE);
              assertThat(failure.soFar().logged()).isEqualTo(2);
            });
    assertThat(server.asked().body()).isEqualTo("{}\n{}\n");
  }

  @Test
  void shouldSendManyLinesInPartsAndNumberThemThrough() {
    server.handle(
        (exchange, asked) -> {
          long lines = asked.body().lines().count();
          boolean isLast = asked.body().endsWith("last\n");
          String error = isLast ? "{'line':" + (1 + firstLine(asked)) + ",'reason':'x'}" : "";
          answerLoad(exchange, isLast ? lines - 1 : lines, isLast ? 1 : 0, error);
        });
    byte[] lines = ("{}\n".repeat(LoadPart.BLOCK_LINES) + "{}\nlast\n").getBytes(UTF_8);
    var known = new ArrayList<Long>();

    var summary =
        counts.load(
            new ByteArrayInputStream(lines), Optional.of("job"), it -> known.add(it.logged()));

    assertThat(summary.logged()).isEqualTo(LoadPart.BLOCK_LINES + 1);
    assertThat(summary.errors()).containsExactly(new Rejection(250_002, "x"));
    assertThat(known).isSorted().hasSizeGreaterThan(3).endsWith(250_001L);
    assertThat(server.all()).extracting(FakeServer.Asked::body).doesNotContain("");
    assertThat(String.join("", server.all().stream().map(FakeServer.Asked::body).toList()))
        .isEqualTo(new String(lines, UTF_8));
    long before = 0;
    for (FakeServer.Asked part : server.all()) {
      assertThat(part.header("Idempotency-key"))
          .isEqualTo(before < LoadPart.BLOCK_LINES ? "job" : "job+250000");
      assertThat(firstLine(part)).isEqualTo(before % LoadPart.BLOCK_LINES + 1);
      before += part.body().lines().count();
    }
  }

  @Test
  void shouldSendEachLineAsSoonAsItIsThere() throws IOException {
    answerAll();
    var pipe = new PipedOutputStream();
    var loaded = load(new PipedInputStream(pipe), Optional.empty());

    for (String half : List.of("1\nha", "lf\nof ", "a line\n")) {
      int sent = server.all().size() + 1;
      pipe.write(half.getBytes(UTF_8));
      pipe.flush();
      Awaitility.await().until(() -> server.all().size() == sent);
    }
    pipe.close();

    assertThat(loaded.join().logged()).isEqualTo(3);
    assertThat(server.all().stream().map(FakeServer.Asked::body))
        .containsExactly("1\n", "half\n", "of a line\n");
  }

  @Test
  void shouldSendALineOfAnIteratorThatWaitsForTheNextOne() {
    answerAll();
    var event = new EventLine(CounterName.of("n", "k"), Event.Put.ONE, OptionalLong.empty());
    var events = new LinkedBlockingQueue<Optional<EventLine>>();
    var loaded =
        CompletableFuture.supplyAsync(
            () ->
                counts.load(
                    Stream.generate(() -> taken(events))
                        .takeWhile(Optional::isPresent)
                        .map(Optional::get)
                        .iterator()));

    events.add(Optional.of(event));
    Awaitility.await().until(() -> server.all().size() == 1);
    events.add(Optional.empty());

    assertThat(loaded.join().logged()).isEqualTo(1);
  }

  @Test
  void shouldSayThatNobodyIsThereWhileTheSourceIsQuiet() {
    server.problem(401, "{'type':'t','title':'A key is needed','status':401}");
    assertThatThrownBy(() -> counts.load(new PipedInputStream(new PipedOutputStream())))
        .isInstanceOf(ProblemException.class)
        .hasMessage("A key is needed");
  }

  @Test
  void shouldGoOnWithWhatAServerThatStopsHasNotTaken() throws IOException {
    var turn = new AtomicInteger();
    server.handle(
        (exchange, asked) -> {
          int now = turn.incrementAndGet();
          if (now == 2) {
            String stopped = "{'type':'t','detail':'the server stops','logged':1,'rejected':1}";
            FakeServer.send(exchange, 503, "application/problem+json", stopped);
          } else if (now == 3) {
            FakeServer.send(exchange, 503, "application/problem+json", "{'type':'t'}");
          } else {
            answerLoad(exchange, asked.body().lines().filter(it -> !it.isBlank()).count(), 0, "");
          }
        });
    var pipe = new PipedOutputStream();
    var loaded = load(new PipedInputStream(pipe), Optional.of("job"));
    pipe.write("first\n".getBytes(UTF_8));
    Awaitility.await().until(() -> server.all().size() == 1);
    pipe.write("taken\n\nbad\nleft\n\nlast".getBytes(UTF_8));
    pipe.close();

    var summary = loaded.join();

    assertThat(summary.logged()).isEqualTo(4);
    assertThat(summary.rejected()).isEqualTo(1);
    assertThat(server.all().get(3).body()).isEqualTo("left\n\nlast");
    assertThat(firstLine(server.all().get(3))).isEqualTo(5);
  }

  @Test
  void shouldSendAPartAgainUnderItsIdsWhereTheConnectionIsCut() throws IOException {
    var turn = new AtomicInteger();
    server.handle(
        (exchange, asked) -> {
          if (turn.incrementAndGet() != 2) {
            answerLoad(exchange, asked.body().lines().count(), 0, "");
          }
        });
    var pipe = new PipedOutputStream();
    var loaded = load(new PipedInputStream(pipe), Optional.of("job"));
    pipe.write("{}\n".getBytes(UTF_8));
    Awaitility.await().until(() -> server.all().size() == 1);
    pipe.write("{}\n{}\n".getBytes(UTF_8));
    pipe.close();

    assertThat(loaded.join().logged()).isEqualTo(3);
    assertThat(server.all()).hasSize(3);
    assertThat(server.all().get(2)).isEqualTo(server.all().get(1));
  }

  @Test
  void shouldNotSendAgainWithoutIdsWhatMayHaveArrived() throws IOException {
    var turn = new AtomicInteger();
    server.handle(
        (exchange, asked) -> {
          if (turn.incrementAndGet() != 2) {
            answerLoad(exchange, asked.body().lines().count(), 0, "");
          }
        });
    var pipe = new PipedOutputStream();
    var loaded = load(new PipedInputStream(pipe), Optional.empty());
    pipe.write("{}\n".getBytes(UTF_8));
    Awaitility.await().until(() -> server.all().size() == 1);
    pipe.write("{}\n{}\n".getBytes(UTF_8));

    assertThatThrownBy(loaded::join)
        .cause()
        .isInstanceOfSatisfying(
            BrokenLoadException.class,
            broken -> {
              assertThat(broken.end()).isEqualTo(BrokenLoadException.End.CONNECTION);
              assertThat(broken.soFar().logged()).isEqualTo(1);
            });
    assertThat(server.all()).hasSize(2);
  }

  @Test
  void shouldWaitForAServerThatStartsAgain() throws IOException {
    answerAll();
    var pipe = new PipedOutputStream();
    var loaded = load(new PipedInputStream(pipe), Optional.empty());
    pipe.write("{}\n".getBytes(UTF_8));
    Awaitility.await().until(() -> server.all().size() == 1);
    server.close();
    pipe.write("{}\n".getBytes(UTF_8));
    pipe.close();
    Awaitility.await().pollDelay(Duration.ofMillis(700)).until(() -> !loaded.isDone());

    try (var next = server.again()) {
      next.handle((exchange, asked) -> answerLoad(exchange, asked.body().lines().count(), 0, ""));
      assertThat(loaded.join().logged()).isEqualTo(2);
      assertThat(next.asked().body()).isEqualTo("{}\n");
    }
  }

  @Test
  void shouldDropHalfALineWhereTheSourceBreaksOff() {
    answerAll();
    var broken =
        new SequenceInputStream(
            new ByteArrayInputStream("one\nha".getBytes(UTF_8)),
            new InputStream() {
              @Override
              public int read() throws IOException {
                throw new IOException("is cut short");
              }
            });

    assertThatThrownBy(() -> counts.load(broken)).isInstanceOf(BrokenLoadException.class);
    assertThat(server.asked().body()).isEqualTo("one\n");
  }

  @Test
  void shouldSendALineThatIsTooLongOnlySoFarThatTheServerSeesIt() {
    answerAll();
    String lines = "a\n" + "x".repeat(10_000_000) + "\nb\n";

    assertThat(counts.load(new ByteArrayInputStream(lines.getBytes(UTF_8))).logged()).isEqualTo(3);

    String sent = String.join("", server.all().stream().map(FakeServer.Asked::body).toList());
    assertThat(sent.lines().map(String::length)).containsExactly(1, 65_537, 1);
  }

  private CompletableFuture<LoadSummary> load(InputStream lines, Optional<String> id) {
    return CompletableFuture.supplyAsync(() -> counts.load(lines, id, soFar -> {}));
  }

  private void answerAll() {
    server.handle((exchange, asked) -> answerLoad(exchange, asked.body().lines().count(), 0, ""));
  }

  private static void answerLoad(HttpExchange exchange, long logged, long rejected, String error)
      throws IOException {
    FakeServer.send(
        exchange,
        200,
        "application/json",
        "{'logged':%d,'rejected':%d,'errors':[%s]}".formatted(logged, rejected, error));
  }

  private static long firstLine(FakeServer.Asked part) {
    String line = part.line();
    int at = line.indexOf("?firstLine=");
    return at < 0 ? 1 : Long.parseLong(line.substring(at + 11));
  }

  private static <T> T taken(BlockingQueue<T> queue) {
    try {
      return queue.take();
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  @Test
  void shouldThrowTheProblemThatTheServerNames() {
    server.problem(403, "{'type':'t','title':'The key does not allow this','status':403}");
    assertThatThrownBy(() -> counts.load(InputStream.nullInputStream()))
        .isInstanceOf(ProblemException.class)
        .hasMessage("The key does not allow this");
  }

  @Test
  void shouldSayHowMuchWasLoggedWhereTheServerStopsInTheMiddle() {
    server.problem(503, "{'type':'t','detail':'the server stops','logged':7,'rejected':1}");
    assertThatThrownBy(() -> counts.load(InputStream.nullInputStream()))
        .isInstanceOf(BrokenLoadException.class)
        .hasCauseInstanceOf(ProblemException.class)
        .hasMessage("the server stops (7 events are logged, 1 lines rejected)");
  }
}

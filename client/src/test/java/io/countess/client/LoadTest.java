package io.countess.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.client.LoadSummary.Rejection;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.Position;
import io.countess.event.codec.EventLine;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
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
    server.answer("{'logged':100000,'rejected':0,'errors':[]}");
    var event = new EventLine(CounterName.of("n", "k"), Event.Put.ONE, OptionalLong.empty());
    assertThat(counts.load(Stream.generate(() -> event).limit(100_000).iterator()).logged())
        .isEqualTo(100_000);
    assertThat(server.asked().body().lines().toList())
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
        (exchange, asked) ->
            FakeServer.send(
                exchange,
                200,
                "application/json",
                asked.body().length() > 6
                    ? "{'logged':250000,'rejected':0,'errors':[],'position':'0@9'}"
                    : "{'logged':1,'rejected':1,'errors':[{'line':2,'reason':'x'}],"
                        + "'position':'1@1'}"));
    byte[] lines = "{}\n".repeat(Upload.PART_LINES + 2).getBytes(UTF_8);
    var known = new ArrayList<Long>();

    var summary =
        counts.load(
            new ByteArrayInputStream(lines), Optional.of("job"), it -> known.add(it.logged()));

    assertThat(known).containsExactly(250_000L, 250_001L);
    assertThat(summary)
        .isEqualTo(
            new LoadSummary(
                250_001, 1, List.of(new Rejection(250_002, "x")), Position.parse("0@9,1@1")));
    assertThat(server.all().get(0).header("Idempotency-key")).isEqualTo("job");
    var second = server.all().get(1);
    assertThat(second.header("Idempotency-key")).isEqualTo("job+250000");
    assertThat(second.body()).isEqualTo("{}\n{}\n");
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

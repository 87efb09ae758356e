package io.countess.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What load says of what became of its lines. */
class LoadOutcomesTest {
  private static final String SOME =
      "{'logged':6,'rejected':1,'errors':[{'line':9,'reason':'key is missing'}],'outcomes':{"
          + "'accepted':1,'wouldRefuse':1,'replayed':2,'refused':2},'first':["
          + "{'line':2,'outcome':'refused','namespace':'n','key':'a','reason':'over 5'},"
          + "{'line':4,'outcome':'wouldRefuse','namespace':'n','key':'b','reason':'over 5'},"
          + "{'line':5,'outcome':'replayed','namespace':'n','keyBase64':'/w==',"
          + "'reason':'it counts at 0@4'}],"
          + "'lines':[{'line':2,'outcome':'refused','namespace':'n','key':'a','reason':'over 5'},"
          + "{'line':9,'outcome':'rejected','reason':'key is missing'}],'unlisted':%d,"
          + "'position':'0@7'}";

  private static final String REPORTED =
      """
      {"file":"-","line":2,"outcome":"refused","namespace":"n","key":"a","reason":"over 5"}
      {"file":"-","line":9,"outcome":"rejected","reason":"key is missing"}
      """;

  @TempDir private Path dir;
  private final FakeServer server = new FakeServer();
  private final Cli cli = Cli.at(server);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void shouldTellHowManyBecameWhatAndTheFirstOfEach() {
    server.answer(SOME.formatted(0));

    var ran = cli.in("{}".getBytes(UTF_8)).run("load", "-");

    assertThat(ran.out()).matches(" +1 +5 +1 +\\d+\\.\\d  -\n");
    assertThat(ran.err())
        .isEqualTo(
            """
            -:9: key is missing
            -:2: refused (the first of 2): 'n/a': over 5
            -:4: would-refuse: 'n/b': over 5
            -:5: replayed (the first of 2): 'n/0xff': it counts at 0@4
            """);
    assertThat(server.asked()).containsExactly("POST /v1/events?ack=applied");
  }

  @Test
  void shouldNameTheColumnsOnATerminal() {
    server.answer(SOME.formatted(0));
    assertThat(cli.onTerminal().run("load", "-").out().lines().findFirst().orElseThrow().strip())
        .matches("ACCEPTED +OTHERWISE +REJECTED +SECONDS +FILE");
  }

  @ParameterizedTest
  @CsvSource({
    "accepted, 0, 0",
    "wouldRefuse, 0, 0",
    "replayed, 0, 0",
    "refused, 0, 3",
    "late, 0, 3",
    "overIds, 0, 3",
    "impossible, 0, 1",
    "conflict, 0, 1",
    "unknown, 0, 4",
    "accepted, 1, 1",
    "refused, 1, 1",
    "unknown, 1, 4"
  })
  void shouldExitByTheGravestOfThem(String outcome, int rejected, int exitCode) {
    server.answer("{'logged':1,'rejected':%d,'outcomes':{'%s':1}}".formatted(rejected, outcome));
    assertThat(cli.in("{}".getBytes(UTF_8)).run("load", "-").exitCode()).isEqualTo(exitCode);
  }

  @Test
  void shouldExitByTheGravestOfSeveralFiles() throws IOException {
    server
        .answer("{'logged':1,'rejected':0,'outcomes':{'refused':1}}")
        .answer("{'logged':1,'rejected':0,'outcomes':{'accepted':1}}");
    var file = Files.writeString(dir.resolve("events"), "{}").toString();
    assertThat(cli.run("load", file, file).exitCode()).isEqualTo(3);
  }

  @Test
  void shouldReportLinesThatDidNotCount() throws IOException {
    server.answer(SOME.formatted(0));
    var report = dir.resolve("report");

    var ran = cli.in("{}".getBytes(UTF_8)).run("load", "--report", report.toString(), "-");

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(server.asked()).containsExactly("POST /v1/events?ack=applied&lines=10000");
    assertThat(report).hasContent(REPORTED);
  }

  @Test
  void shouldReportLinesThatAreNoEventsOfAForm() throws IOException {
    server.answer("{'logged':0,'rejected':0,'outcomes':{'accepted':0},'lines':[]}");
    var report = dir.resolve("report");
    byte[] in = ("ok\n" + "x".repeat(5000) + "\n").repeat(1).getBytes(UTF_8);

    cli.in(in).run("load", "--namespace", "n", "--report", report.toString(), "-");

    assertThat(report)
        .hasContent(
            "{\"file\":\"-\",\"line\":2,\"outcome\":\"rejected\",\"reason\":\"key is 5000 bytes long;"
                + " at most 4096 bytes are allowed\"}");
  }

  @Test
  void shouldSayThatAReportLacksLines() {
    server.answer(SOME.formatted(7));
    var report = dir.resolve("report").toString();
    assertThat(cli.in("{}".getBytes(UTF_8)).run("load", "--report", report, "-").err())
        .contains("countess: -: 7 lines are not in the report: the server had no room to list");
  }

  @Test
  void shouldNotWriteOverAReport() throws IOException {
    var report = Files.writeString(dir.resolve("report"), "mine");

    var ran = cli.in("{}".getBytes(UTF_8)).run("load", "--report", report.toString(), "-");

    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualTo(
            "countess: --report %s is there already; name a new file, or remove it\n"
                .formatted(report));
    assertThat(report).hasContent("mine");
    var nowhere = dir.resolve("no/where").toString();
    assertThat(cli.in("{}".getBytes(UTF_8)).run("load", "--report", nowhere, "-").err())
        .isEqualTo(
            "countess: --report %s can't be written: there is no such directory\n"
                .formatted(nowhere));
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void shouldLeaveNoReportWhereNothingWasSent() {
    server.close();
    var report = dir.resolve("report");

    var ran = cli.in("{}".getBytes(UTF_8)).run("load", "--report", report.toString(), "-");

    assertThat(ran.exitCode()).isEqualTo(4);
    assertThat(report).doesNotExist();
  }

  @Test
  void shouldSayThatItWaitsForTheLogOnly() {
    server.answer("{'logged':2,'rejected':0,'errors':[],'position':'0@1'}");

    var ran = cli.in("{}".getBytes(UTF_8)).run("load", "--ack", "logged", "-");

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).matches(" +2 +0 +\\d+\\.\\d  -\n");
    assertThat(ran.err())
        .isEqualTo(
            "countess: lines are logged; which of them count is not known (--ack applied"
                + " tells)\n");
    assertThat(server.asked()).containsExactly("POST /v1/events");
    var report = dir.resolve("report").toString();
    assertThat(cli.run("load", "--ack", "logged", "--report", report, "-"))
        .isEqualTo(
            new Cli.Ran(
                2,
                "",
                "countess: --report goes with --ack applied: what is only logged may yet be"
                    + " refused\n"));
    assertThat(cli.run("load", "--ack", "folded", "-").err())
        .contains("'folded' is none of logged, applied");
  }
}

package io.countess.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LoadCommandTest {
  private static final String TWO =
      "{'logged':2,'rejected':0,'errors':[],'outcomes':{'accepted':2},'position':'0@1,1@7'}";

  private static final String LOGGED_ONLY =
      "countess: lines are logged; which of them count is not known (--ack applied tells)\n";

  @TempDir private Path dir;
  private final FakeServer server = new FakeServer();
  private final Cli cli = Cli.at(server);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void shouldSendAFileAsItIs() throws IOException {
    server.answer(TWO);
    String lines = "{\"namespace\":\"a\",\"key\":\"b\"}\n\nnonsense";
    var file = Files.writeString(dir.resolve("events"), lines).toString();
    var ran = cli.run("load", file);
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).matches(" +2( +0){2} +\\d+\\.\\d  .*/events\n");
    assertThat(ran.err()).isEmpty();
    assertThat(server.asked()).containsExactly("POST /v1/events?ack=applied");
    assertThat(server.bodies()).containsExactly(lines);
  }

  @Test
  void shouldSumUpAsJson() throws IOException {
    server.answer(TWO);
    var file = Files.writeString(dir.resolve("events"), "{}").toString();
    assertThat(cli.run("load", file, "--output", "json").out())
        .matches(
            "\\{\"file\":\".*/events\",\"logged\":2,\"rejected\":0,\"outcomes\":\\{\"accepted\":2,.*},"
                + "\"first\":\\[],\"seconds\":[0-9.E-]+,"
                + "\"position\":\"0@1,1@7\"}\n");
  }

  @Test
  void shouldTurnKeysIntoEventsLineByLine() {
    server.answer(TWO);
    byte[] in = "alice\nbob \r\n\n\"q\"\n \t \r\n\u00ff\n{x}:1".getBytes(ISO_8859_1);
    var ran = cli.in(in).run("load", "--namespace", "failed-logins", "-");
    assertThat(ran.exitCode()).isZero();
    assertThat(server.bodies().get(0))
        .isEqualTo(
            """
            {"namespace":"failed-logins","key":"alice"}
            {"namespace":"failed-logins","key":"bob "}

            {"namespace":"failed-logins","key":"\\"q\\""}

            {"namespace":"failed-logins","keyBase64":"/w=="}
            {"namespace":"failed-logins","key":"{x}:1"}
            """);
  }

  @Test
  void shouldTakeNoEventForAKey() {
    server.answer(TWO);
    var in = "alice\n{\"key\":\"bob\",\"n\":2}\n".getBytes(UTF_8);
    var ran = cli.in(in).run("load", "--namespace", "failed-logins", "-");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .startsWith("-:2: key is an object of JSON; leave --namespace out where lines are events");
    assertThat(server.bodies().get(0)).doesNotContain("bob");
  }

  @Test
  void shouldTakeAByteOrderMarkOffTheStartOfEachFile() throws IOException {
    server.answer(TWO).answer(TWO);
    var keys = Files.writeString(dir.resolve("keys"), "\ufeffalice\n\ufeffbob\n").toString();
    cli.run("load", "--namespace", "n", keys, keys);
    assertThat(server.bodies())
        .hasSize(2)
        .containsOnly(
            "{\"namespace\":\"n\",\"key\":\"alice\"}\n"
                + "{\"namespace\":\"n\",\"key\":\"\ufeffbob\"}\n");
  }

  @Test
  void shouldSayThatAFileIsUtf16() throws IOException {
    server.answer("{'logged':0,'rejected':0,'errors':[]}");
    var file = Files.write(dir.resolve("keys"), "\ufeffalice\n".getBytes(UTF_16LE)).toString();
    var ran = cli.run("load", "--namespace", "n", file);
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).contains("is UTF-16; it must be UTF-8").hasLineCount(1);
  }

  @Test
  void shouldNameCountersWithMoreLinesThanIdsWhereLinesGetIds() {
    server.answer(TWO).answer(TWO);
    byte[] in = ("alice\n".repeat(1_000_001) + "bob\n".repeat(1000)).getBytes(UTF_8);
    var ran = cli.in(in).run("load", "--ack", "logged", "--namespace", "n", "--id", "x", "-");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.err())
        .isEqualTo(
            "countess: -: 1000001 lines or more are of 'n/alice', which remembers 1000000 ids at a"
                + " time; it may have refused the others: 'countess dead-letters list' shows"
                + " them\n"
                + LOGGED_ONLY);
    assertThat(cli.in(in).run("load", "--namespace", "n", "-").err()).isEmpty();
  }

  @Test
  void shouldExitWith1AndTellRejectedLinesInOrder() {
    server.answer(
        "{'logged':1,'rejected':2,'errors':[{'line':1,'reason':'a'},{'line':3,'reason':'c'}]}");
    byte[] in = ("a\n" + "x".repeat(4097) + "\nc\nd").getBytes(UTF_8);
    var ran = cli.in(in).run("load", "--namespace", "n", "-");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).matches("( +0){2} +3 .*\n");
    assertThat(ran.err())
        .isEqualTo(
            """
            -:1: a
            -:2: key is 4097 bytes long; at most 4096 bytes are allowed
            -:3: c
            """);
    assertThat(server.bodies().get(0).lines().toList()).hasSize(4).element(1).isEqualTo("");
  }

  @Test
  void shouldTakeKeysOfEveryLength() {
    server.answer(TWO);
    byte[] in = ("x".repeat(4096) + "\r\n" + "y".repeat(1_000_000) + "\nz").getBytes(UTF_8);
    var ran = cli.in(in).run("load", "--namespace", "n", "-");
    assertThat(ran.err()).startsWith("-:2: key is 1000000 bytes long").hasLineCount(1);
    assertThat(server.bodies().get(0).lines().map(String::length))
        .containsExactly(4096 + 26, 0, 1 + 26);
  }

  @Test
  void shouldSayHowManyRejectedLinesAreNotTold() {
    server.answer("{'logged':0,'rejected':1500,'errors':[{'line':1,'reason':'a'}]}");
    assertThat(cli.run("load", "-").err()).isEqualTo("-:1: a\n-: and 1499 more\n");
  }

  @Test
  void shouldUnpackGzip() throws IOException {
    server.answer(TWO).answer(TWO);
    byte[] packed = gzip("{}\n{}\n");
    var file = Files.write(dir.resolve("events.gz"), packed).toString();
    assertThat(cli.in(packed).run("load", file, "-").out().lines()).hasSize(2);
    assertThat(server.bodies()).containsExactly("{}\n{}\n", "{}\n{}\n");
  }

  @Test
  void shouldReadPipes() throws Exception {
    server.answer(TWO).answer(TWO);
    var pipe = dir.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    byte[][][] contents = {
      {gzip("alice\n"), gzip("bob\n")}, {"ali".getBytes(UTF_8), "ce\nbob\n".getBytes(UTF_8)}
    };

    for (byte[][] content : contents) {
      var written = CompletableFuture.runAsync(() -> write(pipe, content));
      assertThat(cli.run("load", "--namespace", "n", pipe.toString()).exitCode()).isZero();
      written.join();
    }
    assertThat(server.bodies())
        .hasSize(2)
        .containsOnly(
            "{\"namespace\":\"n\",\"key\":\"alice\"}\n{\"namespace\":\"n\",\"key\":\"bob\"}\n");
  }

  private static void write(Path pipe, byte[]... pieces) {
    try (var out = new FileOutputStream(pipe.toFile())) {
      for (byte[] piece : pieces) {
        out.write(piece);
      }
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static byte[] gzip(String lines) {
    var packed = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(packed)) {
      out.write(lines.getBytes(UTF_8));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }

  @Test
  void shouldSayWhatCantBeReadBeforeAnythingIsSent() throws IOException {
    var file = Files.writeString(dir.resolve("events"), "{}").toString();
    var absent = dir.resolve("absent").toString();
    assertThat(cli.run("load", file, absent))
        .isEqualTo(
            new Cli.Ran(2, "", "countess: " + absent + " can't be read: there is no such file\n"));
    assertThat(cli.run("load", dir.toString()).exitCode()).isEqualTo(2);
    assertThat(cli.run("load", "-", "--namespace", "n".repeat(65)).err())
        .isEqualTo("countess: --namespace is 65 bytes long; at most 64 bytes are allowed\n");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void shouldTellWhatIsLoggedOfAFileThatIsCutShortAndGoOn() throws IOException {
    server.answer(TWO).answer(TWO);
    byte[] packed = gzip("{}\n{}\n");
    byte[] cut = Arrays.copyOf(packed, packed.length - 4);
    var bad = Files.write(dir.resolve("bad.gz"), cut).toString();
    var good = Files.writeString(dir.resolve("good"), "{}\n{}\n").toString();

    var ran = cli.run("load", "--output", "json", "--id", "job", bad, good);

    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualTo(
            "countess: %s: is gzip that is cut short (2 events are logged, 0 lines rejected)\n"
                .formatted(bad));
    assertThat(ran.out().lines().toList())
        .hasSize(2)
        .first()
        .asString()
        .contains("\"logged\":2", "\"complete\":false");
    assertThat(ran.out().lines().toList().get(1)).contains(good).doesNotContain("complete");
  }

  @Test
  void shouldSayWhatIsKnownWhereTheServerStops() {
    server.answer(
        503,
        "{'type':'t','detail':'the server stops','logged':7,'rejected':1,'outcomes':{'accepted':7}}",
        "1");
    var ran = cli.in("{}\n".getBytes(UTF_8)).run("load", "-");
    assertThat(ran.exitCode()).isEqualTo(4);
    assertThat(ran.out()).matches(" +7 +0 +1 .*-\n");
    assertThat(ran.err())
        .contains("countess: -: the server stops (7 events are logged, 1 lines rejected)\n");
  }

  @Test
  void shouldReadStandardInputOnce() {
    var ran = cli.run("load", "-", "-");
    assertThat(ran)
        .isEqualTo(new Cli.Ran(2, "", "countess: standard input can be read only once\n"));
  }

  @Test
  void shouldClearTheProgressWhenDone() {
    server.answer(TWO);
    var ran = cli.onTerminal().run("load", "-");
    assertThat(ran.err()).endsWith("\r\u001b[K");
    assertThat(ran.out().lines().findFirst().orElseThrow())
        .contains("ACCEPTED", "REJECTED", "FILE");
  }
}

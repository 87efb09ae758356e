package io.countess.cli;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loads of logs whose lines are no events. */
class LoadLogsTest {
  private static final String NONE = "{'logged':0,'rejected':0,'errors':[]}";
  private static final String FAILED = "Failed password.* from (?<key>[0-9.]+)";

  @TempDir private Path dir;
  private final FakeServer server = new FakeServer();
  private final Cli cli = Cli.at(server);
  private int loaded;

  @AfterEach
  void close() {
    server.close();
  }

  private Cli.Ran load(String lines, String... options) {
    return load(lines.getBytes(UTF_8), options);
  }

  private Cli.Ran load(byte[] lines, String... options) {
    var args = new ArrayList<>(List.of("load", "-", "--namespace", "n"));
    args.addAll(List.of(options));
    server.answer(NONE);
    loaded = server.bodies().size();
    return cli.in(lines).run(args.toArray(String[]::new));
  }

  /** The lines of the last load, which on a slow machine go in more than one part. */
  private List<String> sent() {
    List<String> parts = server.bodies().subList(loaded, server.bodies().size());
    return String.join("", parts).lines().toList();
  }

  @Test
  void shouldPutWhatAPatternFindsLineByLine() {
    var ran =
        load(
            """
            Nov  9 04:05:06 host sshd[1]: Failed password for root from 10.0.0.1 port 7 ssh2
            Nov  9 04:05:07 host sshd[1]: Connection closed by 10.0.0.1

            Nov  9 04:05:08 host sshd[1]: Failed password for root from 10.0.0.2 port 7 ssh2
            """
                .replace("ssh2\n", "ssh2\r\n"),
            "--regex",
            FAILED);

    assertThat(ran.exitCode()).isZero();
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).matches("( +0){2} +0 +1 +\\d+\\.\\d  -\n");
    assertThat(sent())
        .containsExactly(
            "{\"namespace\":\"n\",\"key\":\"10.0.0.1\"}",
            "",
            "",
            "{\"namespace\":\"n\",\"key\":\"10.0.0.2\"}");
  }

  @Test
  void shouldSayHowManyLinesDoNotMatch() {
    assertThat(load("a\nb\n", "--regex", "(?<key>a)", "--output", "json").out())
        .contains("\"rejected\":0,", "\"unmatched\":1,\"seconds\":");
    assertThat(load("a\nb\n", "--output", "json").out()).doesNotContain("unmatched");
    assertThat(cli.onTerminal().run("load", "-", "--namespace", "n", "--regex", "(?<key>a)").out())
        .contains("REJECTED     UNMATCHED       SECONDS  FILE");
  }

  @Test
  void shouldRejectLinesThatDoNotMatchWhereThatIsAskedFor() {
    var ran = load("a\nb\n\na\n", "--regex", "(?<key>a)", "--strict");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).isEqualTo("-:2: line does not match the pattern\n");
    assertThat(ran.out()).matches("( +0){2} +1 +0 .*\n");
    assertThat(load("{}", "--json", "--key-field", "a", "--strict").err())
        .isEqualTo("-:1: key is missing\n");
  }

  @Test
  void shouldTakeEachFieldFromItsGroup() {
    load(
        "2026-11-09T04:05:06Z visits alice 3 #17\n2026-11-09T04:05:07Z temps bob -0.5 #18\n",
        "--regex",
        "(?<at>\\S+) (?<namespace>\\S+) (?<key>\\S+) (?<n>\\S+) #(?<id>\\d+)");
    assertThat(sent())
        .containsExactly(
            "{\"namespace\":\"visits\",\"key\":\"alice\",\"n\":3,\"id\":\"17\",\"at\":1794197106000}",
            "{\"namespace\":\"temps\",\"key\":\"bob\",\"n\":-0.5,\"id\":\"18\",\"at\":1794197107000}");
  }

  @Test
  void shouldFindTheTimeAtTheStartOfTheLine() {
    var yesterday = LocalDateTime.now(ZoneOffset.UTC).minusDays(1).withNano(0);
    String stamp = String.format(Locale.ENGLISH, "%1$tb %1$2te %1$tT", yesterday);
    var ran =
        load(
            stamp
                + " host sshd[1]: Failed password for root from 10.0.0.1 port 7\n"
                + "soon, host sshd[1]: Failed password for root from 10.0.0.1 port 7\n",
            "--regex",
            FAILED,
            "--time-format",
            "syslog",
            "--time-zone",
            "UTC");
    assertThat(sent().get(0))
        .contains("\"at\":" + yesterday.toInstant(ZoneOffset.UTC).toEpochMilli() + "}");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .isEqualTo(
            "-:2: at is 'soon, host sshd[1]: Failed password for …'; it must be syslog's, as"
                + " 'Nov  9 04:05:06' or 2026-11-09T04:05:06Z\n");
  }

  @Test
  void shouldReadApachesLogs() {
    load(
        "1.2.3.4 - - [09/Nov/2026:04:05:06 +0100] \"GET / HTTP/1.1\" 200 512 \"-\" \"curl\"\n"
            + "1.2.3.4 - - [09/Nov/2026:04:05:07 +0100] \"GET / HTTP/1.1\" 304 -\n",
        "--regex",
        "^(?<key>\\S+) .*\" \\d{3} (?<n>\\d+)",
        "--time-format",
        "apache");
    assertThat(sent())
        .containsExactly(
            "{\"namespace\":\"n\",\"key\":\"1.2.3.4\",\"n\":512,\"at\":1794193506000}", "");
  }

  @Test
  void shouldRejectFieldsThatAreWrongOrMissing() {
    var ran =
        load(
            "a=x n=1\na=x n=\na=x n=many\na= n=1\na=x n=1 t=morning\na="
                + "x".repeat(4097)
                + " n=1",
            "--regex",
            "a=(?<key>\\S*) n=(?<n>\\S*)( t=(?<id>\\S+))?");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.out()).matches("( +0){2} +4 +1 .*\n");
    assertThat(ran.err())
        .isEqualTo(
            """
            -:1: id is missing
            -:2: id is missing
            -:3: id is missing
            -:6: key is 4097 bytes long; at most 4096 bytes are allowed
            """);
    assertThat(load("a=x n=many", "--regex", "a=(?<key>\\S*) n=(?<n>\\S*)").err())
        .isEqualTo("-:1: n is 'many'; it must be a number\n");
  }

  @Test
  void shouldTakeKeysAsTheBytesThatTheyAre() {
    byte[] lines =
        "user ä from b\nuser \u00ff from c\nuser d from \u00ff\n\u00ff\n".getBytes(ISO_8859_1);
    var ran = load(lines, "--regex", "from (?<key>\\S+)");
    assertThat(ran.err()).isEqualTo("-:3: key is not UTF-8\n");
    assertThat(ran.out()).matches("( +0){2} +1 +1 .*\n");
    assertThat(sent())
        .containsExactly(
            "{\"namespace\":\"n\",\"key\":\"b\"}", "{\"namespace\":\"n\",\"key\":\"c\"}", "", "");

    load("von Zürich €\n", "--regex", "von (?<key>.{6}) €");
    assertThat(sent()).containsExactly("{\"namespace\":\"n\",\"key\":\"Zürich\"}");
  }

  @Test
  void shouldBoundLinesAndWhatAPatternNeedsForThem() {
    var ran =
        load("a".repeat(70_000) + "\n" + "a".repeat(65_536) + "\nc", "--regex", "(a|b)*(?<key>c)");
    assertThat(ran.err())
        .isEqualTo(
            """
            -:1: line is 70000 bytes long; at most 65536 bytes are allowed
            -:2: pattern needs too much stack for this line of 65536 characters: it repeats a group, as (a|b)* does
            """);
    assertThat(sent()).hasSize(3).last().isEqualTo("{\"namespace\":\"n\",\"key\":\"c\"}");
  }

  @Test
  void shouldReadFieldsOfJson() {
    var ran =
        load(
            """
            {"ts":1794197106.25,"client":{"ip":"10.0.0.1","deep":[{"a/b":"x"},{"a/b":"y"}]},"bytes":7}
            {"ts":1794197107,"client":{"ip":42},"bytes":"8","ip":"not this"}
            {"ts":1794197107,"client":null,"bytes":"8"}
            {"ts":1794197107,"client":{"ip":{"v":4}},"bytes":"8"}
            {"ts":null,"client":{"ip":"x"},"bytes":1}
            panic: no JSON
            {"ts":1794197107,"client":{"ip":"x"},"bytes":"8"
            """,
            "--json",
            "--key-field",
            "/client/ip",
            "--n-field",
            "bytes",
            "--at-field",
            "ts",
            "--time-format",
            "epoch");
    assertThat(sent())
        .containsExactly(
            "{\"namespace\":\"n\",\"key\":\"10.0.0.1\",\"n\":7,\"at\":1794197106250}",
            "{\"namespace\":\"n\",\"key\":\"42\",\"n\":8,\"at\":1794197107000}",
            "",
            "",
            "",
            "",
            "");
    assertThat(ran.out()).matches("( +0){2} +3 +2 .*\n");
    assertThat(ran.err())
        .isEqualTo(
            """
            -:5: at is missing
            -:6: body is not JSON near 'panic: no JS'
            -:7: body is not JSON: it ends too early
            """);

    load(
        "{\"a\":[{\"x\":1},{\"b/c\":\"y\"}],\"\":\"z\"}",
        "--json",
        "--key-field",
        "/a/1/b~1c",
        "--namespace-field",
        "/",
        "--id-field",
        "/a/0/x");
    assertThat(sent()).containsExactly("{\"namespace\":\"z\",\"key\":\"y\",\"id\":\"1\"}");
  }

  @Test
  void shouldReadColumnsOfCsvByName() {
    var ran =
        load(
            "day,\"shop, name\",pieces\r\n09.11.2026 04:05,\"Zürich, \"\"HB\"\"\",3\r\n\r\n"
                + "09.11.2026 04:06,\"two\r\nlines\",2\r\n09.11.2026 04:07,,2\r\n"
                + "9.11.2026,x,1\r\n09.11.2026 04:08\r\n09.11.2026 04:09,last,1,more",
            "--csv",
            "--key-field",
            "shop, name",
            "--n-field",
            "pieces",
            "--at-field",
            "day",
            "--time-format",
            "dd.MM.yyyy HH:mm",
            "--time-zone",
            "+01:00");
    assertThat(ran.err()).isEqualTo("-:7: at is '9.11.2026'; it must be as 09.11.2026 04:05\n");
    assertThat(ran.out()).matches("( +0){2} +1 +2 .*\n");
    assertThat(sent())
        .containsExactly(
            "",
            "{\"namespace\":\"n\",\"key\":\"Zürich, \\\"HB\\\"\",\"n\":3,\"at\":1794193500000}",
            "",
            "{\"namespace\":\"n\",\"key\":\"two\\r\\nlines\",\"n\":2,\"at\":1794193560000}",
            "",
            "",
            "",
            "",
            "{\"namespace\":\"n\",\"key\":\"last\",\"at\":1794193740000}");
  }

  @Test
  void shouldReadColumnsOfCsvByNumber() {
    load("1,a\n2,b\n", "--csv", "--key-field", "2", "--n-field", "1");
    assertThat(sent())
        .containsExactly(
            "{\"namespace\":\"n\",\"key\":\"a\"}", "{\"namespace\":\"n\",\"key\":\"b\",\"n\":2}");
    var ran = load("1,\u00ff\n2\n3,b".getBytes(ISO_8859_1), "--csv", "--key-field", "2");
    assertThat(ran.err()).isEqualTo("-:1: key is not UTF-8\n");
    assertThat(sent()).containsExactly("", "", "{\"namespace\":\"n\",\"key\":\"b\"}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\'',
      value = {
        "a,b~1,2                | 1 | has no column 'x'; its first line names a, b",
        "a,x~1,2~3,\"4~5,6~     | 1 | is no CSV from line 3 on: a quote is not closed",
        "a,x~1,2~3,\"4          | 1 | is no CSV from line 3 on: a quote is not closed",
        "a,x~1,2~3,\"4\"\"~     | 1 | is no CSV from line 3 on: a quote is not closed",
        "a,x~1,\"2\"b~3,4       | 0 | is no CSV after line 1: something stands behind a quote"
      })
  void shouldEndWhereAFileIsNoCsv(String lines, int events, String message) throws IOException {
    server.answer(NONE).answer(NONE);
    var file = Files.writeString(dir.resolve("a.csv"), lines.replace('~', '\n')).toString();
    var ran = cli.run("load", "--namespace", "n", "--csv", "--key-field", "x", file);
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).startsWith("countess: " + file + ": " + message);
  }

  @Test
  void shouldTakeCsvWhoseQuotesAreClosed() {
    for (String last :
        List.of("\"b\"", "\"b\"\n", "\"b\n\"\r\n", "\"\"\"\"", "b\n\n\n", "b\"", "")) {
      var ran = load("1,a\n2," + last, "--csv", "--key-field", "2");
      assertThat(ran.err()).as(last).isEmpty();
      assertThat(sent()).as(last).hasSizeGreaterThan(1).first().asString().contains("\"a\"");
    }
  }

  /** The ids of a load count the lines of its file. */
  @Test
  void shouldRepeatALoadUnderItsIds() {
    load("a\nx\nb\n", "--regex", "(?<key>[ab])", "--id", "job");
    assertThat(server.header("Idempotency-Key")).isEqualTo("job");
    assertThat(sent()).hasSize(3).element(1).isEqualTo("");
  }

  @Test
  void shouldHandOnEachLineOfAQuietPipeAtOnce() throws Exception {
    for (String form :
        List.of("--regex=^(?<key>[^,]+),", "--json --key-field=a", "--csv --key-field=1")) {
      server.answer(NONE);
      var pipe = dir.resolve(form.substring(2, 5));
      assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
      var args = new ArrayList<>(List.of("load", "--namespace", "n", pipe.toString()));
      args.addAll(List.of(form.split(" ")));
      var run = CompletableFuture.supplyAsync(() -> cli.run(args.toArray(String[]::new)));
      try (OutputStream out = Files.newOutputStream(pipe)) {
        for (String key : List.of("first", "second")) {
          String line = form.startsWith("--json") ? "{\"a\":\"" + key + "\"}\n" : key + ",x\n";
          out.write(line.getBytes(UTF_8));
          out.flush();
          Awaitility.await(form)
              .atMost(Duration.ofSeconds(30))
              .until(() -> String.join("", server.bodies()).contains(key));
        }
      }
      assertThat(run.join().exitCode()).isZero();
      server.bodies().clear();
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--regex (a | --regex '(a' is no pattern: Unclosed group at character 2",
        "--regex a | --regex needs a group (?<key>…)",
        "--regex \\(?<key>a | --regex needs a group (?<key>…)",
        "--regex (?<key>a) --json | --regex, --json and --csv are different forms: give one of them",
        "--regex (?<key>a) --n-field 1 | --key-field and its like go with --json or --csv",
        "--csv | --json and --csv need --key-field, which says where the key stands",
        "--csv --key-field 1 --time-format iso | --time-format needs --at-field, which says where the"
            + " time stands",
        "--strict | --time-format, --time-zone and --strict go with --regex, --json or --csv",
        "--regex (?<key>a) --time-zone Mars | --time-zone is 'Mars'; it must be as Europe/Berlin, UTC"
            + " or +01:00",
        "--regex (?<key>a) --time-format ddd | --time-format is 'ddd'; it must be one of iso, syslog,"
            + " apache, epoch, epoch-millis, or a pattern as 'yyyy-MM-dd HH:mm:ss' with day and time"
      })
  void shouldSayWhichOptionsGoTogether(String options, String message) {
    var ran = load("", options.split(" "));
    assertThat(ran).isEqualTo(new Cli.Ran(2, "", "countess: " + message + "\n"));
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void shouldAskForTheNamespaceThatLinesDoNotSay() {
    assertThat(cli.run("load", "-", "--regex", "(?<key>a)").err())
        .isEqualTo("countess: --namespace is missing: the lines don't say it\n");
    server.answer(NONE);
    var ran =
        cli.in("a:k\n:k\n".getBytes(UTF_8))
            .run("load", "-", "--regex", "(?<namespace>.*):(?<key>.*)");
    assertThat(ran.err()).isEqualTo("-:2: namespace is missing\n");
    assertThat(sent()).containsExactly("{\"namespace\":\"a\",\"key\":\"k\"}", "");
  }
}

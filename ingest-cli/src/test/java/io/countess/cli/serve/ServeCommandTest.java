package io.countess.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.cli.Cli;
import io.countess.server.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ServeCommandTest {
  @TempDir private Path dir;
  private final Cli cli = new Cli();

  @Test
  void shouldOfferEverySettingThatIsNoSecret() {
    String help = cli.run("serve", "--help").out();
    for (Setting setting : Setting.values()) {
      assertThat(help.contains(setting.flag() + "=") || help.contains(setting.flag() + "["))
          .as(setting.flag())
          .isEqualTo(setting.isFlag());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--http-port 70000 | countess: http-port is 70000; it must be",
        "--store disk      | countess: store is 'disk'; it must be rocksdb or memory (set",
        "--htp-port 1      | countess serve: Unknown option",
        "--insecure=maybe  | countess: insecure is 'maybe'; it must be true or false",
        "--api-key secret  | countess serve: Unknown option",
        "--http-port       | countess serve: Missing required parameter for option '--http-port'",
        "now               | countess serve: Unmatched argument at index 3: 'now'",
        "--bind 0.0.0.0    | countess: bind is 0.0.0.0, where others can reach it: give --api-keys",
      })
  void shouldExitWith2AndSayWhichSettingIsWrong(String flags, String message) {
    var ran = cli.run(("serve --data " + dir + " " + flags).split(" +"));
    assertThat(ran.err()).startsWith(message).doesNotContain("\tat ");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
  }

  @Test
  void shouldSayWhichVariableIsUnknown() {
    assertThat(cli.with("COUNTESS_HTTP_PROT", "1").run("serve").err())
        .isEqualTo(
            "countess: COUNTESS_HTTP_PROT in the environment is not a setting; did you mean"
                + " COUNTESS_HTTP_PORT?\n");
  }

  @Test
  void shouldExitWith2AndOneSentenceWhereThePortOfKafkaIsTaken() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      var ran =
          cli.run("serve", "--data", dir.toString(), "--http-port", "0", "--kafka-port", port);
      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(ran.err())
          .startsWith("countess: Kafka can't listen on 127.0.0.1:" + port)
          .hasLineCount(1);
    }
  }

  @Test
  void shouldExitWith2AndOneSentenceWhereThePortOfHttpIsTaken() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      String port = Integer.toString(taken.getLocalPort());
      var ran =
          cli.run("serve", "--data", dir.toString(), "--http-port", port, "--kafka-port", "0");
      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(ran.err())
          .startsWith("countess: http-port " + port + " can't be listened on")
          .hasLineCount(1);
      assertThat(dir).as("nothing was started, so nothing was written").isEmptyDirectory();
    }
  }

  @Test
  void shouldExitWith2WhereTheDirectoryIsAnotherPrograms() throws IOException {
    Files.writeString(dir.resolve("PG_VERSION"), "15\n");
    var ran = cli.run("serve", "--data", dir.toString(), "--http-port", "0", "--kafka-port", "0");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualTo(
            "countess: data is %s, which is not a data directory of Countess: it holds 'PG_VERSION';"
                    .formatted(dir)
                + " give an empty or a new one\n");
    assertThat(dir.resolve("kafka")).doesNotExist();
  }

  @Test
  void shouldWarnOfWhatHasNoEffect() throws IOException {
    Files.writeString(dir.resolve("foreign"), "");
    var ran =
        cli.run(
            ("serve --standby-replicas 2 --advertised-http h --http-port 0 --kafka-port 0 --data "
                    + dir)
                .split(" "));
    assertThat(ran.err())
        .contains(
            "countess: standby-replicas has no effect: it is for several instances on one cluster,"
                + " which bootstrap-servers would name (set by --standby-replicas)\n",
            "countess: advertised-http has no effect: ");
  }

  @Test
  void shouldExitWith1WhereTheDataCantBeKept() throws IOException {
    var file = Files.writeString(dir.resolve("file"), "");
    var ran = cli.run("serve", "--data", file.toString(), "--http-port", "0", "--kafka-port", "0");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err())
        .startsWith("countess: The data directory " + file + "/kafka can't be used")
        .hasLineCount(1);
  }
}

package io.countess.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FailureTest {
  private final FakeServer server = new FakeServer();
  private final Cli cli = Cli.at(server);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void shouldExitWith4WhereNobodyListens() {
    server.close();
    var ran = cli.run("count", "a", "b");
    assertThat(ran.exitCode()).isEqualTo(4);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).isEqualTo("countess: " + server.url() + ": the connection was refused\n");
  }

  /** As a server does that was stopped by a signal. */
  @Test
  void shouldExitWith4WhereTheServerTakesConnectionsAndNeverAnswers() throws IOException {
    try (var hung = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      String url = "http://127.0.0.1:" + hung.getLocalPort();
      long start = System.nanoTime();
      var ran = cli.run("put", "a", "b", "--id", "x", "--timeout", "200ms", "--url", url);
      assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(4));
      String told = "countess: " + url + ": no answer within 200ms\n";
      assertThat(ran).isEqualTo(new Cli.Ran(4, "", told));
    }
  }

  @Test
  void shouldExitWith4WhereTheServerCantTellNow() {
    server.answer(503, "{'type':'t','title':'The question','detail':'restoring'}", "2");
    var ran = cli.run("count", "a", "b");
    assertThat(ran).isEqualTo(new Cli.Ran(4, "", "countess: restoring; try again in 2 s\n"));
  }

  @Test
  void shouldExitWith1WhereTheServerSaysNo() {
    server.answer(401, "{'type':'t','title':'A key is needed','detail':''}", null);
    var ran = cli.run("count", "a", "b");
    assertThat(ran).isEqualTo(new Cli.Ran(1, "", "countess: A key is needed\n"));
  }

  @Test
  void shouldExitWith2WhereTheServerCallsAValueWrong() {
    String detail = "Countess-Position is 9@9; there are the partitions 0 to 3";
    server.answer(400, "{'type':'t','title':'t','detail':'" + detail + "'}", null);
    var ran = cli.run("count", "a", "b", "--position", "9@9");
    assertThat(ran)
        .isEqualTo(
            new Cli.Ran(
                2, "", "countess: " + detail.replace("Countess-Position", "--position") + "\n"));
  }

  @Test
  void shouldNotLetAServerSteerTheTerminal() {
    server.answer(400, "{'type':'t','title':'t','detail':'\\u001b[2J'}", null);
    assertThat(cli.run("count", "a", "b").err()).isEqualTo("countess: \\u001b[2J\n");
  }

  @Test
  void shouldShowWhereAFailureCameFromOnlyWhenAsked() {
    server.answer(400, "{'type':'t','title':'no'}", null).answer(400, "{'title':'no'}", null);
    assertThat(cli.run("count", "a", "b").err()).doesNotContain("\tat ");
    assertThat(cli.run("count", "a", "b", "--verbose").err()).contains("\tat io.countess");
  }

  @Test
  void shouldSendTheKeyOfTheOptionOrTheEnvironment() {
    server.answer("{'count':0,'at':1}").answer("{'count':0,'at':1}").answer("{'count':0,'at':1}");
    cli.run("count", "a", "b");
    assertThat(server.authorization()).isNull();
    cli.with("COUNTESS_API_KEY", "from-environment").run("count", "a", "b");
    assertThat(server.authorization()).isEqualTo("Bearer from-environment");
    cli.run("count", "a", "b", "--api-key", "from-option");
    assertThat(server.authorization()).isEqualTo("Bearer from-option");
  }

  @Test
  void shouldHelpEverywhere() {
    assertThat(cli.run("--help").out()).contains("dead-letters", "Exit codes:", "A limit refused");
    assertThat(cli.run("put", "--help").out()).startsWith("Usage: countess put ");
    assertThat(cli.run("policy", "default", "set", "--help").out())
        .startsWith("Usage: countess policy default set ");
    assertThat(cli.run("--version").out()).startsWith("countess ");
  }
}

package io.countess.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.cli.console.Terminal;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ListingCommandsTest {
  private static final String NAMESPACE =
      "{'namespace':'logins','policy':{'kind':'expiring','ttl':'1m'},"
          + "'totals':{'count':9,'keys':4},'at':5}";
  private static final String LEAKY =
      "{'namespace':'api','policy':{'kind':'leaky','rate':'10/s'},'version':7,"
          + "'totals':{'count':9,'keys':4,'approximate':true},'at':5}";

  private final FakeServer server = new FakeServer();
  private final Cli cli = Cli.at(server);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void shouldListAllKeysPageByPage() {
    server
        .answer("{'keys':[{'key':'a b','count':2},{'key':'\\n','count':1}],'next':'AWE'}")
        .answer("{'keys':[{'keyBase64':'/w==','count':12345678901234}]}");
    var ran = cli.run("keys", "logins", "--match", "a*");
    assertThat(ran.out())
        .isEqualTo(
            """
                       2  a b
                       1  \\u000a
            12345678901234  0xff
            """);
    assertThat(server.asked())
        .containsExactly(
            "GET /v1/namespaces/logins/keys?limit=1000&match=a%2A",
            "GET /v1/namespaces/logins/keys?limit=1000&after=AWE&match=a%2A");
  }

  @Test
  void shouldListKeysAsOneObjectALine() {
    server.answer("{'keys':[{'key':'a','count':2},{'keyBase64':'/w==','count':1}]}");
    assertThat(cli.run("keys", "logins", "--output", "json").out())
        .isEqualTo("{\"key\":\"a\",\"count\":2}\n{\"keyBase64\":\"/w==\",\"count\":1}\n");
  }

  @Test
  void shouldListGaugesWithTheirFractions() {
    String keys = "{'keys':[{'key':'hall','count':21.0},{'key':'roof','count':-1.5}]}";
    server.answer(keys).answer(keys);
    assertThat(cli.run("keys", "temp").out().lines().map(String::strip))
        .containsExactly("21.0  hall", "-1.5  roof");
    assertThat(cli.run("keys", "temp", "--output", "json").out())
        .startsWith("{\"key\":\"hall\",\"count\":21.0}\n");
  }

  @Test
  void shouldStopAtTheLimit() {
    server
        .answer("{'keys':[{'key':'a','count':2},{'key':'b','count':2}],'next':'x'}")
        .answer("{'keys':[{'key':'c','count':2}],'next':'y'}");
    assertThat(cli.run("keys", "logins", "--limit", "3").out().lines()).hasSize(3);
    assertThat(server.asked()).hasSize(2).last().asString().contains("limit=1&after=x");
    assertThat(cli.run("keys", "logins", "--limit", "0").exitCode()).isEqualTo(2);
  }

  @Test
  void shouldEndQuietlyWhereNobodyReadsOn() {
    server.answer("{'keys':[{'key':'a','count':2}],'next':'x'}");
    var err = new ByteArrayOutputStream();
    var terminal =
        new Terminal(
            InputStream.nullInputStream(),
            new PrintStream(new BrokenPipe()),
            new PrintStream(err),
            false,
            false,
            Map.of("COUNTESS_URL", server.url()));
    assertThat(Main.run(terminal, "keys", "logins")).isZero();
    assertThat(err.size()).isZero();
    assertThat(server.asked()).hasSize(1);
  }

  @Test
  void shouldListTheHighestCounts() {
    server.answer("{'keys':[{'key':'a','count':2}]}");
    assertThat(cli.run("top", "logins", "-k", "3").out()).endsWith("  2  a\n");
    assertThat(server.asked().get(0)).contains("/top?k=3");
  }

  @Test
  void shouldAskForKeysWhoseCountsLieInARange() {
    server.answer("{'keys':[{'key':'a','count':2}],'next':'x'}").answer("{'keys':[]}");
    cli.run("keys", "logins", "--min", "-1.5", "--max=7");
    server.answer("{'keys':[]}");
    cli.run("top", "logins", "--max", "3", "--min", "3");
    assertThat(server.asked())
        .containsExactly(
            "GET /v1/namespaces/logins/keys?limit=1000&min=-1.5&max=7",
            "GET /v1/namespaces/logins/keys?limit=1000&after=x&min=-1.5&max=7",
            "GET /v1/namespaces/logins/top?k=10&min=3&max=3");
  }

  @Test
  void shouldNameTheFlagOfARangeThatIsNone() {
    for (String command : new String[] {"keys", "top"}) {
      var ran = cli.run(command, "logins", "--min", "few");
      assertThat(ran.err()).isEqualTo("countess: --min is 'few'; it must be a number\n");
      assertThat(ran.exitCode()).isEqualTo(2);
      assertThat(cli.run(command, "logins", "--min", "3", "--max", "2").err())
          .isEqualTo("countess: --min is 3; it may not be more than max, which is 2\n");
    }
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void shouldListNamespaces() {
    server.answer("{'namespaces':[" + NAMESPACE + "],'next':'n'}");
    server.answer("{'namespaces':[" + LEAKY + "]}");
    var lines = cli.onTerminal().run("namespaces").out().lines().toList();
    assertThat(lines.get(0)).matches(" +COUNT +KEYS +NAMESPACE +POLICY");
    assertThat(lines.get(1))
        .matches(" +9 +4 +logins +\\{\"kind\":\"expiring\",\"ttl\":\"1m\"} \\(default\\)");
    assertThat(lines.get(2)).matches(" +9 +<=4 +api +\\{\"kind\":\"leaky\",\"rate\":\"10/s\"}");
  }

  @Test
  void shouldSayWhereNamespacesAreLeftOut() {
    server.answer("{'namespaces':[" + NAMESPACE + "],'only':['log*','%FF']}");
    var ran = cli.run("namespaces", "--output", "json");
    assertThat(ran.out().lines()).hasSize(1);
    assertThat(ran.err())
        .isEqualTo(
            "countess: others are left out: the key is for namespaces that match log*,%FF\n");
    assertThat(ran.exitCode()).isZero();
  }

  @Test
  void shouldShowOneNamespaceAsJson() {
    server.answer(LEAKY);
    assertThat(cli.run("namespace", "api", "--output", "json").out())
        .isEqualTo(
            "{\"namespace\":\"api\",\"count\":9,\"keys\":4,\"approximate\":true,"
                + "\"policy\":{\"kind\":\"leaky\",\"rate\":\"10/s\"},\"version\":7,\"at\":5}\n");
  }

  @Test
  void shouldMarkASumThat64BitsDoNotHold() {
    String saturated =
        NAMESPACE.replace(
            "'count':9,'keys':4", "'count':9223372036854775807,'keys':4,'saturated':true");
    server.answer(saturated).answer(saturated);
    assertThat(cli.run("namespace", "logins").out()).startsWith("~9223372036854775807  ");
    assertThat(cli.run("namespace", "logins", "--output", "json").out())
        .contains("\"count\":9223372036854775807,\"keys\":4,\"saturated\":true,");
  }

  private static final class BrokenPipe extends OutputStream {
    @Override
    public void write(int b) throws IOException {
      throw new IOException("Broken pipe");
    }
  }
}

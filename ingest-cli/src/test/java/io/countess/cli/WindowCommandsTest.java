package io.countess.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands about windows that have ended. */
class WindowCommandsTest {
  private static final String OCTOBER =
      "'window':{'name':'2026-10','start':1790812800000,'end':1793491200000,'ended':true}";

  private final FakeServer server = new FakeServer();
  private final Cli cli = Cli.at(server);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void shouldAskForAWindow() {
    server.answer("{'count':7,'at':5,'exists':true," + OCTOBER + "}");
    assertThat(cli.run("count", "bills", "alice", "--window", "2026-10").out()).isEqualTo("7\n");
    server.answer("{'keys':[{'key':'a','count':2}]," + OCTOBER + "}");
    cli.run("keys", "bills", "--window", "2026-10");
    server.answer("{'keys':[{'key':'a','count':2}]," + OCTOBER + "}");
    assertThat(cli.run("top", "bills", "--window", "2026-10").out()).endsWith("2  a\n");
    server.answer(
        "{'namespace':'bills','policy':{'kind':'window','period':'month','keep':3},'version':7,"
            + "'totals':{'count':9,'keys':4},'at':5,"
            + OCTOBER
            + "}");
    assertThat(cli.run("namespace", "bills", "--window", "2026-10").out())
        .contains("9", "{\"kind\":\"window\",\"period\":\"month\",\"keep\":3}");

    assertThat(server.asked())
        .containsExactly(
            "GET /v1/namespaces/bills/keys/alice?window=2026-10",
            "GET /v1/namespaces/bills/keys?limit=1000&window=2026-10",
            "GET /v1/namespaces/bills/top?k=10&window=2026-10",
            "GET /v1/namespaces/bills?window=2026-10");
  }

  @Test
  void shouldRefuseANameThatIsNone() {
    for (String command : new String[] {"keys", "top", "namespace", "export-window"}) {
      String option = command.equals("export-window") ? "October" : "--window=October";
      var ran = cli.run(command, "bills", option);
      assertThat(ran.err()).contains("window is 'October'; it must be the start of a window");
      assertThat(ran.exitCode()).isEqualTo(2);
    }
    assertThat(cli.run("count", "bills", "a", "--window=2026-10", "--at=5").err())
        .contains("can't stand beside");
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void shouldListTheWindowsOfACounter() {
    server.answer(
        "{'windows':[{'name':'2026-11','start':1793491200000,'end':1796083200000,'ended':false,"
            + "'count':17},{'name':'2026-10','start':1790812800000,'end':1793491200000,"
            + "'ended':true,'count':1042}]}");
    assertThat(cli.run("windows", "bills", "alice").out())
        .isEqualTo(
            """
                      17  2026-11-01T00:00:00Z  2026-12-01T00:00:00Z  2026-11 (lasts)
                    1042  2026-10-01T00:00:00Z  2026-11-01T00:00:00Z  2026-10
            """);
    assertThat(server.asked()).containsExactly("GET /v1/namespaces/bills/keys/alice/windows");
  }

  @Test
  void shouldExportAWindowPageByPage() {
    server
        .answer(
            "{'keys':[{'key':'a, b','count':2},{'key':'c','count':-1}],'next':'YQ',"
                + OCTOBER
                + "}")
        .answer("{'keys':[{'keyBase64':'/w==','count':9223372036854775807}]," + OCTOBER + "}");
    var ran = cli.run("export-window", "bills", "2026-10");

    String october = "2026-10,2026-10-01T00:00:00Z,2026-11-01T00:00:00Z\r\n";
    assertThat(ran.out())
        .isEqualTo(
            "key,keyBase64,count,window,start,end\r\n"
                + "\"a, b\",,2,"
                + october
                + "c,,-1,"
                + october
                + ",/w==,9223372036854775807,"
                + october);
    assertThat(ran.err())
        .startsWith("countess: 3 keys of 2026-10, the sum is 9223372036854775808; includes");
    assertThat(ran.exitCode()).isZero();
  }

  @Test
  void shouldExportAnObjectALine() {
    server.answer("{'keys':[{'key':'a','count':2}]," + OCTOBER + "}");
    assertThat(cli.run("export-window", "bills", "2026-10", "--output", "ndjson").out())
        .isEqualTo("{'key':'a','count':2,".replace('\'', '"') + OCTOBER.replace('\'', '"') + "}\n");
    assertThat(cli.run("export-window", "bills", "2026-10", "--output", "xml").err())
        .contains("'xml' is none of csv, ndjson");
  }

  @Test
  void shouldSayThatAnExportIsNotWhole() {
    server
        .answer("{'keys':[{'key':'a','count':2}],'next':'YQ'," + OCTOBER + "}")
        .answer(
            503, "{'type':'x','title':'t','status':503,'detail':'partition 2 is not ready'}", "1");
    var ran = cli.run("export-window", "bills", "2026-10");

    assertThat(ran.exitCode()).isEqualTo(4);
    assertThat(ran.err()).contains("partition 2 is not ready").doesNotContain("keys of");
  }
}

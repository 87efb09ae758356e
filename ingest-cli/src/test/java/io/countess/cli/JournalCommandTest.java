package io.countess.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What happened to a counter, as the command line shows it. */
class JournalCommandTest {
  private static final String SET =
      "{'position':'2@17.1','at':1767225600000,'op':'set','before':4,'after':-9,"
          + "'id':'x','note':'a b'}";
  private static final String WRITE =
      "{'position':'2@16','at':1767225599999,'op':'write','after':0.25}";

  private final FakeServer server = new FakeServer();
  private final Cli cli = Cli.at(server);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void shouldListAJournalPageByPage() {
    server
        .answer("{'entries':[" + SET + "],'next':'2@17.1'}")
        .answer("{'entries':[" + WRITE + "]}");

    assertThat(cli.run("journal", "stock", "a").out())
        .isEqualTo(
            """
            2@17.1        2026-01-01T00:00:00Z      set                 4            -9  x                     a b
            2@16          2025-12-31T23:59:59.999Z  write               -          0.25  -                     -
            """);
    assertThat(server.asked())
        .containsExactly(
            "GET /v1/namespaces/stock/keys/a/journal?limit=1000",
            "GET /v1/namespaces/stock/keys/a/journal?before=2%4017.1&limit=1000");
  }

  @Test
  void shouldListAsMuchAsIsWanted() {
    server.answer("{'entries':[" + SET + "],'next':'2@17.1'}");
    var ran = cli.run("journal", "stock", "a", "--limit", "1", "--before", "2@18", "--output=json");

    assertThat(ran.out()).isEqualTo(SET.replace('\'', '"') + "\n");
    assertThat(server.asked())
        .containsExactly("GET /v1/namespaces/stock/keys/a/journal?before=2%4018&limit=1");
  }

  @Test
  void shouldRefuseWhatIsNoPosition() {
    var ran = cli.run("journal", "stock", "a", "--before", "17");
    assertThat(ran.err()).contains("before is '17'; it must be a position such as 0@17");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(cli.run("journal", "stock", "a", "--limit", "0").err())
        .contains("limit is 0; it must be at least 1");
    assertThat(server.asked()).isEmpty();
  }
}

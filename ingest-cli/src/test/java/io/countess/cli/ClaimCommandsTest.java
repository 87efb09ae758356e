package io.countess.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ClaimCommandsTest {
  private static final String ACCEPTED =
      "{'outcome':'accepted','count':3,'limit':5,'remaining':2,'at':17,'position':'1@9'}";
  private static final String TWO =
      "{'outcome':'accepted','at':17,'position':'1@9','parts':["
          + "{'namespace':'seats','key':'{7}a b','outcome':'accepted','count':10,'limit':10,"
          + "'remaining':0,'at':17},"
          + "{'namespace':'a/b','key':'{7}','outcome':'accepted','count':2,'at':17}]}";

  private final FakeServer server = new FakeServer();
  private final Cli cli = Cli.at(server);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void shouldClaimOneCounterByAPutWithAnIdOfItsOwn() {
    server.answer(ACCEPTED);
    var ran = cli.run("claim", "licences/acme=3");
    assertThat(ran.exitCode()).isZero();
    String id = server.header("Idempotency-Key");
    assertThat(id).hasSize(36);
    assertThat(ran.out()).matches("accepted +3 +5 +2 +" + id + " +licences/acme\n");
    assertThat(server.asked().get(0)).startsWith("POST /v1/namespaces/licences/keys/acme?");
    assertThat(server.bodies()).containsExactly("{\"n\":3}");
  }

  @Test
  void shouldClaimSeveralCountersTogether() {
    server.answer(TWO);
    var ran = cli.run("claim", "seats/{7}a b=2", "a%2Fb/{7}=1", "--id", "order-7", "--ttl", "5m");
    assertThat(ran.err()).isEmpty();
    var lines = ran.out().lines().toList();
    assertThat(lines).hasSize(2);
    assertThat(lines.get(0)).matches("accepted +10 +10 +0 +order-7 +seats/\\{7}a b");
    assertThat(lines.get(1)).matches("accepted +2 +- +- +order-7 +a%2Fb/\\{7}");
    assertThat(server.asked().get(0)).startsWith("POST /v1/claims?ack=applied");
    assertThat(server.header("Idempotency-Key")).isEqualTo("order-7");
    assertThat(server.bodies())
        .containsExactly(
            "{\"counters\":[{\"namespace\":\"seats\",\"key\":\"{7}a b\",\"n\":2,\"ttl\":\"5m\"},"
                + "{\"namespace\":\"a/b\",\"key\":\"{7}\",\"ttl\":\"5m\"}]}");
  }

  @Test
  void shouldSayWhenAClaimHappened() {
    server.answer(ACCEPTED).answer(TWO).answer(TWO);
    cli.run("claim", "licences/acme=3", "--at", "2026-01-31T12:00:00Z");
    cli.run("claim", "seats/{7}a=1", "meals/{7}b=1", "--at", "1769860800000");
    String json =
        "{\"counters\":[{\"namespace\":\"a\",\"key\":\"{t}\"},"
            + "{\"namespace\":\"b\",\"key\":\"{t}\"}],\"at\":7}";
    cli.in(json.getBytes(UTF_8)).run("claim", "-");
    assertThat(server.bodies().get(0)).isEqualTo("{\"n\":3,\"at\":1769860800000}");
    assertThat(server.bodies().get(1)).endsWith("],\"at\":1769860800000}");
    assertThat(server.bodies().get(2)).endsWith("],\"at\":7}");
  }

  @Test
  void shouldNotChooseBetweenTwoInstants() {
    byte[] json = "{\"counters\":[{\"namespace\":\"a\",\"key\":\"b\"}],\"at\":7}".getBytes(UTF_8);
    assertThat(cli.in(json).run("claim", "-", "--at", "8"))
        .isEqualTo(new Cli.Ran(2, "", "countess: --at is given twice, in the JSON and as --at\n"));
    assertThat(server.asked()).isEmpty();
  }

  @Test
  void shouldWaitForTheLogOnly() {
    server.answer(202, "{'position':'1@9'}", null).answer(202, "{'position':'1@9'}", null);
    var ran = cli.run("claim", "a/{7}=1", "b/{7}=1", "--id", "x", "--ack", "logged");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).endsWith("  x\n");
    assertThat(server.asked().get(0)).startsWith("POST /v1/claims?ack=logged");
    assertThat(cli.run("claim", "a/b=1", "--id", "x", "--ack=logged", "--output=json").out())
        .startsWith("{\"id\":\"x\",\"outcome\":\"logged\",\"position\":");
  }

  @Test
  void shouldTakeAClaimInJson() {
    server.answer(TWO);
    String json =
        "{\"counters\":[{\"namespace\":\"a\",\"key\":\"{7}\",\"n\":2},"
            + "{\"namespaceBase64\":\"/w==\",\"key\":\"{7}\"}],\"id\":\"k\"}";
    byte[] marked = ("\ufeff" + json).getBytes(UTF_8);
    var ran = cli.in(marked).run("claim", "-", "--output", "json");
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).startsWith("{\"id\":\"k\",\"outcome\":\"accepted\",\"at\":17,");
    assertThat(ran.out().lines()).hasSize(1);
    assertThat(server.header("Idempotency-Key")).isEqualTo("k");
  }

  @Test
  void shouldTakeTheLastEqualsSignAndTheFirstSlash() {
    server.answer(ACCEPTED).answer(ACCEPTED);
    cli.run("claim", "a/b=c/d=-5");
    assertThat(server.asked().get(0)).startsWith("POST /v1/namespaces/a/keys/b%3Dc%2Fd?");
    assertThat(server.bodies()).containsExactly("{\"n\":-5}");
  }

  @Test
  void shouldExitWith3AndShowAllPartsWhereOneIsRefused() {
    server.answer(
        429,
        TWO.replaceFirst("'accepted'", "'refused'")
            .replaceFirst("'accepted'", "'refused'")
            .replaceFirst(
                "'at'", "'reason':'seats/{7}: full','type':'urn:countess:problem:refused','at'"),
        null);
    var ran = cli.run("claim", "seats/{7}a b=2", "a%2Fb/{7}=1");
    assertThat(ran.exitCode()).isEqualTo(3);
    assertThat(ran.out().lines()).hasSize(2).first().asString().startsWith("refused  ");
    assertThat(ran.out().lines().toList().get(1)).matches("- +- +- +- +[-0-9a-f]{36}  a%2Fb/\\{7}");
    assertThat(ran.err()).isEqualTo("countess: refused: seats/{7}: full\n");
  }

  @Test
  void shouldExitWith3WhereItCameTooLateSinceNothingWasTaken() {
    String late = ACCEPTED.replace("accepted", "late");
    String oneLate = TWO.replaceFirst("'accepted'", "'late'").replaceFirst("'accepted'", "'late'");
    server.answer(late).answer(oneLate).answer(oneLate);
    var one = cli.run("claim", "licences/acme=3");
    assertThat(one.exitCode()).isEqualTo(3);
    assertThat(one.err())
        .startsWith("countess: late: nothing was taken, since it had ended by 1970");
    var two = cli.run("claim", "seats/{7}a b=2", "a%2Fb/{7}=1");
    assertThat(two.exitCode()).isEqualTo(3);
    assertThat(two.out().lines().toList().get(0)).startsWith("late  ");
    assertThat(two.out().lines().toList().get(1)).startsWith("-  ");
    var json = cli.run("claim", "seats/{7}a b=2", "a%2Fb/{7}=1", "--output", "json");
    assertThat(json.exitCode()).isEqualTo(3);
    assertThat(json.out()).contains("\"outcome\":\"late\",\"at\":17");
  }

  @Test
  void shouldTellTheIdWhereItIsUnknownWhatBecameOfTheClaim() {
    server.answer(400, "{'type':'t','title':'t','detail':'no'}", null);
    var ran = cli.run("claim", "a/b=1");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err())
        .isEqualTo(
            "countess: the id of the claim is "
                + server.header("Idempotency-Key")
                + "; --id repeats it\ncountess: no\n");
  }

  @Test
  void shouldRelease() {
    server.answer("{'outcome':'accepted','count':1,'limit':5,'remaining':4,'released':2,'at':17}");
    var ran = cli.run("release", "licences", "acme", "order-7", "-n", "2");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).matches("accepted +1 +5 +4 +2  licences/acme\n");
    assertThat(server.asked().get(0)).startsWith("POST /v1/namespaces/licences/keys/acme/release?");
    assertThat(server.bodies()).containsExactly("{\"of\":\"order-7\",\"n\":2}");
    assertThat(server.header("Idempotency-Key")).hasSize(36);
  }

  @Test
  void shouldShowWhatAReleaseGaveBackToEachCounter() {
    server.answer(TWO.replace("'count':2", "'count':2,'released':1"));
    var lines =
        cli.run("release", "seats", "{7}a b", "order-7", "--id", "k").out().lines().toList();
    assertThat(lines.get(0)).matches("accepted +10 +10 +0 +-  seats/\\{7}a b");
    assertThat(lines.get(1)).matches("accepted +2 +- +- +1  a%2Fb/\\{7}");
    assertThat(server.header("Idempotency-Key")).isEqualTo("k");
  }

  @Test
  void shouldExitWith1WhereTheIdIsNotRemembered() {
    server.answer(
        422,
        "{'type':'urn:countess:problem:impossible','outcome':'impossible','at':17,"
            + "'reason':'no such id'}",
        null);
    var ran = cli.run("release", "a", "b", "order-7");
    assertThat(ran.exitCode()).isEqualTo(1);
    assertThat(ran.err()).isEqualTo("countess: impossible: no such id\n");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "claim                   | countess claim: Missing required parameter: 'NS/KEY=N'",
        "claim a/b               | countess: claim is 'a/b'; it must look like NS/KEY=N",
        "claim a=5               | countess: claim is 'a=5'; it must look like NS/KEY=N",
        "claim a=5/b             | countess: claim is 'a=5/b'; it must look like NS/KEY=N",
        "claim a/b=many          | countess: n in 'a/b=many' is 'many'; it must be a whole number",
        "claim a/b=٣             | countess: n in 'a/b=٣' is '٣'; it must be a whole number",
        "keys a --limit ٣        | countess keys: Invalid value for option '--limit'",
        "claim a/b=0.5           | countess: n in 'a/b=0.5' is '0.5'; it must be a whole number",
        "claim a%/b=1            | countess: namespace has a '%' that two hexadecimal digits",
        "claim a/b=1 a/b=2       | countess: counters has one counter twice; each may come once",
        "claim a/b=1 a/c=2       | countess: counters are not all in one partition: 'a/b' and",
        "claim a/b=1 --ttl soon  | countess: --ttl is 'soon'; it must be a duration such as",
        "claim - --ttl 5s        | countess: --ttl stands in the JSON, at each counter",
        "claim -                 | countess: counters is missing; a claim needs them",
        "release a b             | countess release: Missing required parameter: 'ID'",
        "release a b k -n 0      | countess: -n is 0; it must be at least 1",
        "release a b k --id k    | countess: --id is the id of what is released; it needs its own",
      })
  void shouldExitWith2AndSayWhatIsWrong(String line, String message) {
    var ran = cli.run(line.split(" +"));
    assertThat(ran.err()).startsWith(message);
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(server.asked()).isEmpty();
  }
}

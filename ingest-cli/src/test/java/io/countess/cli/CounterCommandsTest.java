package io.countess.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CounterCommandsTest {
  private static final String ACCEPTED =
      "{'outcome':'accepted','count':3,'limit':5,'remaining':2,'at':17,'position':'1@9'}";

  private final FakeServer server = new FakeServer();
  private final Cli cli = Cli.at(server);

  @AfterEach
  void close() {
    server.close();
  }

  @Test
  void shouldPrintACountAsANumberAlone() {
    server.answer("{'count':42,'at':17,'limit':50,'remaining':8}");
    var ran = cli.run("count", "logins", "alice");
    assertThat(ran).isEqualTo(new Cli.Ran(0, "42\n", ""));
    assertThat(server.asked()).containsExactly("GET /v1/namespaces/logins/keys/alice");
  }

  @Test
  void shouldPrintAllOfACountAsJson() {
    server.answer(
        "{'count':42,'at':17,'exists':true,'limit':50,'remaining':8,'moreAfterMillis':9,'freeAfterMillis':70}");
    var ran = cli.run("count", "logins", "alice", "--output", "json");
    assertThat(ran.out())
        .isEqualTo(
            "{\"namespace\":\"logins\",\"key\":\"alice\",\"count\":42,\"at\":17,\"exists\":true,"
                + "\"limit\":50,\"remaining\":8,\"moreAfterMillis\":9,\"freeAfterMillis\":70}\n");
  }

  @Test
  void shouldSayHowFarBehindACopyIsThatAnswers() {
    String old = "{'count':42,'at':17,'exists':true,'behind':{'3':120}}";
    server.answer(old).answer(old);
    var ran = cli.run("count", "logins", "alice");
    assertThat(ran.out()).isEqualTo("42\n");
    assertThat(ran.err())
        .isEqualTo(
            "countess: partition 3 is moving; a copy answered that lacks up to 120 records of the"
                + " log\n");
    assertThat(cli.run("count", "logins", "alice", "--output", "json").out())
        .endsWith("\"exists\":true,\"behind\":{\"3\":120}}\n");
  }

  @Test
  void shouldCountAtAnInstantAndAfterAPosition() {
    server.answer("{'count':0,'at':1}");
    cli.run("count", "a", "b", "--at", "2026-01-31T12:00:00Z", "--position", "0@3");
    assertThat(server.asked().get(0)).endsWith("/b?at=1769860800000");
  }

  @Test
  void shouldPutAndShowTheDecision() {
    server.answer(ACCEPTED);
    var ran = cli.run("put", "logins", "alice", "-n", "3", "--ttl", "5m", "--at", "17");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).matches("accepted +3 +5 +2 +1@9\n");
    assertThat(server.asked().get(0)).startsWith("POST /v1/namespaces/logins/keys/alice?ack=appl");
    assertThat(server.bodies()).containsExactly("{\"n\":3,\"ttl\":\"5m\",\"at\":17}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "--add 1 --ttl 1m --expires-if absent | {'add':1,'ttl':'1m','expiresIf':'absent'}",
        "--add -2.0 --min -3 --max 9 --saturate | {'add':-2.0,'min':-3,'max':9,'saturate':true}",
        "--ttl 5s --expires-if present-sooner | {'ttl':'5s','expiresIf':'present-sooner'}",
        "--to 1e2 --if absent --expires keep | {'to':100,'if':'absent','expires':'keep'}",
        "--expires-at 2026-01-31T12:00:00Z | {'expiresAt':1769860800000}",
        "--delete | {'to':null}",
      })
  void shouldWriteAValueAndShowWhatItHolds(String options, String body) {
    server.answer(
        "{'outcome':'accepted','count':0.3,'at':17,'position':'1@9','before':{},"
            + "'after':{'value':0.30000000000000001}}");
    var ran = cli.run(("write cache hits " + options).split(" "));
    assertThat(ran.err()).isEmpty();
    assertThat(ran.out()).matches("accepted +0.30000000000000001 +- +- +1@9\n");
    assertThat(server.asked().get(0)).startsWith("POST /v1/namespaces/cache/keys/hits/write?ack");
    assertThat(server.bodies()).containsExactly(body.replace('\'', '"'));
  }

  @Test
  void shouldRefuseAWriteThatAsksForTwoThings() {
    var ran = cli.run("write", "a", "b", "--add", "1", "--to", "2");
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.err()).contains("to and add are both there; give one of them");
  }

  @Test
  void shouldPrintAValueToItsLastDigit() {
    server.answer("{'count':0.3,'at':17,'exists':true,'held':{'value':0.30000000000000001}}");
    assertThat(cli.run("count", "cache", "hits").out()).isEqualTo("0.30000000000000001\n");
  }

  @Test
  void shouldWriteAHeaderToATerminalOnly() {
    server.answer(ACCEPTED).answer(ACCEPTED);
    assertThat(cli.onTerminal().run("put", "a", "b").out().lines().toList().get(0))
        .matches("OUTCOME +COUNT +LIMIT +REMAINING +POSITION");
    assertThat(cli.run("put", "a", "b", "--output=json").out().lines()).hasSize(1);
  }

  @Test
  void shouldWaitForTheLogOnly() {
    server.answer(202, "{'position':'1@9'}", null);
    var ran = cli.run("put", "a", "b", "--ack", "logged");
    assertThat(ran.exitCode()).isZero();
    assertThat(server.asked().get(0)).contains("ack=logged");
  }

  @Test
  void shouldSayInJsonThatAPutIsLogged() {
    server.answer(202, "{'position':'1@9'}", null);
    assertThat(cli.run("put", "a", "b", "--ack", "logged", "--output", "json").out())
        .startsWith("{\"outcome\":\"logged\",\"position\":");
  }

  @Test
  void shouldSayWhereAPutCountsNothing() {
    server.answer("{'outcome':'late','count':5,'at':1700000000000,'position':'1@9'}");
    var ran = cli.run("put", "a", "b");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.err())
        .isEqualTo(
            "countess: late: it counts nothing, since it had ended by 2023-11-14T22:13:20Z, the"
                + " latest instant that its counter has seen\n");
  }

  @Test
  void shouldExitWith3WhereALimitRefuses() {
    server.answer(
        429,
        "{'type':'urn:countess:problem:refused','outcome':'refused','count':5,'limit':5,"
            + "'reason':'limit is 5','retryAfterMillis':1500,'at':17}",
        "2");
    var ran = cli.run("put", "logins", "alice");
    assertThat(ran.exitCode()).isEqualTo(3);
    assertThat(ran.out()).matches("refused +5 +5 +0 +-\n");
    assertThat(ran.err()).isEqualTo("countess: refused: limit is 5; it fits again in 1.5 s\n");
  }

  @Test
  void shouldExitWith1WhereItCanNeverBe() {
    server.answer(
        422, "{'type':'urn:countess:problem:impossible','outcome':'impossible','at':17}", null);
    assertThat(cli.run("set", "logins", "alice", "5").exitCode()).isEqualTo(1);
  }

  @Test
  void shouldSetAlsoToLessThanZero() {
    server.answer(ACCEPTED).answer(ACCEPTED);
    assertThat(cli.run("set", "a", "b", "-5").exitCode()).isZero();
    assertThat(cli.run("set", "a", "b", "--if-absent", "7").exitCode()).isZero();
    assertThat(server.bodies())
        .containsExactly("{\"value\":-5}", "{\"value\":7,\"if\":\"absent\"}");
  }

  @Test
  void shouldPutLessThanZero() {
    server.answer(ACCEPTED);
    assertThat(cli.run("put", "a", "b", "-n", "-5").exitCode()).isZero();
    assertThat(server.bodies()).containsExactly("{\"n\":-5}");
  }

  @Test
  void shouldPutAndSetFractions() {
    server.answer("{'outcome':'accepted','count':22.0,'limit':60.0,'remaining':38.0,'at':17}");
    server.answer("{'outcome':'accepted','count':-21.5,'at':17}");
    assertThat(cli.run("put", "temp", "hall", "-n", "0.5").out())
        .matches("accepted +22.0 +60.0 +38.0 +-\n");
    assertThat(cli.run("set", "temp", "hall", "-21.5").out()).matches("accepted +-21.5 +- +- +-\n");
    assertThat(server.bodies()).containsExactly("{\"n\":0.5}", "{\"value\":-21.5}");
  }

  @Test
  void shouldPrintAGaugeWithItsFraction() {
    server.answer("{'count':21.0,'at':17}").answer("{'count':21.0,'at':17}");
    assertThat(cli.run("count", "temp", "hall").out()).isEqualTo("21.0\n");
    assertThat(cli.run("count", "temp", "hall", "--output", "json").out())
        .isEqualTo(
            "{\"namespace\":\"temp\",\"key\":\"hall\",\"count\":21.0,\"at\":17,\"exists\":false}\n");
  }

  @Test
  void shouldSendTheIdOfEveryCommand() {
    for (String line : List.of("put a b --id k", "set a b 5 --id k", "reset a b --id k")) {
      server.answer(ACCEPTED);
      assertThat(cli.run(line.split(" ")).exitCode()).isZero();
      assertThat(server.header("Idempotency-Key")).isEqualTo("k");
    }
  }

  @Test
  void shouldShowAReplay() {
    server.answer(ACCEPTED.replace("'at'", "'replayed':true,'at'"));
    var ran = cli.run("put", "a", "b", "--id", "k");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).matches("replayed +3 +5 +2 +1@9\n");
  }

  @Test
  void shouldExitWith5WhereTheIdWasUsedForSomethingElse() {
    server.answer(
        409,
        "{'type':'urn:countess:problem:conflict','outcome':'conflict','reason':'the id','at':17}",
        null);
    var ran = cli.run("put", "a", "b", "--id", "k");
    assertThat(ran.exitCode()).isEqualTo(5);
    assertThat(ran.err()).isEqualTo("countess: conflict: the id\n");
  }

  @Test
  void shouldSayWhatAPolicyOnlyObserved() {
    server.answer(
        "{'outcome':'accepted','reason':'the limit of 5 is reached','wouldRefuse':true,'at':17}");
    var ran = cli.run("put", "a", "b");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.err())
        .isEqualTo(
            "countess: accepted only because the policy observes: the limit of 5 is reached\n");
  }

  @Test
  void shouldPeek() {
    server.answer("{'count':3,'at':17,'limit':5,'remaining':2,'n':2,'wouldAccept':true}");
    var ran = cli.run("count", "logins", "alice", "--peek", "2");
    assertThat(ran.exitCode()).isZero();
    assertThat(ran.out()).matches("accept +3 +5 +2\n");
    assertThat(server.asked()).containsExactly("GET /v1/namespaces/logins/keys/alice?n=2");
  }

  @Test
  void shouldPeekForFractions() {
    String answer = "{'count':2.5,'at':17,'n':0.5,'wouldAccept':true}";
    server.answer(answer).answer(answer);
    assertThat(cli.run("count", "rooms", "hall", "--peek", "0.5").out())
        .matches("accept +2.5 +- +-\n");
    assertThat(cli.run("count", "rooms", "hall", "-n", "-.5", "--output", "json").out())
        .contains("\"n\":-0.5,\"wouldAccept\":true");
    assertThat(server.asked().get(0)).endsWith("/hall?n=0.5");
    assertThat(server.asked().get(1)).endsWith("/hall?n=-0.5");
  }

  @Test
  void shouldExitWith3WhereAPutWouldBeRefused() {
    String refused =
        "{'count':3,'at':17,'limit':5,'remaining':2,'n':4,'wouldAccept':false,'reason':'too many',"
            + "'retryAfterMillis':1500}";
    server.answer(refused).answer(refused);
    var ran = cli.run("count", "logins", "alice", "-n", "4", "--at", "17");
    assertThat(ran.exitCode()).isEqualTo(3);
    assertThat(ran.out()).matches("refuse +3 +5 +2\n");
    assertThat(ran.err())
        .isEqualTo("countess: would be refused: too many; it fits again in 1.5 s\n");
    assertThat(server.asked().get(0)).endsWith("?n=4&at=17");
    assertThat(cli.run("count", "logins", "alice", "-n", "4", "--output", "json").out())
        .isEqualTo(
            "{\"namespace\":\"logins\",\"key\":\"alice\",\"count\":3,\"at\":17,\"exists\":false,"
                + "\"limit\":5,\"remaining\":2,\"n\":4,\"wouldAccept\":false,\"reason\":\"too many\","
                + "\"retryAfterMillis\":1500}\n");
  }

  @Test
  void shouldReset() {
    server.answer(ACCEPTED);
    assertThat(cli.run("reset", "a", "b").exitCode()).isZero();
    assertThat(server.asked().get(0)).startsWith("DELETE /v1/namespaces/a/keys/b?");
  }

  @Test
  void shouldTakeNamesThatLookLikeSomethingElse() {
    for (String key : new String[] {"@alice", "a b", "día", "${x}", "\"q\"", "x=y"}) {
      server.answer("{'count':0,'at':1}");
      assertThat(cli.run("count", "a", key).exitCode()).as(key).isZero();
    }
    server.answer("{'count':0,'at':1}");
    assertThat(cli.run("count", "--", "a", "--key").exitCode()).isZero();
    assertThat(server.asked())
        .extracting(line -> line.replaceAll(".*/keys/", ""))
        .containsExactly(
            "%40alice", "a%20b", "d%C3%ADa", "%24%7Bx%7D", "%22q%22", "x%3Dy", "--key");
  }

  @Test
  void shouldTakeAnyBytesInBase64() {
    server.answer("{'count':0,'at':1}");
    cli.run("count", "--base64", "YQ==", "/w==");
    assertThat(server.asked().get(0)).startsWith("GET /v1/counter?nsBase64=YQ&keyBase64=_w");
    var ran = cli.run("count", "--base64", "YQ==", "*");
    assertThat(ran).isEqualTo(new Cli.Ran(2, "", "countess: key is '*', which is not Base64\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "put a b --ttl soon     | countess: --ttl is 'soon'; it must be a duration such as",
        "put a b --ttl 401d     | countess: --ttl is 401d; it may be at most 400d",
        "put a b --at yesterday | countess: --at is 'yesterday'; it must be milliseconds",
        "put a b -n many        | countess put: Invalid value for option '--n'",
        "put a b --ack never    | countess put: Invalid value for option '--ack'",
        "put a                  | countess put: Missing required parameter: 'KEY'",
        "put a b c              | countess put: Unmatched argument at index 3: 'c'",
        "put a b --tll 5s       | countess put: Unknown option",
        "put a b -n 0.5 --ttl 5s | countess: --ttl is for whole numbers that fit into 64 bits; n is 0.5",
        "put a b -n 1e999       | countess: -n is Infinity; it must be a finite number",
        "put a b -n 0x1p3       | countess put: Invalid value for option '--n'",
        "put a b --id=          | countess: --id takes 0 bytes of UTF-8; it must take 1 to 128",
        "count a b -n half      | countess count: Invalid value for option '--peek': 'half' is not a"
            + " number",
        "set a b five           | countess set: Invalid value for positional parameter",
        "set a b 5 --if-absnt   | countess set: Unknown option: '--if-absnt'",
        "count a b --at -1      | countess: --at is -1; it must not be before 1970",
        "count a b --position x | countess: --position is 'x'; it must look like 0@17",
        "count a b --timeout 2m | countess: --timeout is 2m; it must be from 1ms to 60s",
        "count a b --url there  | countess: --url is 'there'; it must look like",
        "top a -k 0             | countess: -k is 0; it must be from 1 to 1000",
        "top a -k 1001          | countess: -k is 1001; it must be from 1 to 1000",
        "top a -k ten           | countess top: Invalid value for option '--k': 'ten' is no whole number",
        "keys a --limit 1e9     | countess keys: Invalid value for option '--limit': '1e9' is no whole",
        "count a b --output xml | countess count: Invalid value for option '--output'",
        "counts a b             | countess: Unmatched argument",
        "''                     | countess: Missing required subcommand",
      })
  void shouldExitWith2AndSayWhatIsWrong(String line, String message) {
    var ran = cli.run(line.isEmpty() ? new String[0] : line.split(" "));
    assertThat(ran.exitCode()).isEqualTo(2);
    assertThat(ran.out()).isEmpty();
    assertThat(ran.err()).startsWith(message);
    assertThat(ran.err().lines().count()).isLessThanOrEqualTo(3);
    assertThat(server.asked()).isEmpty();
  }
}

package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.answer.CounterPolicyPage;
import io.countess.answer.Totals;
import io.countess.door.ApiKeys;
import io.countess.door.KeysConfig;
import io.countess.event.InvalidInputException;
import io.countess.event.Position;
import io.countess.query.Response;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ApiKeysTest {
  private static final String READER = "reader-".repeat(8);
  private static final String WRITER = "writer-".repeat(8);
  private static final String SHOP = "shop-".repeat(8);
  private static final String BOSS = "boss-".repeat(8);
  private static final String PUT = "/v1/namespaces/n/keys/k";
  private static final String OWN_POLICY =
      "{\"namespace\":\"n\",\"key\":\"k\",\"op\":\"policy\",\"policy\":null}\n";

  @TempDir Path directory;
  private Path file;
  private Api api;

  @BeforeEach
  void start() throws Exception {
    file = directory.resolve("keys");
    Files.write(
        file,
        ("\ufeff# who may what\n\n"
                + "dashboard read sha256:"
                + sha256(READER)
                + "\n"
                + "  gateway\tread,write  sha256:"
                + sha256(WRITER).toUpperCase(Locale.ROOT)
                + "\nshop read@billing/* admin@billing/* sha256:"
                + sha256(SHOP)
                + "\n")
            .getBytes(StandardCharsets.UTF_8));
    api = new Api(new HttpConfig("127.0.0.1", 0), keys(Optional.of(file), Optional.of(BOSS)));
    api.beforeEach(null);
    api.queries.find(Totals.ZERO);
  }

  @AfterEach
  void stop() {
    api.afterEach(null);
  }

  @Test
  void shouldAskForAKey() {
    var response = api.get("/v1/totals");

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    assertThat(Api.json(response).get("type").asText())
        .isEqualTo("urn:countess:problem:unauthorized");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Bearer wrong", "Bearer ", "Bearer", "Basic YTpi", "bearerx"})
  void shouldRefuseWhatIsNoKey(String authorization) {
    var response = api.get("/v1/totals", "Authorization", authorization);

    assertThat(response.statusCode()).isEqualTo(401);
    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer error=\"invalid_token\"");
    assertThat(response.body()).doesNotContain("wrong");
  }

  @Test
  void shouldLetAKeyDoWhatItsScopesSay() {
    assertThat(getTotals(READER).statusCode()).isEqualTo(200);
    assertThat(getTotals(WRITER).statusCode()).isEqualTo(200);
    assertThat(getTotals(BOSS).statusCode()).isEqualTo(200);
    assertThat(put(READER).statusCode()).isEqualTo(403);
    assertThat(put(WRITER).statusCode()).isEqualTo(200);
    assertThat(put(BOSS).statusCode()).isEqualTo(200);
    assertThat(setPolicy(READER).statusCode()).isEqualTo(403);
    assertThat(setPolicy(WRITER).statusCode()).isEqualTo(403);
    assertThat(setPolicy(BOSS).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldLetOnlyAnAdminChangeThePolicyOfACounter() {
    String path = PUT + "/policy";
    for (String key : new String[] {READER, WRITER}) {
      String[] header = {"Authorization", "Bearer " + key};
      assertThat(api.put(path, "{\"plan\":\"pro\"}", header).statusCode()).isEqualTo(403);
      assertThat(api.delete(path, header).statusCode()).isEqualTo(403);
      api.post("/v1/events", OWN_POLICY, header);
    }
    assertThat(api.commands.taken).isEmpty();
    String[] boss = {"Authorization", "Bearer " + BOSS};
    assertThat(api.put(path, "{\"plan\":\"pro\"}", boss).statusCode()).isEqualTo(200);
    assertThat(api.delete(path, boss).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldLetAKeyReadThePoliciesOfItsNamespacesOnly() {
    api.queries.find(new CounterPolicyPage(List.of(), Optional.empty()));
    String[] shop = {"Authorization", "Bearer " + SHOP};
    assertThat(api.get("/v1/namespaces/n/policies", shop).statusCode()).isEqualTo(403);
    assertThat(api.get("/v1/namespaces/billing%2Fa/policies", shop).statusCode()).isEqualTo(200);
    assertThat(api.get(PUT + "/policy", shop).statusCode()).isEqualTo(403);
    assertThat(api.get(PUT + "/policy/history", shop).statusCode()).isEqualTo(403);
    assertThat(api.put(PUT + "/policy", "{\"plan\":\"pro\"}", shop).statusCode()).isEqualTo(403);
    assertThat(api.commands.taken).isEmpty();
    String own = "/v1/namespaces/billing%2Fa/keys/k/policy";
    assertThat(api.put(own, "{\"plan\":\"pro\"}", shop).statusCode()).isEqualTo(200);
  }

  @Test
  void shouldSayWhichScopeIsMissing() {
    var response = put(READER);

    assertThat(response.headers().firstValue("WWW-Authenticate"))
        .hasValue("Bearer error=\"insufficient_scope\", scope=\"write\"");
    assertThat(Api.json(response).get("type").asText()).isEqualTo("urn:countess:problem:forbidden");
    assertThat(Api.json(response).get("detail").asText())
        .isEqualTo("the key of dashboard has not the scope write");
    assertThat(api.commands.taken).isEmpty();
  }

  @Test
  void shouldNotLetALineOfALoadDoMoreThanTheKeyMay() {
    api.commands.respond(new Response.Logged(Position.of(0, 1)));
    String lines =
        "{\"namespace\":\"n\",\"key\":\"k\"}\n"
            + "{\"namespace\":\"n\",\"key\":\"\",\"op\":\"policy\",\"policy\":null}\n";

    var writer = api.post("/v1/events", lines, "Authorization", "Bearer " + WRITER);
    var boss = api.post("/v1/events", lines, "Authorization", "bearer " + BOSS);

    assertThat(Api.json(writer).get("errors").get(0).get("reason").asText())
        .isEqualTo("the key of gateway has not the scope admin");
    assertThat(Api.json(writer).get("logged").asInt()).isEqualTo(1);
    assertThat(Api.json(boss).get("logged").asInt()).isEqualTo(2);
  }

  @Test
  void shouldReadItsFileAgainWhenThatChanges() throws Exception {
    Files.write(
        file, ("dashboard write sha256:" + sha256(READER)).getBytes(StandardCharsets.UTF_8));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));

    Awaitility.await().until(() -> put(READER).statusCode() == 200);
    assertThat(getTotals(READER).statusCode()).isEqualTo(403);
    assertThat(getTotals(WRITER).statusCode()).isEqualTo(401);
  }

  @Test
  void shouldKeepItsKeysWhenTheFileBreaks() throws Exception {
    Files.write(
        file, ("dashboard everything sha256:" + sha256(READER)).getBytes(StandardCharsets.UTF_8));
    Files.setLastModifiedTime(file, FileTime.fromMillis(1_000_000));
    var until = System.nanoTime() + 1_500_000_000L;

    Awaitility.await()
        .until(() -> getTotals(READER).statusCode() == 200 && System.nanoTime() > until);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "a read|line 1: must be a name, scopes and a hash",
        "a reed sha256:00|line 1: scope is 'reed'; it must be read, write or admin",
        "a open sha256:00|line 1: scope is 'open'; it must be read, write or admin",
        "a read, sha256:00|line 1: scope is ''; it must be read, write or admin",
        "a read topsecret-0123456 sha256:00|line 1: scope is none; it must be read, write or admin",
        "a sha256:00|line 1: must be a name, scopes and a hash",
        "a read@ sha256:00|line 1: pattern is empty; * stands for every namespace",
        "a read@x,,y sha256:00|line 1: pattern is empty; * stands for every namespace",
        "a read@x[a sha256:00|line 1: pattern is 'x[a', where ']' is missing after '['; \\[ stands for itself",
        "a read@100% sha256:00|line 1: pattern is '100%', with a '%' that two hexadecimal digits do not follow; %25 stands for itself",
        "a read read@x sha256:00|line 1: scope read stands there with patterns and without; without, it holds everywhere",
        "a read sha256:00|line 1: the hash must be sha256: and 64 hexadecimal digits",
        "a read topsecret|line 1: the hash must be sha256: and 64 hexadecimal digits",
        "# only this|holds 0 keys; there must be 1 to 1000",
      })
  void shouldSayWhereAFileIsWrong(String content, String rule) throws IOException {
    Path bad = directory.resolve("bad");
    Files.write(bad, content.getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> new ApiKeys(keys(Optional.of(bad), Optional.empty())))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith("api-keys " + bad)
        .hasMessageEndingWith(rule)
        .hasMessageNotContaining("topsecret");
  }

  @Test
  void shouldRefuseTheSameNameTwice() throws Exception {
    Path bad = directory.resolve("bad");
    Files.write(
        bad, ("a read sha256:" + sha256("x") + "\n").repeat(2).getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> new ApiKeys(keys(Optional.of(bad), Optional.empty())))
        .hasMessage("api-keys " + bad + " line 2: this name stood there already");
  }

  @Test
  void shouldRefuseAKeyThatNotEveryHeaderHolds() {
    var config = keys(Optional.empty(), Optional.of("schlüssel-0123456789"));

    assertThatThrownBy(() -> new ApiKeys(config))
        .hasMessage("api-key must be visible ASCII characters, since it is sent in a header");
  }

  @Test
  void shouldNotChooseBetweenTwoKeys() {
    var both = api.get("/v1/totals", "Authorization", "Bearer x", "Authorization", "Bearer y");

    assertThat(both.statusCode()).isEqualTo(400);
    assertThat(Api.json(both).get("detail").asText()).isEqualTo("Authorization is given twice");
  }

  @Test
  void shouldRefuseAKeyThatIsEasilyGuessed() {
    var config = keys(Optional.empty(), Optional.of("secret"));

    assertThatThrownBy(() -> new ApiKeys(config))
        .hasMessage("api-key is too short; it must have at least 16 characters");
  }

  @Test
  void shouldNotListenToEveryoneByAccident() {
    assertThatThrownBy(() -> start("0.0.0.0", KeysConfig.NONE))
        .hasMessage(
            "bind is 0.0.0.0, where others can reach it: give --api-keys FILE, or --insecure to"
                + " let everyone in");
    start("localhost", KeysConfig.NONE);
    start("0.0.0.0", new KeysConfig(Optional.empty(), Optional.empty(), true));
    start("0.0.0.0", keys(Optional.of(file), Optional.empty()));
  }

  @Test
  void shouldNotLetAPageOfAnotherSiteWrite() throws Exception {
    var open = new Api();
    open.beforeEach(null);
    open.queries.find(Totals.ZERO);

    assertThat(open.post(PUT, "", "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(403);
    assertThat(open.post(PUT, "", "Sec-Fetch-Site", "same-origin").statusCode()).isEqualTo(200);
    assertThat(open.get("/v1/totals", "Sec-Fetch-Site", "cross-site").statusCode()).isEqualTo(200);
    String own = "http://127.0.0.1:" + open.server.port();
    assertThat(open.post(PUT, "", "Origin", own).statusCode()).isEqualTo(200);
    assertThat(open.post(PUT, "", "Origin", "http://evil.example").statusCode()).isEqualTo(403);
    assertThat(open.post(PUT, "", "Origin", "null").statusCode()).isEqualTo(403);
    assertThat(open.post(PUT, "", "Origin", "null").body())
        .contains("urn:countess:problem:foreign", "A page or a host name of elsewhere")
        .doesNotContain("The key");
    open.afterEach(null);
  }

  /** As where a page's own name comes to point to this machine. */
  @Test
  void shouldAnswerOnLoopbackUnderNamesOfLoopbackOnly() throws Exception {
    var open = new Api();
    open.beforeEach(null);
    open.queries.find(Totals.ZERO);

    assertThat(totalsAs(open, "localhost:8080")).startsWith("HTTP/1.1 200");
    assertThat(totalsAs(open, "127.0.0.1")).startsWith("HTTP/1.1 200");
    assertThat(totalsAs(open, "[::1]:80")).startsWith("HTTP/1.1 200");
    assertThat(totalsAs(open, "evil.example")).startsWith("HTTP/1.1 403");
    assertThat(totalsAs(open, "localhost.evil.example")).startsWith("HTTP/1.1 403");
    assertThat(totalsAs(open, "127.0.0.1.evil.example")).startsWith("HTTP/1.1 403");
    open.afterEach(null);
  }

  private static String totalsAs(Api api, String host) {
    return api.raw("GET /v1/totals HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n");
  }

  private HttpResponse<String> getTotals(String key) {
    return api.get("/v1/totals", "Authorization", "Bearer " + key);
  }

  private HttpResponse<String> put(String key) {
    return api.post(PUT, "", "Authorization", "Bearer " + key);
  }

  private HttpResponse<String> setPolicy(String key) {
    return api.put("/v1/namespaces/n", "{\"policy\":null}", "Authorization", "Bearer " + key);
  }

  private static KeysConfig keys(Optional<Path> file, Optional<String> key) {
    return new KeysConfig(file, key, false);
  }

  private static void start(String bind, KeysConfig keys) {
    HttpPort.bind(new HttpConfig(bind, 0), keys).close();
  }

  @Test
  void shouldRequireAKeyForOtherInstancesThatTheyTake() {
    var keys = new ApiKeys(keys(Optional.of(file), Optional.of(BOSS)));

    keys.requirePeer(Optional.of(BOSS));
    new ApiKeys(KeysConfig.NONE).requirePeer(Optional.empty());
    refusePeer(keys, Optional.empty(), "peer-key is missing");
    refusePeer(keys, Optional.of("nobody-".repeat(8)), "peer-key is not one of the API keys");
    refusePeer(keys, Optional.of(WRITER), "peer-key is that of gateway, which has not the scope");
    refusePeer(
        keys,
        Optional.of(SHOP),
        "peer-key is that of shop, which has not the scope admin for all namespaces");
  }

  private static void refusePeer(ApiKeys keys, Optional<String> key, String message) {
    assertThatThrownBy(() -> keys.requirePeer(key))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(message);
  }

  private static String sha256(String key) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    return HexFormat.of().formatHex(hash);
  }
}

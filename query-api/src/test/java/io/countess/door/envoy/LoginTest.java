package io.countess.door.envoy;

import static io.countess.door.envoy.EnvoyPeer.entries;
import static io.countess.door.envoy.EnvoyPeer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.door.KeysConfig;
import io.countess.event.InvalidInputException;
import io.countess.server.Countess;
import io.countess.server.Setting;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitRequest;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code;
import io.grpc.Status;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who is let in. */
class LoginTest {
  private static final String ENVOY = "a key for Envoy";
  private static final String WRITES = "a key that only writes";
  private static final String OTHER = "a key for other names";
  private static final RateLimitRequest ASKED =
      request("edge", entries("user", "x"), entries("path", "/api/x"));

  @TempDir static Path dir;
  private static Countess countess;
  private static EnvoyPeer peer;

  @BeforeAll
  static void start() throws Exception {
    Path keys = dir.resolve("keys");
    Files.writeString(
        keys,
        line("envoy admin@envoy", ENVOY)
            + line("writer read,write", WRITES)
            + line("other read,write,admin@other", OTHER));
    countess = Limits.start(dir, Map.of(Setting.API_KEYS, keys.toString()));
    peer = EnvoyPeer.to(countess.envoy().orElseThrow());
  }

  private static String line(String who, String key) throws Exception {
    byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    return who + " sha256:" + HexFormat.of().formatHex(hash) + "\n";
  }

  @AfterAll
  static void stop() {
    peer.close();
    countess.close();
  }

  @Test
  void shouldLetInWhoMaySetLimits() {
    var stub = peer.stub("Bearer " + ENVOY);
    assertThat(stub.shouldRateLimit(ASKED).getOverallCode()).isEqualTo(Code.OK);
    // What is given back needs no more.
    var refused = peer.stub("bearer " + ENVOY).shouldRateLimit(ASKED);
    assertThat(refused.getOverallCode()).isEqualTo(Code.OVER_LIMIT);
    assertThat(refused.getStatuses(0).getLimitRemaining()).isEqualTo(4);
  }

  @Test
  void shouldTellMissingKeysFromWrongOnes() {
    Status missing = peer.error(ASKED);
    assertThat(missing.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
    assertThat(missing.getDescription()).isEqualTo("send a key as authorization: Bearer KEY");
    for (String authorization : new String[] {"Bearer no such key", ENVOY, "Bearer", ""}) {
      Status wrong = EnvoyPeer.error(peer.stub(authorization), ASKED);
      assertThat(wrong.getCode()).isEqualTo(Status.Code.UNAUTHENTICATED);
      assertThat(wrong.getDescription()).isEqualTo("this is no key that is known here");
    }
  }

  @Test
  void shouldAllowWhatTheKeyAllows() {
    for (String key : new String[] {WRITES, OTHER}) {
      Status denied = EnvoyPeer.error(peer.stub("Bearer " + key), ASKED);
      assertThat(denied.getCode()).isEqualTo(Status.Code.PERMISSION_DENIED);
      assertThat(denied.getDescription()).contains("admin");
    }
  }

  @Test
  void shouldTellItsHealthToAnyone() {
    assertThat(peer.health("")).isNotNull();
  }

  @Test
  void shouldAskForTheSameKeysOverHttp() throws Exception {
    HttpResponse<String> missing = post();
    assertThat(missing.statusCode()).isEqualTo(401);
    assertThat(missing.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
    assertThat(post("Authorization", "Bearer " + WRITES).statusCode()).isEqualTo(403);
    assertThat(post("Authorization", "Bearer " + OTHER).statusCode()).isEqualTo(403);
    assertThat(post("Authorization", "Bearer " + ENVOY).statusCode()).isEqualTo(200);
  }

  private static HttpResponse<String> post(String... headers) throws Exception {
    String asked =
        "{\"domain\":\"edge\",\"descriptors\":[{\"entries\":[{\"key\":\"user\",\"value\":\"y\"}]}]}";
    String url = countess.envoy().orElseThrow().jsonUrl().orElseThrow();
    var request = HttpRequest.newBuilder(URI.create(url + "/json"));
    request.POST(BodyPublishers.ofString(asked));
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HttpClient.newHttpClient().send(request.build(), BodyHandlers.ofString());
  }

  @Test
  void shouldNotListenBeyondLoopbackWithoutKeys() {
    var config = EnvoyConfig.on("0.0.0.0", 0, Optional.empty(), Optional.empty());
    assertThatThrownBy(() -> config.requireGuard(KeysConfig.NONE))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "envoy-bind is 0.0.0.0, where others can reach it: give --api-keys FILE, or --insecure"
                + " to let everyone in");
    config.requireGuard(new KeysConfig(Optional.empty(), Optional.of(ENVOY), false));
    config.requireGuard(new KeysConfig(Optional.empty(), Optional.empty(), true));
  }
}

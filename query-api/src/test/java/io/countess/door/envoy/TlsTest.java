package io.countess.door.envoy;

import static io.countess.door.envoy.EnvoyPeer.entries;
import static io.countess.door.envoy.EnvoyPeer.request;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.countess.event.ByteString;
import io.countess.event.InvalidInputException;
import io.countess.server.Countess;
import io.countess.server.Setting;
import io.envoyproxy.envoy.service.ratelimit.v3.RateLimitResponse.Code;
import io.grpc.Status;
import io.grpc.health.v1.HealthCheckResponse.ServingStatus;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The Envoy door with a certificate. */
class TlsTest {
  private static final String PASSWORD = "of a test";
  private static final String MAKE =
      "-genkeypair -keyalg EC -validity 1 -ext SAN=ip:127.0.0.1 -storetype PKCS12 -alias a";

  @TempDir Path dir;
  private Path certificate;
  private Path key;

  @BeforeEach
  void make() throws Exception {
    certificate = dir.resolve("edge.cert");
    key = dir.resolve("edge.key");
    make("edge", certificate, key);
  }

  /** For a day, and for 127.0.0.1. */
  private void make(String name, Path cert, Path keyFile) throws Exception {
    Path store = dir.resolve(name + ".p12");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(MAKE.split(" ")));
    command.addAll(List.of("-dname", "CN=" + name));
    command.addAll(List.of("-keystore", store.toString(), "-storepass", PASSWORD));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    var keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    write(cert, "CERTIFICATE", keys.getCertificate("a").getEncoded());
    write(keyFile, "PRIVATE KEY", keys.getKey("a", PASSWORD.toCharArray()).getEncoded());
  }

  private static void write(Path file, String what, byte[] bytes) throws IOException {
    String text = Base64.getMimeEncoder().encodeToString(bytes);
    Files.writeString(
        file, "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(what, text, what));
  }

  @Test
  void shouldSpeakTlsAndNothingElse() throws Exception {
    var settings =
        Map.of(
            Setting.ENVOY_TLS_CERT, certificate.toString(), Setting.ENVOY_TLS_KEY, key.toString());
    try (Countess countess = Limits.start(dir, settings)) {
      EnvoyDoor door = countess.envoy().orElseThrow();
      try (EnvoyPeer peer = EnvoyPeer.to(door, certificate)) {
        assertThat(peer.ask(entries("user", "ann")).getOverallCode()).isEqualTo(Code.OK);
        await().untilAsserted(() -> assertThat(peer.health("")).isEqualTo(ServingStatus.SERVING));
      }
      try (EnvoyPeer plain = EnvoyPeer.to(door)) {
        Status refused = plain.error(request("edge", entries("user", "ann")));
        assertThat(refused.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      }
      Path other = dir.resolve("other.cert");
      make("other", other, dir.resolve("other.key"));
      try (EnvoyPeer distrusting = EnvoyPeer.to(door, other)) {
        Status refused = distrusting.error(request("edge", entries("user", "ann")));
        assertThat(refused.getCode()).isEqualTo(Status.Code.UNAVAILABLE);
      }
    }
  }

  @Test
  void shouldSayWhatIsWrongWithItsFiles() throws Exception {
    Path other = dir.resolve("other.key");
    make("other", dir.resolve("other.cert"), other);
    expect(certificate, other, "envoy-tls-key %s is not the key of the certificate in %s");
    expect(other, key, "envoy-tls-cert ");
    expect(certificate, dir.resolve("none"), "can't be read: there is no such file");
  }

  private static void expect(Path cert, Path keyFile, String message) {
    var tls = Optional.of(new EnvoyConfig.Tls(cert, keyFile));
    var config =
        new EnvoyConfig(
            "127.0.0.1", 0, Optional.empty(), Optional.empty(), ByteString.utf8("e"), false, tls);
    assertThatThrownBy(config::ssl)
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message.formatted(keyFile, cert));
  }
}

package io.countess.door.metricnexus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.door.net.Certificate;
import io.countess.event.InvalidInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Certificates that are made, and that are given. */
class CertificateTest {
  @TempDir Path dir;

  private Path key() {
    return dir.resolve("nexus-tls.key");
  }

  private Path certificate() {
    return dir.resolve("nexus-tls.cert");
  }

  @Test
  void shouldMakeOneForFiveYearsAndKeepIt() throws Exception {
    var made = OwnCertificate.in(dir, "192.0.2.7").chain().get(0);
    assertThat(made.getSubjectX500Principal().getName()).isEqualTo("CN=local.nexus,O=metric-nexus");
    assertThat(made.getPublicKey().getAlgorithm()).isEqualTo("RSA");
    assertThat(made.getNotAfter().toInstant())
        .isAfter(Instant.now().plus(5 * 365, ChronoUnit.DAYS));
    assertThat(made.getSubjectAlternativeNames())
        .contains(List.of(2, "localhost"), List.of(7, "127.0.0.1"), List.of(7, "192.0.2.7"));
    assertThat(OwnCertificate.in(dir, "192.0.2.7").chain()).containsExactly(made);
    try (var files = Files.list(dir)) {
      assertThat(files).containsExactlyInAnyOrder(key(), certificate());
    }
  }

  @Test
  void shouldTakeNeitherFileWithoutTheOther() throws Exception {
    OwnCertificate.in(dir, "::1");
    Path away = dir.resolve("away");
    Files.move(certificate(), away);
    assertThatThrownBy(() -> OwnCertificate.in(dir, "::1"))
        .hasMessageContaining("key file already exists but cert file is missing");
    Files.move(away, certificate());
    Files.delete(key());
    assertThatThrownBy(() -> OwnCertificate.in(dir, "::1"))
        .hasMessageContaining("cert file already exists but key file is missing");
  }

  @Test
  void shouldSayWhatIsWrongWithGivenFiles() throws Exception {
    OwnCertificate.in(dir, "127.0.0.1");
    Path other = dir.resolve("other");
    OwnCertificate.in(other, "127.0.0.1");
    expect(certificate(), other.resolve("nexus-tls.key"), "is not the key of the certificate in");
    expect(key(), key(), "metric-nexus-cert ");
    expect(certificate(), certificate(), "holds no key of RSA, EC or Ed25519");
    expect(certificate(), dir.resolve("none"), "can't be read: there is no such file");
    Path empty = Files.createFile(dir.resolve("empty"));
    expect(empty, key(), "holds no certificate in PEM");
    Path broken = dir.resolve("broken");
    Files.writeString(broken, "-----BEGIN PRIVATE KEY-----\n%%%\n-----END PRIVATE KEY-----\n");
    expect(certificate(), broken, "holds no key of RSA");
    assertThat(Https.with(read(certificate(), key()))).isNotNull();
  }

  private static Certificate read(Path certificate, Path key) {
    return Certificate.read(MetricNexusConfig.CERTIFICATE, certificate, key);
  }

  private static void expect(Path certificate, Path key, String message) {
    assertThatThrownBy(() -> read(certificate, key))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }
}

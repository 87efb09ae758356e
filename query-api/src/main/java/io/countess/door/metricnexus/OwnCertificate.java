package io.countess.door.metricnexus;

import static java.nio.charset.StandardCharsets.US_ASCII;

import io.countess.door.net.Certificate;
import io.countess.event.InvalidInputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.time.Duration;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The certificate that is made at the first start, signed by itself, and kept. The {@code keytool}
 * of the Java that runs makes it: every Java has one, and nothing else here would know how.
 */
final class OwnCertificate {
  private static final String KEY = "nexus-tls.key";
  private static final String CERTIFICATE = "nexus-tls.cert";
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final String PASSWORD = "COUNTESS_KEYTOOL_PASSWORD";

  private static final Set<PosixFilePermission> OWNER_ONLY =
      PosixFilePermissions.fromString("rw-------");

  private static final Base64.Encoder PEM = Base64.getMimeEncoder(64, new byte[] {'\n'});

  private OwnCertificate() {}

  /**
   * Reads it, and makes it where there is none.
   *
   * @param bind an address under which it is valid, too
   * @throws InvalidInputException where one of the files is there without the other
   */
  static Certificate in(Path directory, String bind) {
    Path key = directory.resolve(KEY);
    Path certificate = directory.resolve(CERTIFICATE);
    boolean hasKey = Files.exists(key);
    boolean hasCertificate = Files.exists(certificate);
    if (hasKey != hasCertificate) {
      throw new InvalidInputException(
          "data",
          "%s: %s file already exists but %s file is missing"
              .formatted(directory, hasKey ? "key" : "cert", hasKey ? "cert" : "key"));
    }
    if (!hasKey) {
      try {
        make(directory, bind);
      } catch (IOException failure) {
        throw new UncheckedIOException("no certificate could be made in " + directory, failure);
      }
    }
    return Certificate.read(MetricNexusConfig.CERTIFICATE, certificate, key);
  }

  private static void make(Path directory, String bind) throws IOException {
    Files.createDirectories(directory);
    Path work = Files.createTempDirectory(directory, "nexus-tls");
    try {
      String password = UUID.randomUUID().toString();
      Path store = work.resolve("store");
      keytool(store, bind, password);
      write(store, password, work);
      Files.move(work.resolve(KEY), directory.resolve(KEY), StandardCopyOption.ATOMIC_MOVE);
      Files.move(
          work.resolve(CERTIFICATE),
          directory.resolve(CERTIFICATE),
          StandardCopyOption.ATOMIC_MOVE);
    } finally {
      delete(work);
    }
  }

  private static void keytool(Path store, String bind, String password) throws IOException {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    var command =
        List.of(
            keytool.toString(),
            "-genkeypair",
            "-alias",
            KEY,
            "-keyalg",
            "RSA",
            "-keysize",
            "2048",
            "-dname",
            "CN=local.nexus, O=metric-nexus",
            "-validity",
            "1826",
            "-ext",
            "SAN=" + names(bind),
            "-ext",
            "EKU=serverAuth",
            "-storetype",
            "PKCS12",
            "-keystore",
            store.toString(),
            "-storepass:env",
            PASSWORD);
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.redirectOutput(store.resolveSibling("said").toFile());
    builder.environment().put(PASSWORD, password);
    run(builder, store.resolveSibling("said"));
  }

  private static void run(ProcessBuilder builder, Path said) throws IOException {
    Process process = builder.start();
    try {
      if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        throw new IOException("keytool took longer than " + PATIENCE);
      } else if (process.exitValue() != 0) {
        throw new IOException("keytool said: " + Files.readString(said).strip());
      }
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      throw new IOException("it was interrupted", hurry);
    } finally {
      process.destroyForcibly();
    }
  }

  /** What clients call this machine by that check names; all others have to trust it as it is. */
  private static String names(String bind) {
    String always = "dns:local.nexus,dns:localhost,ip:127.0.0.1,ip:::1";
    boolean isAddress = bind.matches("[0-9.]+|[0-9a-fA-F:]*:[0-9a-fA-F:]*");
    boolean isKnown = List.of("localhost", "127.0.0.1", "::1", "0.0.0.0", "::").contains(bind);
    return isKnown ? always : always + (isAddress ? ",ip:" : ",dns:") + bind;
  }

  private static void write(Path store, String password, Path to) throws IOException {
    try (InputStream in = Files.newInputStream(store)) {
      var keys = KeyStore.getInstance("PKCS12");
      keys.load(in, password.toCharArray());
      byte[] key = keys.getKey(KEY, password.toCharArray()).getEncoded();
      write(to.resolve(KEY), "PRIVATE KEY", key);
      write(to.resolve(CERTIFICATE), "CERTIFICATE", keys.getCertificate(KEY).getEncoded());
    } catch (GeneralSecurityException broken) {
      throw new IOException("what keytool made can't be read", broken);
    }
  }

  private static void write(Path file, String what, byte[] bytes) throws IOException {
    String text =
        "-----BEGIN %s-----\n%s\n-----END %s-----\n"
            .formatted(what, PEM.encodeToString(bytes), what);
    boolean isPosix = Files.getFileStore(file.getParent()).supportsFileAttributeView("posix");
    FileAttribute<?>[] attributes =
        isPosix
            ? new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(OWNER_ONLY)}
            : new FileAttribute<?>[0];
    Files.createFile(file, attributes);
    Files.write(file, text.getBytes(US_ASCII), StandardOpenOption.WRITE, StandardOpenOption.SYNC);
  }

  private static void delete(Path directory) throws IOException {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}

package io.countess.door.metricnexus;

import io.countess.door.KeysConfig;
import io.countess.door.net.Certificate;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.InvalidInputException;
import java.util.Optional;
import org.eclipse.jetty.util.ssl.SslContextFactory;

/**
 * How the MetricNexus door is served.
 *
 * @param bind the address to listen on
 * @param port 0 for any free one
 * @param namespace that all metrics are in
 * @param tls where its certificate is from
 */
public record MetricNexusConfig(String bind, int port, ByteString namespace, Tls tls) {
  /** Where MetricNexus's own server listens. */
  public static final int PORT = 4096;

  /** The namespace of metrics, unless it is set. */
  public static final String NAMESPACE = "metrics";

  static final Certificate.Names CERTIFICATE =
      new Certificate.Names("metric-nexus-cert", "metric-nexus-key-file");

  /** Checks the port and the namespace. */
  public MetricNexusConfig {
    if (port < 0 || port > 65_535) {
      throw new InvalidInputException(
          "metric-nexus-port", "is " + port + "; it must be 0 to 65535");
    }
    requireNamespace(namespace);
  }

  /** Metrics in the namespace of this name. */
  public static MetricNexusConfig on(String bind, int port, String namespace, Tls tls) {
    return new MetricNexusConfig(
        bind, port, ByteString.utf8("metric-nexus-namespace", namespace), tls);
  }

  private static void requireNamespace(ByteString namespace) {
    try {
      var unused = new CounterName(namespace, ByteString.EMPTY);
    } catch (InvalidInputException broken) {
      throw new InvalidInputException("metric-nexus-namespace", broken.rule());
    }
  }

  /**
   * Checks that nobody beyond this machine is let in without having to show a key.
   *
   * @throws InvalidInputException where it is so, and nobody said that this is meant
   */
  void requireGuard(KeysConfig keys) {
    if (!keys.asks() && !keys.insecure() && !isLoopback()) {
      throw new InvalidInputException(
          "metric-nexus-bind",
          "is %s, where others can reach it: give --api-keys FILE, or --insecure to let everyone in"
              .formatted(bind));
    }
  }

  /**
   * What has Jetty speak HTTPS; empty where it is to speak HTTP.
   *
   * @throws InvalidInputException where there is something wrong with the files
   */
  Optional<SslContextFactory.Server> https() {
    if (tls instanceof Tls.Given given) {
      return Optional.of(
          Https.with(Certificate.read(CERTIFICATE, given.certificate(), given.key())));
    } else if (tls instanceof Tls.Own own) {
      return Optional.of(Https.with(OwnCertificate.in(own.directory(), bind)));
    }
    return Optional.empty();
  }

  boolean isLoopback() {
    return KeysConfig.isLoopback("metric-nexus-bind", bind);
  }
}

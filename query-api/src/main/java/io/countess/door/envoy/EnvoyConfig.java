package io.countess.door.envoy;

import io.countess.door.KeysConfig;
import io.countess.door.net.Certificate;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.InvalidInputException;
import io.grpc.netty.GrpcSslContexts;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLException;

/**
 * How the Envoy door is served.
 *
 * @param bind the address to listen on
 * @param port of gRPC; 0 for any free one
 * @param jsonPort of HTTP; 0 for any free one, empty for none
 * @param rules the file or directory that says what is limited; empty where no request is answered
 * @param namespace that all counters are in
 * @param headers whether Envoy is told of headers for its clients
 * @param tls what gRPC is encrypted with; empty where it is not
 */
public record EnvoyConfig(
    String bind,
    int port,
    Optional<Integer> jsonPort,
    Optional<Path> rules,
    ByteString namespace,
    boolean headers,
    Optional<Tls> tls) {
  /** Where envoyproxy/ratelimit listens for gRPC. */
  public static final int PORT = 8081;

  /** Where it has HTTP would be 8080, which is that of Countess itself. */
  public static final int JSON_PORT = 8082;

  /** The namespace of counters, unless it is set. */
  public static final String NAMESPACE = "envoy";

  private static final Certificate.Names CERTIFICATE =
      new Certificate.Names("envoy-tls-cert", "envoy-tls-key");

  /** Files in PEM: the certificate with those that vouch for it, and its key. */
  public record Tls(Path certificate, Path key) {}

  /** Checks the ports and the namespace. */
  public EnvoyConfig {
    requirePort("envoy-port", port);
    jsonPort.ifPresent(it -> requirePort("envoy-json-port", it));
    try {
      var unused = new CounterName(namespace, ByteString.EMPTY);
    } catch (InvalidInputException broken) {
      throw new InvalidInputException("envoy-namespace", broken.rule());
    }
  }

  /** Counters in the namespace {@link #NAMESPACE}, and no headers. */
  public static EnvoyConfig on(
      String bind, int port, Optional<Integer> jsonPort, Optional<Path> rules) {
    return new EnvoyConfig(
        bind, port, jsonPort, rules, ByteString.utf8(NAMESPACE), false, Optional.empty());
  }

  private static void requirePort(String setting, int port) {
    if (port < 0 || port > 65_535) {
      throw new InvalidInputException(setting, "is " + port + "; it must be 0 to 65535");
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
          "envoy-bind",
          "is %s, where others can reach it: give --api-keys FILE, or --insecure to let everyone in"
              .formatted(bind));
    }
  }

  /**
   * What gRPC is encrypted with, if it is.
   *
   * @throws InvalidInputException where there is something wrong with the files
   */
  Optional<SslContext> ssl() {
    return tls.map(files -> ssl(Certificate.read(CERTIFICATE, files.certificate(), files.key())));
  }

  private static SslContext ssl(Certificate certificate) {
    try {
      var ssl = SslContextBuilder.forServer(certificate.key(), certificate.chain());
      return GrpcSslContexts.configure(ssl, SslProvider.JDK).build();
    } catch (SSLException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  boolean isLoopback() {
    return KeysConfig.isLoopback("envoy-bind", bind);
  }
}

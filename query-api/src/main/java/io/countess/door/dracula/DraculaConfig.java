package io.countess.door.dracula;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countess.door.KeysConfig;
import io.countess.event.Grants;
import io.countess.event.InvalidInputException;
import io.countess.query.Command.Ack;
import java.util.Optional;

/**
 * How the Dracula door is served.
 *
 * @param bind the address to listen on
 * @param port of UDP and of TCP; 0 for one that is free for both
 * @param restPort of REST; 0 for any free one, empty for no REST
 * @param secret what clients and the door share; empty for none
 * @param auth how a packet shows the secret
 * @param ack what the answer to a put waits for
 */
public record DraculaConfig(
    String bind,
    int port,
    Optional<Integer> restPort,
    Optional<String> secret,
    Auth auth,
    Ack ack) {
  /** Where Dracula itself listens. */
  public static final int PORT = 3509;

  /** Where Dracula's REST listens. */
  public static final int REST_PORT = 3510;

  /** How a packet shows the secret. */
  public enum Auth {
    /** As Dracula's clients do it: by the first bytes of the secret itself. */
    PSK,
    /** By an HMAC, for clients that know it. */
    HMAC
  }

  /** Checks ports and secret. */
  public DraculaConfig {
    requirePort("dracula-port", port);
    restPort.ifPresent(it -> requirePort("dracula-rest-port", it));
    int length = secret.map(String::length).orElse(0);
    if (auth == Auth.HMAC && length < Grants.SHORTEST_KEY) {
      throw new InvalidInputException(
          "dracula-auth",
          "is hmac, which needs a secret of at least "
              + Grants.SHORTEST_KEY
              + " characters: give COUNTESS_DRACULA_SECRET or --dracula-secret-file");
    }
  }

  /** For loopback, as Dracula would listen there without a secret. */
  public static DraculaConfig on(String bind, int port, Optional<Integer> restPort) {
    return new DraculaConfig(bind, port, restPort, Optional.empty(), Auth.PSK, Ack.APPLIED);
  }

  /** The same with a secret. */
  public DraculaConfig with(String newSecret, Auth newAuth) {
    return new DraculaConfig(bind, port, restPort, Optional.of(newSecret), newAuth, ack);
  }

  /** The same with another ack. */
  public DraculaConfig with(Ack newAck) {
    return new DraculaConfig(bind, port, restPort, secret, auth, newAck);
  }

  /**
   * Checks that nobody beyond this machine is let in without having to show anything.
   *
   * @throws InvalidInputException where it is so, and nobody said that this is meant
   */
  void requireGuard(KeysConfig keys) {
    if (keys.insecure() || isLoopback()) {
      return;
    }
    if (secret.isEmpty()) {
      throw new InvalidInputException(
          "dracula-bind",
          "is %s, where others can reach it, and its packets hold no API key: give a secret by"
                  .formatted(bind)
              + " COUNTESS_DRACULA_SECRET or --dracula-secret-file, or --insecure to let everyone"
              + " in");
    }
    if (restPort.isPresent() && !keys.asks()) {
      throw new InvalidInputException(
          "dracula-rest-port",
          "is %d at %s, where others can reach it, and REST knows no secret: give --api-keys FILE,"
                  .formatted(restPort.get(), bind)
              + " --dracula-rest-port off, or --insecure to let everyone in");
    }
  }

  boolean isLoopback() {
    return KeysConfig.isLoopback("dracula-bind", bind);
  }

  Seal seal() {
    byte[] bytes = secret.orElse("").getBytes(UTF_8);
    return auth == Auth.HMAC ? Seal.Hmac.of(bytes) : new Seal.Prefix(bytes);
  }

  private static void requirePort(String field, int port) {
    if (port < 0 || port > 65_535) {
      throw new InvalidInputException(field, "is " + port + "; it must be 0 to 65535");
    }
  }
}

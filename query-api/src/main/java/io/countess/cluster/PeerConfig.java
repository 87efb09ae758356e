package io.countess.cluster;

import io.countess.event.InvalidInputException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * How instances find each other.
 *
 * @param advertised where the others reach this one, as {@code host} or {@code host:port}; empty
 *     where that follows from what it listens on
 * @param key what this one shows the others, where keys are asked for
 */
public record PeerConfig(Optional<String> advertised, Optional<String> key) {
  private static final Pattern ADDRESS =
      Pattern.compile("(?:\\[[0-9a-fA-F:.%]+]|[^:\\[\\]/\\s]+)(?::(\\d{1,5}))?");
  private static final Pattern PRINTABLE = Pattern.compile("[!-~]+");
  private static final int MAX_PORT = 65_535;

  /** An instance that is by itself. */
  public static final PeerConfig NONE = new PeerConfig(Optional.empty(), Optional.empty());

  public PeerConfig {
    advertised.ifPresent(PeerConfig::requireAddress);
    if (key.isPresent() && !PRINTABLE.matcher(key.get()).matches()) {
      throw new InvalidInputException(
          "peer-key", "must be printable ASCII without blanks, as api-key new makes it");
    }
  }

  private static void requireAddress(String address) {
    var matcher = ADDRESS.matcher(address);
    boolean fits = matcher.matches();
    if (fits && matcher.group(1) != null) {
      int port = Integer.parseInt(matcher.group(1));
      fits = port >= 1 && port <= MAX_PORT;
    }
    if (!fits) {
      throw new InvalidInputException(
          "advertised-http", "is '" + address + "'; it must be HOST or HOST:PORT");
    }
  }

  @Override
  public String toString() {
    return "PeerConfig[advertised=" + advertised + ", key=" + key.map(it -> "…") + "]";
  }
}

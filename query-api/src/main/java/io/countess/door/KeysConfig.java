package io.countess.door;

import io.countess.event.InvalidInputException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which keys all doors know.
 *
 * @param file a file of hashed keys with their scopes
 * @param key one key with every scope, as given in the environment
 * @param insecure whether to listen beyond loopback without keys all the same
 */
public record KeysConfig(Optional<Path> file, Optional<String> key, boolean insecure) {
  /** No keys, for loopback only. */
  public static final KeysConfig NONE = new KeysConfig(Optional.empty(), Optional.empty(), false);

  /** Whether callers have to show a key. */
  public boolean asks() {
    return file.isPresent() || key.isPresent();
  }

  /**
   * Whether a door at this address is only for callers of this machine, who need no key.
   *
   * @throws InvalidInputException where everyone beyond this machine would be let in, and nobody
   *     said that this is meant; or where the address is none here
   */
  public boolean isOnlyLoopback(String bind) {
    boolean isLoopback = !insecure && isLoopback("bind", bind);
    if (!asks() && !insecure && !isLoopback) {
      throw new InvalidInputException(
          "bind",
          "is %s, where others can reach it: give --api-keys FILE, or --insecure to let everyone in"
              .formatted(bind));
    }
    return isLoopback;
  }

  /**
   * Whether only this machine reaches an address.
   *
   * @param setting that it stands in, for the message where it is none here
   * @throws InvalidInputException where it is none here
   */
  public static boolean isLoopback(String setting, String host) {
    try {
      return InetAddress.getByName(host).isLoopbackAddress();
    } catch (UnknownHostException unknown) {
      throw new InvalidInputException(setting, "is " + host + ", which is no address here");
    }
  }
}

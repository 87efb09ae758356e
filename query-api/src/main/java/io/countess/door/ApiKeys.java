package io.countess.door;

import io.countess.event.Grants;
import io.countess.event.InvalidInputException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The keys that are known here, by their hashes. Keys are random and 256 bits long, so one round of
 * SHA-256 is as hard to turn around as a thousand. A file that changes is read again within a
 * second; one that has become unreadable changes nothing.
 */
public final class ApiKeys {
  private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  private final Optional<Path> file;
  private final List<KeyFile.Key> fixed;
  private final AtomicLong lookedNanos = new AtomicLong(System.nanoTime());
  private volatile FileTime modified;
  private volatile List<KeyFile.Key> keys;

  /**
   * @throws InvalidInputException where the file or the key is not as it should be
   */
  public ApiKeys(KeysConfig config) {
    this.file = config.file();
    this.fixed = config.key().map(ApiKeys::fixed).map(List::of).orElse(List.of());
    this.modified = file.map(ApiKeys::modified).orElse(null);
    this.keys = read();
  }

  /** Whether there are none at all. */
  public boolean isEmpty() {
    return keys.isEmpty();
  }

  /** Whose key this is. */
  public Optional<Caller> find(String key) {
    readAgainIfChanged();
    byte[] hash = sha256(key);
    Caller found = null;
    for (KeyFile.Key known : keys) {
      // Every key is compared, as a whole, so that the time taken tells nothing.
      if (MessageDigest.isEqual(known.sha256(), hash)) {
        found = known.caller();
      }
    }
    return Optional.ofNullable(found);
  }

  /**
   * Checks that what this instance shows the others is a key that they take, given that all of them
   * take the same.
   *
   * @throws InvalidInputException where it is not
   */
  public void requirePeer(Optional<String> key) {
    if (isEmpty()) {
      return;
    }
    String shown =
        key.orElseThrow(
            () ->
                new InvalidInputException(
                    "peer-key",
                    "is missing: the other instances ask for a key. Give one with the scope admin"
                        + " that all of them know"));
    Caller caller =
        find(shown)
            .orElseThrow(() -> new InvalidInputException("peer-key", "is not one of the API keys"));
    if (!caller.mayEverywhere(Access.ADMIN)) {
      throw new InvalidInputException(
          "peer-key",
          "is that of "
              + caller.name()
              + ", which has not the scope admin"
              + (caller.may(Access.ADMIN) ? " for all namespaces" : ""));
    }
  }

  private void readAgainIfChanged() {
    long now = System.nanoTime();
    long looked = lookedNanos.get();
    if (file.isEmpty() || now - looked < LOOK_NANOS || !lookedNanos.compareAndSet(looked, now)) {
      return;
    }
    FileTime time = modified(file.get());
    if (!time.equals(modified)) {
      modified = time;
      try {
        keys = read();
        LOG.info("read {} again: {} keys", file.get(), keys.size());
      } catch (InvalidInputException invalid) {
        LOG.warn("keeping the keys that there were: {}", invalid.getMessage());
      }
    }
  }

  private List<KeyFile.Key> read() {
    var all = new ArrayList<>(fixed);
    file.ifPresent(path -> all.addAll(KeyFile.read(path)));
    return List.copyOf(all);
  }

  private static KeyFile.Key fixed(String key) {
    if (key.length() < Grants.SHORTEST_KEY) {
      throw new InvalidInputException(
          "api-key", "is too short; it must have at least " + Grants.SHORTEST_KEY + " characters");
    }
    if (!key.matches("[\\x21-\\x7e]+")) {
      throw new InvalidInputException(
          "api-key", "must be visible ASCII characters, since it is sent in a header");
    }
    return new KeyFile.Key(new Caller("api-key", Caller.ANYONE.grants()), sha256(key));
  }

  private static FileTime modified(Path file) {
    try {
      return Files.getLastModifiedTime(file);
    } catch (IOException unreadable) {
      return FileTime.fromMillis(0);
    }
  }

  private static byte[] sha256(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

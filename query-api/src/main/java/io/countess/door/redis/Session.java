package io.countess.door.redis;

import io.countess.door.ApiKeys;
import io.countess.door.Caller;
import io.countess.event.ByteString;
import java.time.Duration;
import java.util.Optional;

/** What a connection has said about itself. Only its event loop changes it. */
final class Session {
  /** How often it is looked whether the key that was shown is still one. */
  private static final long LOOK_NANOS = Duration.ofSeconds(1).toNanos();

  private static final String DEFAULT_USER = "default";

  private final long id;
  private final Peers peers;
  private final ApiKeys keys;
  private final long beganNanos = System.nanoTime();
  private ByteString name = ByteString.EMPTY;
  private ByteString libraryName = ByteString.EMPTY;
  private ByteString libraryVersion = ByteString.EMPTY;
  private int protocol = 2;
  private boolean isEnding;
  private String lastCommand = "NULL";
  private long lastNanos = beganNanos;

  /** The key that was shown, to be looked for again, since it can be taken back. */
  private Optional<String> key = Optional.empty();

  private Optional<Caller> caller;
  private long lookedNanos = beganNanos;
  private Optional<Transaction> transaction = Optional.empty();

  /**
   * @param id a number that no other connection has had
   */
  Session(long id, Peers peers, ApiKeys keys) {
    this.id = id;
    this.peers = peers;
    this.keys = keys;
    this.caller = nobodyYet();
  }

  /** The two ends of a connection, as {@code host:port}. */
  record Peers(String remote, String local) {}

  /** Who sends: nobody yet where keys are asked for and none was shown. */
  Optional<Caller> caller() {
    long now = System.nanoTime();
    if (key.isPresent() && now - lookedNanos > LOOK_NANOS) {
      lookedNanos = now;
      caller = keys.find(key.get());
    }
    return caller;
  }

  private Optional<Caller> nobodyYet() {
    return keys.isEmpty() ? Optional.of(Caller.ANYONE) : Optional.empty();
  }

  /** Whether anyone is let in as the default user. */
  boolean asksForNothing() {
    return keys.isEmpty();
  }

  /**
   * Lets in whoever shows an API key.
   *
   * @param user the name of the key, or that of the default user
   * @return whether it is one
   */
  boolean logIn(String user, String password) {
    if (keys.isEmpty()) {
      return user.equals(DEFAULT_USER);
    }
    Optional<Caller> found =
        keys.find(password).filter(it -> user.equals(DEFAULT_USER) || user.equals(it.name()));
    if (found.isPresent()) {
      caller = found;
      key = Optional.of(password);
      lookedNanos = System.nanoTime();
    }
    return found.isPresent();
  }

  /** As if it had just been opened. */
  void reset() {
    name = ByteString.EMPTY;
    protocol = 2;
    key = Optional.empty();
    caller = nobodyYet();
    transaction = Optional.empty();
  }

  /** What it has sent since {@code MULTI}; empty where nothing waits for {@code EXEC}. */
  Optional<Transaction> transaction() {
    return transaction;
  }

  void beginTransaction() {
    transaction = Optional.of(new Transaction());
  }

  /** Ends what {@code MULTI} has begun, if it has. */
  Optional<Transaction> endTransaction() {
    Optional<Transaction> ended = transaction;
    transaction = Optional.empty();
    return ended;
  }

  /** Answers what is under way, and then ends. */
  void end() {
    isEnding = true;
  }

  boolean isEnding() {
    return isEnding;
  }

  long id() {
    return id;
  }

  int protocol() {
    return protocol;
  }

  void protocol(int version) {
    protocol = version;
  }

  ByteString name() {
    return name;
  }

  void name(ByteString newName) {
    name = newName;
  }

  void libraryName(ByteString newName) {
    libraryName = newName;
  }

  void libraryVersion(ByteString version) {
    libraryVersion = version;
  }

  void sent(String command) {
    lastCommand = command;
    lastNanos = System.nanoTime();
  }

  /** A line that tells of it, with the fields that clients read. */
  String line() {
    long now = System.nanoTime();
    return "id=%d addr=%s laddr=%s fd=-1 name=%s age=%d idle=%d flags=N db=0 sub=0 psub=0"
            .formatted(id, peers.remote(), peers.local(), Args.text(name), age(now), idle(now))
        + " cmd=%s user=%s redir=-1 resp=%d lib-name=%s lib-ver=%s"
            .formatted(
                lastCommand,
                caller
                    .map(it -> it.equals(Caller.ANYONE) ? DEFAULT_USER : it.name())
                    .orElse("(none)"),
                protocol,
                Args.text(libraryName),
                Args.text(libraryVersion));
  }

  private long age(long now) {
    return Duration.ofNanos(now - beganNanos).toSeconds();
  }

  private long idle(long now) {
    return Duration.ofNanos(now - lastNanos).toSeconds();
  }
}

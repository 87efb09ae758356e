package io.countess.broker;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * The directory that holds the broker's log, locked for this process as long as it is open, and
 * formatted the first time.
 *
 * <p>A format that was cut short is done again: {@code meta.properties} is written last and at
 * once, so without it there is no log yet. Anything else that lies in an unformatted directory is
 * somebody else's, and the directory is refused.
 */
final class DataDirectory implements AutoCloseable {
  private static final String LOCK = "countess.lock";
  private static final String META = "meta.properties";
  private static final String CLEAN_SHUTDOWN = ".kafka_cleanshutdown";
  private static final Set<String> LEFT_BY_A_HALF_DONE_FORMAT =
      Set.of(
          LOCK,
          "bootstrap.checkpoint",
          "bootstrap.checkpoint.tmp",
          META + ".tmp",
          ".lock",
          "lost+found");

  /**
   * The directories that this process has open. File locks are the process's, not the channel's: a
   * second channel on the lock file would, when closed, drop the lock of the first.
   */
  private static final Set<Path> OPEN = ConcurrentHashMap.newKeySet();

  /** A new segment of a log takes that much at once: its index files. */
  private static final long LEAST_FREE_BYTES = 20L << 20;

  private final Path path;
  private final FileChannel lock;

  private DataDirectory(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /**
   * Creates the directory where it is missing, and locks it.
   *
   * @throws BrokerStartException where it can't be used, or is in use
   */
  static DataDirectory lock(Path directory) {
    try {
      Files.createDirectories(directory);
      Path path = directory.toRealPath();
      if (!OPEN.add(path)) {
        throw new BrokerStartException(
            "The data directory " + path + " is in use by this process already.");
      }
      return lockAlone(path);
    } catch (IOException failed) {
      throw unusable(directory, failed);
    }
  }

  private static DataDirectory lockAlone(Path path) throws IOException {
    try {
      return new DataDirectory(path, lockFile(path));
    } catch (BrokerStartException | IOException refused) {
      OPEN.remove(path);
      throw refused;
    }
  }

  private static FileChannel lockFile(Path path) throws IOException {
    Path file = path.resolve(LOCK);
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    try {
      if (channel.tryLock() == null) {
        throw new BrokerStartException(
            "The data directory %s is in use by another process (pid %s)."
                .formatted(path, Files.readString(file).strip()));
      }
      String pid = Long.toString(ProcessHandle.current().pid());
      channel.truncate(0);
      channel.write(ByteBuffer.wrap(pid.getBytes(StandardCharsets.UTF_8)));
      return channel;
    } catch (BrokerStartException | IOException failed) {
      channel.close();
      throw failed;
    }
  }

  /**
   * Makes a new directory one that Kafka starts on.
   *
   * @throws BrokerStartException where it can't be written, or holds something else
   */
  void formatIfNew() {
    if (Files.exists(path.resolve(META))) {
      return;
    }
    KafkaCall.run(
        () -> {
          requireNothingForeign();
          formatter().run();
          return null;
        },
        failed -> unusable(path, failed));
  }

  private void requireNothingForeign() throws IOException {
    try (Stream<Path> children = Files.list(path)) {
      children
          .map(child -> child.getFileName().toString())
          .filter(name -> !LEFT_BY_A_HALF_DONE_FORMAT.contains(name))
          .findFirst()
          .ifPresent(
              foreign -> {
                throw new BrokerStartException(
                    "%s is not a data directory of Countess: it holds '%s', and %s is missing."
                            .formatted(path, foreign, META)
                        + " Give an empty or a new one.");
              });
    }
  }

  /**
   * Eligible leader replicas are off: they decide which of several replicas may lead after an
   * unclean shutdown, and the only replica always may.
   */
  private Formatter formatter() {
    return new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(BrokerProperties.NODE_ID)
        .setClusterId(Uuid.randomUuid().toString())
        .setDirectories(List.of(path.toString()))
        .setMetadataLogDirectory(path.toString())
        .setControllerListenerName(Listeners.CONTROLLER)
        .setFeatureLevel("eligible.leader.replicas.version", (short) 0);
  }

  Path path() {
    return path;
  }

  /** Whether so little room is left that Kafka can hardly write any more. */
  boolean isFull() {
    return Files.exists(path) && path.toFile().getUsableSpace() < LEAST_FREE_BYTES;
  }

  /** What is wrong with it, where that can be seen from here. */
  Optional<String> trouble() {
    if (Files.notExists(path)) {
      return Optional.of("its data directory %s is gone".formatted(path));
    }
    return isFull() ? Optional.of(fullMessage()) : Optional.empty();
  }

  /** What to say where it is. */
  private String fullMessage() {
    return "No space left on device for %s (%d KiB are free)"
        .formatted(path, path.toFile().getUsableSpace() / 1024);
  }

  /**
   * Checks that there is room to start.
   *
   * @throws BrokerStartException where there is none
   */
  void requireSpace() {
    if (isFull()) {
      throw new BrokerStartException("The embedded Kafka can't start: " + fullMessage() + ".");
    }
  }

  /** Whether the broker that wrote here before was stopped rather than killed, or never was. */
  boolean wasLeftClean() {
    return Files.exists(path.resolve(CLEAN_SHUTDOWN))
        || !Files.exists(path.resolve("__cluster_metadata-0"));
  }

  /** Releases the lock of the directory. */
  @Override
  public void close() {
    try {
      lock.close();
    } catch (IOException ignored) {
      // The lock is gone with the channel all the same.
    } finally {
      OPEN.remove(path);
    }
  }

  private static BrokerStartException unusable(Path path, Throwable cause) {
    if (cause instanceof BrokerStartException told) {
      return told;
    }
    return new BrokerStartException(
        "The data directory %s can't be used: %s.".formatted(path, reason(cause)), cause);
  }

  private static String reason(Throwable cause) {
    if (cause instanceof AccessDeniedException denied) {
      return "permission denied on " + denied.getFile();
    }
    if (cause instanceof NoSuchFileException missing) {
      return missing.getFile() + " can't be created";
    }
    if (cause instanceof FileAlreadyExistsException exists) {
      return exists.getFile() + " is not a directory";
    }
    if (cause instanceof FileSystemException fileSystem && fileSystem.getReason() != null) {
      return fileSystem.getReason();
    }
    return String.valueOf(cause.getMessage());
  }
}

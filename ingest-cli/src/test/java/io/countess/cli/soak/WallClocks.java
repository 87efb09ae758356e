package io.countess.cli.soak;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;

/** Wall clocks of processes that can be set while these run, where there is a C compiler. */
final class WallClocks {
  private static final String SOURCE = "wall-clock.c";

  /** None ahead: that would stay, and what is compared in the end with the present would differ. */
  private static final List<Duration> AHEAD =
      List.of(Duration.ZERO, Duration.ofSeconds(-10), Duration.ofHours(-1), Duration.ofDays(-1));

  private final Path directory;
  private final Path library;

  private WallClocks(Path directory, Path library) {
    this.directory = directory;
    this.library = library;
  }

  /** Empty where nothing can be compiled. */
  static Optional<WallClocks> in(Path directory) throws IOException, InterruptedException {
    Path source = directory.resolve(SOURCE);
    try (InputStream in = WallClocks.class.getResourceAsStream(SOURCE)) {
      Files.copy(in, source);
    }
    Path library = directory.resolve("wall-clock.so");
    List<String> command =
        List.of("cc", "-O2", "-shared", "-fPIC", "-o", library.toString(), source.toString());
    try {
      boolean compiled = new ProcessBuilder(command).inheritIO().start().waitFor() == 0;
      return compiled ? Optional.of(new WallClocks(directory, library)) : Optional.empty();
    } catch (IOException noCompiler) {
      return Optional.empty();
    }
  }

  /** One of a process. */
  WallClock of(String name) {
    var clock = new WallClock(directory.resolve(name + ".clock"));
    clock.set(Duration.ZERO);
    return clock;
  }

  /** The wall clock of a process. */
  final class WallClock {
    private final Path file;

    private WallClock(Path file) {
      this.file = file;
    }

    /** What has to be in the environment of the process. */
    Map<String, String> environment() {
      return Map.of("LD_PRELOAD", library.toString(), "WALL_CLOCK_AHEAD", file.toString());
    }

    /** Sets it to any of the times that are drawn; answers how far that is ahead. */
    Duration set(Random random) {
      Duration ahead = AHEAD.get(random.nextInt(AHEAD.size()));
      set(ahead);
      return ahead;
    }

    /** Sets it, from one moment to the next. */
    void set(Duration ahead) {
      var bytes = ByteBuffer.allocate(Long.BYTES).order(ByteOrder.nativeOrder());
      try (var channel =
          FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
        channel.write(bytes.putLong(ahead.toMillis()).flip(), 0);
      } catch (IOException failed) {
        throw new UncheckedIOException(failed);
      }
    }
  }
}

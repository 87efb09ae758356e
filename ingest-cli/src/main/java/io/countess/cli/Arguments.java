package io.countess.cli;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The arguments of the process as they were given. In a locale that is not UTF-8, which containers
 * often have, Java replaces every letter that is not ASCII by a question mark. Different keys would
 * become one.
 */
final class Arguments {
  private static final Path COMMAND_LINE = Path.of("/proc/self/cmdline");

  private Arguments() {}

  /** What {@code args} were before the locale had its way. */
  static String[] exact(String[] args) {
    if (isUtf8(System.getProperty("sun.jnu.encoding")) || !Files.isReadable(COMMAND_LINE)) {
      return args;
    }
    try {
      return last(args, Files.readAllBytes(COMMAND_LINE));
    } catch (IOException unreadable) {
      return args;
    }
  }

  /** As many of the arguments in {@code commandLine}, each ended by a NUL, as there are in args. */
  static String[] last(String[] args, byte[] commandLine) {
    String[] all = new String(commandLine, StandardCharsets.UTF_8).split("\0", -1);
    int end = all.length - 1;
    return end < args.length ? args : Arrays.copyOfRange(all, end - args.length, end);
  }

  private static boolean isUtf8(String encoding) {
    return encoding != null
        && Charset.isSupported(encoding)
        && Charset.forName(encoding).equals(StandardCharsets.UTF_8);
  }
}

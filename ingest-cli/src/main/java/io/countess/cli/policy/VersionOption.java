package io.countess.cli.policy;

import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import java.util.OptionalLong;
import picocli.CommandLine.Option;

/** Which version of a policy a change builds on. */
final class VersionOption {
  @Option(
      names = "--if-version",
      paramLabel = "VERSION|none",
      description =
          "Only where the policy has this version, as 'get' shows it; none: where the namespace has"
              + " no policy of its own, or the default policy was never set.")
  private String version;

  /** The version, where one is expected. */
  OptionalLong expected() {
    if (version == null) {
      return OptionalLong.empty();
    } else if (version.equals("none")) {
      return OptionalLong.of(Event.ChangePolicy.NO_VERSION);
    } else if (version.matches("\\d{1,18}")) {
      return OptionalLong.of(Long.parseLong(version));
    }
    throw new InvalidInputException(
        "if-version", "is '" + version + "'; it must be a version, or none");
  }
}

package io.countess.fold;

import io.countess.event.Event.ChangePolicy;
import java.util.OptionalLong;

/** Compares the version that a change of a policy expects with the one that is in force. */
final class ExpectedVersion {
  private ExpectedVersion() {}

  /**
   * Why a change comes too late, or null.
   *
   * @param wanted empty where it may come in any case
   * @param without what is so where no version is in force
   */
  static String whyOutdated(OptionalLong wanted, OptionalLong inForce, String without) {
    long version = inForce.orElse(ChangePolicy.NO_VERSION);
    if (wanted.isEmpty() || wanted.getAsLong() == version) {
      return null;
    }
    if (wanted.getAsLong() == ChangePolicy.ANY_VERSION && inForce.isPresent()) {
      return null;
    }
    return "ifVersion is %s, and %s"
        .formatted(
            name(wanted.getAsLong()),
            inForce.isEmpty() ? without : "the version in force is " + version);
  }

  private static String name(long version) {
    if (version == ChangePolicy.ANY_VERSION) {
      return "any";
    }
    return version == ChangePolicy.NO_VERSION ? "none" : Long.toString(version);
  }
}

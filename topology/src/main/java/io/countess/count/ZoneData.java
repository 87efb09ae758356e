package io.countess.count;

import java.time.zone.ZoneRulesProvider;

/**
 * Which edition of the time zone data this JVM has, such as {@code 2026a}. A window is given its
 * end when its first put is folded, by the data of the JVM that folds it.
 */
public final class ZoneData {
  /** The edition. */
  public static final String EDITION =
      ZoneRulesProvider.getVersions("Europe/London").lastEntry().getKey();

  private ZoneData() {}
}

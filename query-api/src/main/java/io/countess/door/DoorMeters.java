package io.countess.door;

import java.util.List;
import java.util.Locale;

/**
 * The requests of one door, in the one meter of all doors that are not HTTP's: {@code
 * countess_door_requests_seconds{door,command,outcome}}.
 */
public final class DoorMeters {
  private static final String NAME = "countess.door.requests";

  private final String door;
  private final RequestMeters requests;

  DoorMeters(String door, Floor floor) {
    this.door = door;
    this.requests = new RequestMeters(floor.registry(), NAME, "door", "command", "outcome");
  }

  /**
   * A request was answered.
   *
   * @param sinceNanos when it came, by {@link System#nanoTime}
   * @param command one of the few that the door knows, or a word for all others; never what a
   *     caller sent
   */
  public void answered(long sinceNanos, String command, DoorOutcome outcome) {
    String word = outcome.name().toLowerCase(Locale.ROOT);
    requests.answered(System.nanoTime() - sinceNanos, List.of(door, command, word));
  }
}

package io.countess.door.redis;

import io.countess.event.ByteString;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Where scans go on, by the numbers that clients are given for it. Clients take cursors for
 * numbers, which have no room for a key; so they are kept here, as many as there may be.
 */
final class ScanCursors {
  /** The cursor that begins and ends a scan. */
  static final String END = "0";

  private static final int MOST = 10_000;

  /**
   * Where a page begins.
   *
   * @param namespace empty for the first one
   * @param after the key before it; empty at the begin of the namespace
   */
  record Place(Optional<ByteString> namespace, Optional<ByteString> after) {
    static final Place START = new Place(Optional.empty(), Optional.empty());

    Place in(ByteString other) {
      return new Place(Optional.of(other), after);
    }

    Place after(ByteString key) {
      return new Place(namespace, Optional.of(key));
    }
  }

  /** The one that was used least recently goes. */
  private final Map<String, Place> places =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Place> eldest) {
          return size() > MOST;
        }
      };

  /** Where a cursor goes on; empty where it is none, or too old. */
  synchronized Optional<Place> place(String cursor) {
    return cursor.equals(END) ? Optional.of(Place.START) : Optional.ofNullable(places.get(cursor));
  }

  /** A cursor for a place. */
  synchronized String cursor(Place place) {
    String cursor = Long.toString(ThreadLocalRandom.current().nextLong(1, Long.MAX_VALUE));
    places.put(cursor, place);
    return cursor;
  }
}

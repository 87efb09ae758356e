package io.countess.answer;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What an answer covers.
 *
 * @param missing the partitions that it leaves out, which nobody could answer for
 * @param behind the partitions that a standby answered for, each with how many records of the log
 *     the standby had still to come to
 */
public record Coverage(SortedSet<Integer> missing, SortedMap<Integer, Long> behind) {
  /** Everything, by those who hold it. */
  public static final Coverage FULL = new Coverage(new TreeSet<>(), new TreeMap<>());

  /** Copies both. */
  public Coverage {
    missing = Collections.unmodifiableSortedSet(new TreeSet<>(missing));
    behind = Collections.unmodifiableSortedMap(new TreeMap<>(behind));
  }

  /** Nothing of these partitions. */
  public static Coverage without(SortedSet<Integer> partitions) {
    return new Coverage(partitions, new TreeMap<>());
  }

  /** Whether nothing is missing, and nothing is from a standby. */
  public boolean isFull() {
    return missing.isEmpty() && behind.isEmpty();
  }

  /** What two parts of one answer cover together. */
  public Coverage and(Coverage other) {
    if (isFull()) {
      return other;
    }
    var bothMissing = new TreeSet<>(missing);
    bothMissing.addAll(other.missing);
    var bothBehind = new TreeMap<>(behind);
    bothBehind.putAll(other.behind);
    return new Coverage(bothMissing, bothBehind);
  }
}

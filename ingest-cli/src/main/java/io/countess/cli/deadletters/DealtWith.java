package io.countess.cli.deadletters;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.FailedException;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;

/**
 * Which letters of a partition have been dealt with: all before an offset, and some after it. In a
 * committed offset the latter stand as its metadata, which brokers bound.
 *
 * @param before all letters before this one
 * @param beyond and these; the first of them is later than {@code before}
 */
record DealtWith(long before, SortedSet<Long> beyond) {
  /** What a broker lets stand beside an offset unless told otherwise. */
  private static final int MAX_METADATA_BYTES = 4096;

  /** Copies the set. */
  DealtWith {
    beyond = Collections.unmodifiableSortedSet(new TreeSet<>(beyond));
  }

  /**
   * Reads what was committed.
   *
   * @param committed null where nothing was
   */
  static DealtWith of(OffsetAndMetadata committed) {
    var beyond = new TreeSet<Long>();
    if (committed == null) {
      return new DealtWith(0, beyond);
    }
    if (committed.metadata().matches("\\d{1,18}(,\\d{1,18})*")) {
      for (String distance : committed.metadata().split(",")) {
        beyond.add(committed.offset() + Long.parseLong(distance));
      }
    }
    return new DealtWith(committed.offset(), beyond);
  }

  boolean has(long offset) {
    return offset < before || beyond.contains(offset);
  }

  /** The same and this letter. */
  DealtWith and(long offset) {
    if (has(offset)) {
      return this;
    }
    var later = new TreeSet<>(beyond);
    later.add(offset);
    long from = before;
    while (later.remove(from)) {
      from++;
    }
    return new DealtWith(from, later);
  }

  /**
   * What is to be committed.
   *
   * @throws FailedException where it is more than can be
   */
  OffsetAndMetadata toCommit() {
    String distances =
        beyond.stream()
            .map(offset -> Long.toString(offset - before))
            .collect(Collectors.joining(","));
    if (distances.length() > MAX_METADATA_BYTES) {
      throw new FailedException(
          ExitCode.FAILED,
          "too many letters were dealt with out of order: deal with the first ones first",
          null);
    }
    return new OffsetAndMetadata(before, distances);
  }
}

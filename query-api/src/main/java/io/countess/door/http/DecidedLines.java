package io.countess.door.http;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.answer.LineOutcome;
import io.countess.answer.LineResult;
import io.countess.answer.LoadOutcomes;
import io.countess.answer.codec.LoadOutcomesJson;
import java.io.IOException;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the fold decided of the lines of one load: a number for each outcome, the first line of
 * each, and of the lines that are listed the first so many. Decisions come in any order. For one
 * thread at a time.
 */
final class DecidedLines {
  /** How many lines a load may ask to have listed. */
  static final int MAX_LISTED = 10_000;

  /** What the lists of all loads together may take, in bytes. */
  static final long MAX_BYTES = 64 << 20;

  /** What a listed line takes beside its names and its reason. */
  private static final int LINE_BYTES = 256;

  private final int mostListed;
  private final AtomicLong room;
  private final Map<LineOutcome, Long> counts = new EnumMap<>(LineOutcome.class);
  private final LineResult[] first = new LineResult[LineOutcome.values().length];
  private final TreeMap<Long, LineResult> listed = new TreeMap<>();
  private long unlisted;

  /**
   * @param mostListed 0 where no line is to be listed
   * @param room how many bytes the lists of all loads may still take
   */
  DecidedLines(int mostListed, AtomicLong room) {
    this.mostListed = mostListed;
    this.room = room;
  }

  void add(LineResult line) {
    LineOutcome outcome = line.outcome();
    counts.merge(outcome, 1L, Long::sum);
    if (outcome == LineOutcome.ACCEPTED) {
      return;
    }
    int at = outcome.ordinal();
    if (outcome != LineOutcome.REJECTED && (first[at] == null || line.line() < first[at].line())) {
      first[at] = line;
    }
    if (mostListed > 0 && outcome.isListed()) {
      list(line);
    }
  }

  /** The first ones stay: a later line makes room for an earlier one. */
  private void list(LineResult line) {
    boolean fits = listed.size() < mostListed && take(line);
    if (!fits && !listed.isEmpty() && listed.lastKey() > line.line()) {
      give(listed.pollLastEntry().getValue());
      unlisted++;
      fits = take(line);
    }
    if (fits) {
      listed.put(line.line(), line);
    } else {
      unlisted++;
    }
  }

  private boolean take(LineResult line) {
    long bytes = bytes(line);
    boolean fits = room.addAndGet(-bytes) >= 0;
    if (!fits) {
      room.addAndGet(bytes);
    }
    return fits;
  }

  private void give(LineResult line) {
    room.addAndGet(bytes(line));
  }

  private static long bytes(LineResult line) {
    int names = line.counter().map(it -> it.namespace().size() + it.key().size()).orElse(0);
    return LINE_BYTES + names + 2L * line.reason().map(String::length).orElse(0);
  }

  /** Writes {@code outcomes} and {@code first}, and where lines are listed these. */
  void write(JsonGenerator out) throws IOException {
    var lines =
        Arrays.stream(first)
            .filter(Objects::nonNull)
            .sorted(Comparator.comparingLong(LineResult::line))
            .toList();
    LoadOutcomesJson.write(new LoadOutcomes(counts, lines, unlisted), out);
    if (mostListed > 0) {
      LoadOutcomesJson.write(listed.values(), unlisted, out);
    }
  }

  /** Gives the room of the list back. */
  void close() {
    listed.values().forEach(this::give);
    listed.clear();
  }
}

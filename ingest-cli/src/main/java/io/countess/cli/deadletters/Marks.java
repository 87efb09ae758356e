package io.countess.cli.deadletters;

import java.util.BitSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which letters have been dealt with: a bit for each offset, in chunks. So any number of them can
 * be, in any order, and what a change writes does not grow with the letters that there are.
 */
final class Marks {
  /** How many offsets a chunk holds: its bits take at most 1 KiB. */
  static final int CHUNK = 8192;

  private final Map<Chunk, BitSet> chunks = new HashMap<>();

  /** Chunks that are not in Kafka as they are here. */
  private final Set<Chunk> unsaved = new HashSet<>();

  /** The offsets from {@code number} × {@link #CHUNK}, so many as a chunk holds. */
  record Chunk(int partition, long number) {
    static Chunk of(int partition, long offset) {
      return new Chunk(partition, offset / CHUNK);
    }

    boolean isBefore(long offset) {
      return (number + 1) * CHUNK <= offset;
    }
  }

  boolean has(int partition, long offset) {
    BitSet bits = chunks.get(Chunk.of(partition, offset));
    return bits != null && bits.get((int) (offset % CHUNK));
  }

  /** What Kafka holds of a chunk. */
  void read(Chunk chunk, byte[] bits) {
    chunks.put(chunk, BitSet.valueOf(bits));
  }

  /** Kafka holds nothing more of a chunk. */
  void drop(Chunk chunk) {
    chunks.remove(chunk);
  }

  /** Adds a mark that has to be saved. */
  void add(int partition, long offset) {
    if (!has(partition, offset)) {
      var chunk = Chunk.of(partition, offset);
      chunks.computeIfAbsent(chunk, any -> new BitSet(CHUNK)).set((int) (offset % CHUNK));
      unsaved.add(chunk);
    }
  }

  /** Adds marks that have to be saved. */
  void addRange(int partition, long from, long to) {
    for (long offset = from; offset < to; offset++) {
      add(partition, offset);
    }
  }

  /** The chunks that have to be saved where {@code letters} are to be marked, too. */
  Map<Chunk, byte[]> with(List<DeadLetter> letters) {
    var changed = new HashMap<Chunk, BitSet>();
    unsaved.forEach(chunk -> changed.put(chunk, copy(chunk)));
    for (DeadLetter letter : letters) {
      changed
          .computeIfAbsent(Chunk.of(letter.partition(), letter.offset()), this::copy)
          .set((int) (letter.offset() % CHUNK));
    }
    var bytes = new HashMap<Chunk, byte[]>();
    changed.forEach((chunk, bits) -> bytes.put(chunk, bits.toByteArray()));
    return bytes;
  }

  /** That has been saved. */
  void saved(Map<Chunk, byte[]> changed) {
    changed.forEach(this::read);
    unsaved.clear();
  }

  private BitSet copy(Chunk chunk) {
    var bits = new BitSet(CHUNK);
    bits.or(chunks.getOrDefault(chunk, new BitSet()));
    return bits;
  }
}

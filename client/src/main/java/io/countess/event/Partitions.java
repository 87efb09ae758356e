package io.countess.event;

import java.util.Arrays;
import java.util.List;

/**
 * Which partition of the log a record belongs to: {@code toPositive(murmur2(t)) % partitions}. t is
 * the hash tag as in Redis Cluster: the text between the first <code>{</code> of the key part and
 * the first <code>}</code> behind it. If that is empty or missing, t is the whole record key. For
 * keys without braces this is what Kafka's Java clients do by default.
 */
public final class Partitions {
  private static final int SEED = 0x9747b28c;
  private static final int M = 0x5bd1e995;
  private static final int R = 24;
  private static final long NO_TAG = -1;

  private Partitions() {}

  /** The partition of a record with this key, among {@code partitions}. */
  public static int of(byte[] recordKey, int partitions) {
    return of(recordKey, RecordKey.separator(recordKey), partitions);
  }

  /**
   * The same, where the position of the first {@code /} is already known.
   *
   * @param separator as {@link RecordKey#separator} gives it
   */
  public static int of(byte[] recordKey, int separator, int partitions) {
    return among(hash(recordKey, separator), partitions);
  }

  /** The hash of a record key, which says its partition among any number: see {@link #among}. */
  public static int hash(byte[] recordKey) {
    return hash(recordKey, RecordKey.separator(recordKey));
  }

  /** The partition of a record whose key has this hash, among {@code partitions}. */
  public static int among(int hash, int partitions) {
    return (hash & 0x7fffffff) % partitions;
  }

  /**
   * Whether counters are in one partition, however many partitions there are: they are the same, or
   * their keys carry the same hash tag. Others may be in one partition by chance only.
   */
  public static boolean areTogether(CounterName one, CounterName other) {
    return one.equals(other) || Arrays.equals(placedBy(one), placedBy(other));
  }

  /**
   * Checks that counters are in one partition, however many partitions there are.
   *
   * @throws InvalidInputException naming two that are not, and saying what would help
   */
  public static void requireTogether(List<CounterName> counters) {
    for (CounterName counter : counters) {
      if (!areTogether(counters.get(0), counter)) {
        throw new InvalidInputException(
            "counters",
            ("are not all in one partition: %s and %s must carry the same hash tag in their keys, "
                    + "the same text in braces as in {t}a and {t}b, to be changed together")
                .formatted(counters.get(0).shown(), counter.shown()));
      }
    }
  }

  private static int hash(byte[] recordKey, int separator) {
    long tag = tag(recordKey, separator);
    return tag == NO_TAG
        ? murmur2(recordKey, 0, recordKey.length)
        : murmur2(recordKey, (int) (tag >>> 32), (int) tag);
  }

  private static byte[] placedBy(CounterName counter) {
    byte[] recordKey = RecordKey.of(counter);
    long tag = tag(recordKey, RecordKey.separator(recordKey));
    return tag == NO_TAG ? recordKey : Arrays.copyOfRange(recordKey, (int) (tag >>> 32), (int) tag);
  }

  /** Where the hash tag starts, in the upper half, and where it ends. */
  private static long tag(byte[] recordKey, int separator) {
    int open = indexOf(recordKey, '{', separator + 1);
    int close = open < 0 ? -1 : indexOf(recordKey, '}', open + 1);
    // As in Redis Cluster only the first '{' counts; an empty tag is no tag.
    return close > open + 1 ? (long) (open + 1) << 32 | close : NO_TAG;
  }

  private static int indexOf(byte[] bytes, char wanted, int from) {
    for (int i = from; i < bytes.length; i++) {
      if (bytes[i] == wanted) {
        return i;
      }
    }
    return -1;
  }

  /** MurmurHash2 (Austin Appleby), 32 bits, with the seed that Kafka's Java clients use. */
  private static int murmur2(byte[] data, int from, int to) {
    int length = to - from;
    int h = SEED ^ length;
    int i = from;
    for (; i + 4 <= to; i += 4) {
      int k =
          (data[i] & 0xff)
              | (data[i + 1] & 0xff) << 8
              | (data[i + 2] & 0xff) << 16
              | (data[i + 3] & 0xff) << 24;
      k *= M;
      k ^= k >>> R;
      h = h * M ^ k * M;
    }
    int rest = to - i;
    if (rest > 0) {
      for (int j = rest - 1; j >= 0; j--) {
        h ^= (data[i + j] & 0xff) << 8 * j;
      }
      h *= M;
    }
    h ^= h >>> 13;
    h *= M;
    return h ^ h >>> 15;
  }
}

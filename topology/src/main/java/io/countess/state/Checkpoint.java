package io.countess.state;

import io.countess.count.VarInput;
import io.countess.count.VarOutput;
import io.countess.count.ZoneData;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * What a partition's state knows of the log: written with every flush, so it always fits the rows.
 */
public final class Checkpoint {
  /**
   * Which fold this is. It grows with each change by which the same log would give other decisions
   * or other rows. So an earlier version of the program leaves them alone.
   */
  static final int FOLD = 5;

  private static final int VERSION = 6;

  /** The form that did not say what follows, nor which flush wrote it. */
  private static final int WITHOUT_NEXT = 2;

  /** The form that knew of time only the highest timestamp. */
  private static final int WITHOUT_CLOCK = 3;

  /** The form that did not say which fold wrote it. */
  private static final int WITHOUT_FOLD = 4;

  /** The form that did not say what the rows add up to. */
  private static final int WITHOUT_SUM = 5;

  /** The form that did not name its log. */
  private static final int WITHOUT_LOG = 1;

  /** How far the floor is behind the highest time: how late a record may come. */
  public static final long LATENESS_MILLIS = 60_000;

  private final long[] sentTo;
  private final long[] foldedFrom;
  private LogId log = LogId.UNKNOWN;
  private long offset = -1;
  private long next;
  private long flushes;
  private long rowSum;
  private boolean summed = true;
  private boolean exact = true;
  private PartitionTime time = new PartitionTime();
  private long expirySequence;
  private String zoneData = ZoneData.EDITION;

  Checkpoint(int partitions) {
    sentTo = new long[partitions];
    foldedFrom = new long[partitions];
    Arrays.fill(sentTo, -1);
    Arrays.fill(foldedFrom, -1);
  }

  /** The id of the topic that was folded; {@link LogId#UNKNOWN} where that is not known. */
  public LogId log() {
    return log;
  }

  /** Takes note which topic is folded. */
  public void log(LogId id) {
    log = id;
  }

  /** The offset of the last record folded, or -1. */
  public long offset() {
    return offset;
  }

  /** Takes note that the record at this offset has been folded. */
  public void folded(long newOffset) {
    offset = newOffset;
    next = newOffset + 1;
  }

  /** Where the log goes on: every record before this offset has been folded. */
  public long next() {
    return next;
  }

  /** Takes note that no record stands before {@code offset} which has not been folded. */
  public void passedOver(long offset) {
    next = offset;
  }

  /**
   * Whether {@link #next} is known for sure. State of earlier versions knows its last record, and
   * not how much of the log behind that is no record.
   */
  public boolean isExact() {
    return exact;
  }

  /** How often the state has been written. */
  long flushes() {
    return flushes;
  }

  /** Takes note that a flush of this number was begun, whether it is there or not. */
  void begun(long flush) {
    flushes = Math.max(flushes, flush);
  }

  /** Takes note that the state is written once more; answers how often that was. */
  long flushed() {
    exact = true;
    return ++flushes;
  }

  /** What all rows added up to when this was written: see {@link RowSum}. */
  long rowSum() {
    return rowSum;
  }

  /** Whether that is known: state of earlier versions does not say so. */
  boolean isSummed() {
    return summed;
  }

  /** Takes note of what all rows add up to. */
  void rowSum(long sum) {
    rowSum = sum;
    summed = true;
  }

  /** No decision is made at an earlier instant. */
  public long floorMillis() {
    return time.floorMillis();
  }

  /** The latest time that a record showed. */
  public long highestMillis() {
    return time.highestMillis();
  }

  /** What the partition's clock shows. */
  public long clockMillis() {
    return time.clockMillis();
  }

  /** What has passed for ids at an instant. */
  public long ageAt(long millis) {
    return time.ageAt(millis);
  }

  /** Lets time pass to {@code millis}, if that is later than what was seen so far. */
  public void passTo(long millis) {
    time.passTo(millis);
  }

  PartitionTime time() {
    return time;
  }

  /** The offset of the last record forwarded to another partition, or -1. */
  public long sentTo(int partition) {
    return sentTo[partition];
  }

  /** Takes note of a record forwarded. */
  public void sent(int partition, long fromOffset) {
    sentTo[partition] = fromOffset;
  }

  /** The offset, in its own partition, of the last record folded that another one forwarded. */
  public long foldedFrom(int partition) {
    return foldedFrom[partition];
  }

  /** Takes note of a forwarded record folded. */
  public void received(int partition, long fromOffset) {
    foldedFrom[partition] = fromOffset;
  }

  /**
   * Which time zone data the JVM had that wrote this last; empty where that is not known. This
   * one's, until a row says otherwise.
   */
  public String zoneData() {
    return zoneData;
  }

  long nextExpirySequence() {
    return expirySequence++;
  }

  byte[] encode() {
    var out = new VarOutput(64);
    out.writeByte(VERSION).write(FOLD);
    out.write(ZoneData.EDITION.getBytes(StandardCharsets.US_ASCII)).write(sentTo.length);
    out.writeSigned(log.high()).writeSigned(log.low());
    out.writeSigned(offset).write(next).write(flushes).writeSigned(rowSum);
    time.write(out);
    out.write(expirySequence);
    for (int i = 0; i < sentTo.length; i++) {
      out.writeSigned(sentTo[i]).writeSigned(foldedFrom[i]);
    }
    return out.toBytes();
  }

  /**
   * The number of the flush that wrote a row; empty where it is of an earlier version.
   *
   * @throws NewerStateException where a later fold wrote it
   */
  static OptionalLong flushesOf(byte[] value) {
    var in = new VarInput(value);
    if (Head.read(in).version <= WITHOUT_NEXT) {
      return OptionalLong.empty();
    }
    for (int i = 0; i < 5; i++) {
      in.read(); // partitions, the two halves of the log's id, offset, next
    }
    return OptionalLong.of(in.read());
  }

  /**
   * Reads a row, or starts anew where there is none.
   *
   * @throws IllegalStateException where it was built with another number of partitions
   * @throws NewerStateException where a later fold wrote it
   */
  static Checkpoint decode(byte[] value, int partitions) {
    var checkpoint = new Checkpoint(partitions);
    if (value != null) {
      var in = new VarInput(value);
      Head head = Head.read(in);
      int version = head.version;
      checkpoint.zoneData = head.zoneData;
      long builtWith = in.read();
      if (builtWith != partitions) {
        throw new IllegalStateException(
            "the state was built with %d partitions, and the log now has %d"
                .formatted(builtWith, partitions));
      }
      if (version != WITHOUT_LOG) {
        checkpoint.log = new LogId(in.readSigned(), in.readSigned());
      }
      checkpoint.offset = in.readSigned();
      checkpoint.exact = version > WITHOUT_NEXT;
      checkpoint.next = checkpoint.exact ? in.read() : checkpoint.offset + 1;
      checkpoint.flushes = checkpoint.exact ? in.read() : 0;
      checkpoint.summed = version > WITHOUT_SUM;
      checkpoint.rowSum = checkpoint.summed ? in.readSigned() : 0;
      checkpoint.time =
          version > WITHOUT_CLOCK ? PartitionTime.read(in) : PartitionTime.of(in.read());
      checkpoint.expirySequence = in.read();
      for (int i = 0; i < partitions; i++) {
        checkpoint.sentTo[i] = in.readSigned();
        checkpoint.foldedFrom[i] = in.readSigned();
      }
    }
    return checkpoint;
  }

  /** What a row begins with: what follows can be read. */
  private record Head(int version, String zoneData) {
    static Head read(VarInput in) {
      int version = in.readByte();
      if (version < WITHOUT_LOG) {
        throw new IllegalStateException("state of the unknown version " + version);
      }
      long fold = version > WITHOUT_FOLD ? in.read() : FOLD;
      if (version > VERSION || fold > FOLD) {
        String form = "fold %d in form %d; this is fold %d in form %d";
        throw new NewerStateException(form.formatted(fold, version, FOLD, VERSION));
      }
      boolean named = version > WITHOUT_FOLD;
      return new Head(version, named ? new String(in.readBlock(), StandardCharsets.US_ASCII) : "");
    }
  }
}

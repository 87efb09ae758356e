package io.countess.event.codec;

import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import java.util.zip.ZipException;

/**
 * Unpacks gzip (RFC 1952) as its bytes come: members, any number of them, in whichever pieces. What
 * is broken is an error; so is what follows the last member, unless it is padded with zeros, as
 * tapes are. The JDK's own stream takes a pause between two members for the end on Java 17.
 */
public final class Gunzip implements AutoCloseable {
  private static final int DEFLATE = 8;
  private static final int HAS_CHECKSUM = 2;
  private static final int HAS_EXTRA = 4;
  private static final int HAS_NAME = 8;
  private static final int HAS_COMMENT = 16;
  private static final int RESERVED = 0xe0;
  private static final int FLAGS_AT = 3;

  private final Inflater inflater = new Inflater(true);
  private final CRC32 sum = new CRC32();
  private byte[] packed = {};
  private int from;
  private int to;
  private Part part = Part.HEADER;
  private long members;

  /** How many bytes of the part have been read, and the last eight of them. */
  private int read;

  private long last;
  private int flags;
  private int extraLength;

  private enum Part {
    HEADER,
    EXTRA_LENGTH,
    EXTRA,
    NAME,
    COMMENT,
    CHECKSUM,
    BODY,
    TRAILER
  }

  /** Gives more of the packed bytes; all that was given before must have been taken. */
  public void give(byte[] bytes, int start, int length) {
    if (from < to) {
      throw new IllegalStateException(to - from + " bytes are left");
    }
    packed = bytes;
    from = start;
    to = start + length;
  }

  /**
   * Takes what is unpacked.
   *
   * @return how many bytes; 0 where more has to be given first
   * @throws ZipException where it is no gzip, or broken
   */
  public int take(byte[] into, int start, int length) throws ZipException {
    while (true) {
      if (part == Part.BODY) {
        int count = inflate(into, start, length);
        if (count > 0 || part == Part.BODY) {
          return count;
        }
      }
      if (from == to) {
        return 0;
      }
      if (part != Part.BODY) {
        next(packed[from++] & 0xff);
      }
    }
  }

  /**
   * Says that nothing more comes.
   *
   * @throws ZipException where it should
   */
  public void end() throws ZipException {
    if (part != Part.HEADER || read > 0 || members == 0) {
      boolean isEmpty = members == 0 && part == Part.HEADER && read == 0;
      throw new ZipException(isEmpty ? "is empty, and so no gzip" : "is gzip that is cut short");
    }
  }

  /** Frees what it holds outside of the heap. */
  @Override
  public void close() {
    inflater.end();
  }

  private int inflate(byte[] into, int start, int length) throws ZipException {
    try {
      inflater.setInput(packed, from, to - from);
      int count = inflater.inflate(into, start, length);
      from = to - inflater.getRemaining();
      sum.update(into, start, count);
      if (inflater.needsDictionary()) {
        throw broken("it needs a dictionary");
      } else if (inflater.finished()) {
        begin(Part.TRAILER);
      }
      return count;
    } catch (DataFormatException malformed) {
      throw broken(malformed.getMessage());
    }
  }

  private void begin(Part next) {
    part = next;
    read = 0;
    last = 0;
  }

  private void next(int octet) throws ZipException {
    if (part == Part.HEADER && read == 0 && members > 0 && octet == 0) {
      return;
    }
    read++;
    last = last >>> 8 | (long) octet << 56;
    boolean isOver =
        switch (part) {
          case HEADER -> isHeader(octet);
          case EXTRA_LENGTH, CHECKSUM -> read == 2;
          case EXTRA -> read == extraLength;
          case NAME, COMMENT -> octet == 0;
          case TRAILER -> read == 8;
          case BODY -> throw new IllegalStateException();
        };
    if (isOver) {
      follow();
    }
  }

  /** Whether the fixed part of the header is complete. */
  private boolean isHeader(int octet) throws ZipException {
    boolean fits =
        switch (read) {
          case 1 -> octet == 0x1f;
          case 2 -> octet == 0x8b;
          case 3 -> octet == DEFLATE;
          case FLAGS_AT + 1 -> (octet & RESERVED) == 0;
          default -> true;
        };
    if (!fits) {
      throw new ZipException(
          members == 0 ? "is no gzip" : "is gzip that is followed by something else");
    }
    flags = read == FLAGS_AT + 1 ? octet : flags;
    return read == 10;
  }

  /** Goes on to the part that follows the one that is over. */
  private void follow() throws ZipException {
    if (part == Part.TRAILER) {
      endMember();
      return;
    } else if (part == Part.EXTRA_LENGTH) {
      extraLength = (int) (last >>> 48);
    }
    Part next = part;
    do {
      next = Part.values()[next.ordinal() + 1];
    } while (!isThere(next));
    begin(next);
  }

  private boolean isThere(Part next) {
    return switch (next) {
      case EXTRA_LENGTH -> (flags & HAS_EXTRA) != 0;
      case EXTRA -> part == Part.EXTRA_LENGTH && extraLength > 0;
      case NAME -> (flags & HAS_NAME) != 0;
      case COMMENT -> (flags & HAS_COMMENT) != 0;
      case CHECKSUM -> (flags & HAS_CHECKSUM) != 0;
      default -> true;
    };
  }

  private void endMember() throws ZipException {
    if ((last & 0xffffffffL) != sum.getValue()) {
      throw broken("its checksum is another one");
    } else if (last >>> 32 != (inflater.getBytesWritten() & 0xffffffffL)) {
      throw broken("its length is another one");
    }
    members++;
    sum.reset();
    inflater.reset();
    begin(Part.HEADER);
  }

  private static ZipException broken(String why) {
    return new ZipException("is gzip that is broken: " + why);
  }
}

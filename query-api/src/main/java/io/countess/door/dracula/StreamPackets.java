package io.countess.door.dracula;

import java.util.Arrays;

/**
 * Cuts a stream into packets. Each ends in a line that holds only a dot; what stands before that
 * may be short of its padding. White space before a packet is passed over as far as its first line
 * goes, which may be all of that line. Memory is bounded, however long a packet is.
 */
final class StreamPackets {
  /** What is kept of one packet; it is too large long before. */
  static final int MAX_KEPT = 8 * 1024;

  private static final int FIRST_KEPT = 2 * 1024;
  private static final int END_BYTES = 3;

  private byte[] kept = new byte[FIRST_KEPT];
  private int size;
  private boolean isLonger;
  private boolean inFirstLine = true;

  /** How many bytes of the end have been seen: a line feed, a dot, a line feed. */
  private int ofEnd;

  /** The packet that ends with this byte; null where none does. */
  Packet take(byte next) {
    keep(next);
    if (next != '\n') {
      ofEnd = next == '.' && ofEnd == 1 ? 2 : 0;
    } else if (inFirstLine) {
      endFirstLine();
    } else if (ofEnd == 2) {
      return end();
    } else {
      ofEnd = 1;
    }
    return null;
  }

  /** Whether a packet has begun that has not ended. */
  boolean hasBegun() {
    return size > 0;
  }

  private void keep(byte next) {
    if (size == kept.length && size < MAX_KEPT) {
      kept = Arrays.copyOf(kept, Math.min(MAX_KEPT, size * 2));
    }
    if (size < kept.length) {
      kept[size++] = next;
    } else {
      isLonger = true;
    }
  }

  private void endFirstLine() {
    int first = GoText.stripLeft(kept, 0, size);
    System.arraycopy(kept, first, kept, 0, size - first);
    size -= first;
    inFirstLine = false;
    ofEnd = size > 0 ? 1 : 0;
  }

  private Packet end() {
    int length = isLonger ? size : GoText.stripRight(kept, 0, size - END_BYTES);
    var packet = Packet.ofStream(kept, length, isLonger);
    size = 0;
    isLonger = false;
    inFirstLine = true;
    ofEnd = 0;
    return packet;
  }
}

package io.countess.door.dracula;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.countess.event.ByteString;
import java.util.Arrays;
import java.util.Optional;

/**
 * A request as it came, cut or filled up to 1500 bytes: at 0 the command, at 2 the hash (8 bytes),
 * at 11 the message id (4), at 16 the namespace (64), at 81 the data (1419), and blanks at 1, 10,
 * 15 and 80.
 */
final class Packet {
  static final int BYTES = 1500;
  static final int HASH_AT = 2;
  static final int HASH_BYTES = 8;
  static final int ID_AT = 11;
  static final int DATA_AT = 81;
  static final int DATA_BYTES = BYTES - DATA_AT;

  private static final int ID_END = 15;
  private static final int NAMESPACE_AT = 16;
  private static final int NAMESPACE_END = 80;

  /** Those whose data may be longer than fits: what is too much of it is cut off. */
  private static final String OF_ANY_LENGTH = "KLVTI";

  private final byte[] bytes;
  private final boolean tooLarge;

  private Packet(byte[] bytes, boolean tooLarge) {
    this.bytes = bytes;
    this.tooLarge = tooLarge;
  }

  /** One that came as a datagram: what is missing is NUL, and what is too much was never seen. */
  static Packet ofDatagram(byte[] content) {
    return new Packet(Arrays.copyOf(content, BYTES), false);
  }

  /**
   * One that came in a stream: what is missing is blank.
   *
   * @param length of it in {@code content}
   * @param isLonger whether there was more
   */
  static Packet ofStream(byte[] content, int length, boolean isLonger) {
    byte[] bytes = Arrays.copyOf(content, BYTES);
    if (length < BYTES) {
      Arrays.fill(bytes, length, BYTES, (byte) ' ');
    }
    return new Packet(bytes, isLonger || length > BYTES);
  }

  Verb verb() {
    return Verb.of(bytes[0]);
  }

  /** The first byte, as it stands in texts. */
  String letter() {
    return new String(bytes, 0, 1, ISO_8859_1);
  }

  /**
   * What is wrong with its form, in the words that clients know; the first thing in their order.
   */
  Optional<String> fault() {
    if (verb() == Verb.NONE) {
      return Optional.of("bad packet: invalid command byte");
    } else if (bytes[1] != ' ' || bytes[10] != ' ') {
      return Optional.of("bad packet: expected space 1");
    } else if (bytes[15] != ' ' || bytes[80] != ' ') {
      return Optional.of("bad packet: expected space 3");
    } else if (tooLarge && OF_ANY_LENGTH.indexOf(bytes[0]) < 0) {
      return Optional.of("bad packet: too large, size must be 1500 bytes");
    }
    return Optional.empty();
  }

  /** Without white space around it. */
  ByteString namespace() {
    return GoText.strip(bytes, NAMESPACE_AT, NAMESPACE_END);
  }

  /** Its data, without white space around it. */
  ByteString data() {
    return GoText.strip(bytes, DATA_AT, BYTES);
  }

  /** All of it, which nobody may change. */
  byte[] bytes() {
    return bytes;
  }

  /**
   * What answers it, but for the hash: with its id and its namespace as they came.
   *
   * @param data at most 1419 bytes, or more for lists; what is missing is blank
   */
  byte[] reply(char command, byte[] data) {
    byte[] reply = new byte[DATA_AT + Math.max(DATA_BYTES, data.length)];
    Arrays.fill(reply, (byte) ' ');
    reply[0] = (byte) command;
    System.arraycopy(bytes, ID_AT, reply, ID_AT, ID_END - ID_AT);
    System.arraycopy(bytes, NAMESPACE_AT, reply, NAMESPACE_AT, NAMESPACE_END - NAMESPACE_AT);
    System.arraycopy(data, 0, reply, DATA_AT, data.length);
    return reply;
  }
}

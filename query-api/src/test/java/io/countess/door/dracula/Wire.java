package io.countess.door.dracula;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/** Packets as clients make and read them, written from the description of the protocol alone. */
final class Wire {
  static final byte[] END = bytes("\n.\n");

  private Wire() {}

  /** What each char of the text is, as a byte. */
  static byte[] bytes(String text) {
    return text.getBytes(ISO_8859_1);
  }

  /** 1500 bytes with a right hash. */
  static byte[] packet(char command, long id, String secret, String namespace, String data) {
    byte[] packet = new byte[1500];
    Arrays.fill(packet, (byte) ' ');
    packet[0] = (byte) command;
    ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN).putInt(11, (int) id);
    System.arraycopy(bytes(namespace), 0, packet, 16, namespace.length());
    System.arraycopy(bytes(data), 0, packet, 81, data.length());
    System.arraycopy(hash(packet, secret), 0, packet, 2, 8);
    return packet;
  }

  /** A packet without a secret, with the id 7. */
  static byte[] packet(char command, String namespace, String data) {
    return packet(command, 7, "", namespace, data);
  }

  /** The reply that a packet should have: its id and its namespace with other data. */
  static byte[] reply(byte[] request, String secret, char command, byte[] data) {
    byte[] reply = Arrays.copyOf(request, 81 + Math.max(1419, data.length));
    reply[0] = (byte) command;
    Arrays.fill(reply, 81, reply.length, (byte) ' ');
    reply[1] = ' ';
    reply[10] = ' ';
    reply[15] = ' ';
    reply[80] = ' ';
    System.arraycopy(data, 0, reply, 81, data.length);
    System.arraycopy(hash(reply, secret), 0, reply, 2, 8);
    return reply;
  }

  static byte[] reply(byte[] request, char command, String data) {
    return reply(request, "", command, bytes(data));
  }

  /** The reply to a question for a number. */
  static byte[] number(byte[] request, long count) {
    return reply(request, "", (char) request[0], number(count));
  }

  static byte[] number(long count) {
    return ByteBuffer.allocate(4).order(ByteOrder.LITTLE_ENDIAN).putInt((int) count).array();
  }

  /** Eight bytes of secret, id, namespace and data, one after the other. */
  private static byte[] hash(byte[] packet, String secret) {
    var all = new ByteArrayOutputStream();
    all.writeBytes(bytes(secret));
    all.write(packet, 11, 4);
    all.write(packet, 16, 64);
    all.write(packet, 81, 1419);
    return Arrays.copyOf(all.toByteArray(), 8);
  }

  static byte[] join(byte[]... parts) {
    var all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}

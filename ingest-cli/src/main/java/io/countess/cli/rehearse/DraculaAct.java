package io.countess.cli.rehearse;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/** Packets of Dracula, by UDP and by TCP: a put and a count of each. */
final class DraculaAct implements Rehearsal.Act {
  private static final int PATIENCE_MILLIS = 20_000;
  private static final int KEYS = 5000;
  private static final int BYTES = 1500;
  private static final int ID_AT = 11;
  private static final int NAMESPACE_AT = 16;
  private static final int DATA_AT = 81;
  private static final byte[] END = {'\n', '.', '\n'};

  private final DatagramSocket datagrams = new DatagramSocket();
  private final Socket stream;
  private final DataInputStream in;
  private final Random random = new Random(4);
  private int id;

  DraculaAct(int port) throws IOException {
    datagrams.connect(InetAddress.getLoopbackAddress(), port);
    datagrams.setSoTimeout(PATIENCE_MILLIS);
    stream = new Socket(InetAddress.getLoopbackAddress(), port);
    stream.setSoTimeout(PATIENCE_MILLIS);
    in = new DataInputStream(stream.getInputStream());
  }

  @Override
  public void play() throws IOException {
    for (char command : new char[] {'P', 'C'}) {
      int key = random.nextInt(KEYS);
      byte[] answer = new byte[BYTES];
      datagrams.send(new DatagramPacket(packet(command, key), BYTES));
      datagrams.receive(new DatagramPacket(answer, BYTES));
      requireAnswer(command, answer);
      stream.getOutputStream().write(packet(command, key));
      stream.getOutputStream().write(END);
      in.readFully(answer);
      in.readFully(new byte[END.length]);
      requireAnswer(command, answer);
    }
  }

  private byte[] packet(char command, int key) {
    byte[] packet = new byte[BYTES];
    Arrays.fill(packet, (byte) ' ');
    packet[0] = (byte) command;
    ByteBuffer.wrap(packet).order(ByteOrder.LITTLE_ENDIAN).putInt(ID_AT, ++id);
    packet[NAMESPACE_AT] = 'd';
    int at = DATA_AT;
    for (char digit : Integer.toString(key).toCharArray()) {
      packet[at++] = (byte) digit;
    }
    System.arraycopy(packet, ID_AT, packet, 2, 4); // no key, so what is hashed stands as it is
    System.arraycopy(packet, NAMESPACE_AT, packet, 6, 4);
    return packet;
  }

  private static void requireAnswer(char command, byte[] answer) throws IOException {
    if (answer[0] != command) {
      String why = new String(answer, DATA_AT, BYTES - DATA_AT, US_ASCII).strip();
      throw why.contains("may have been") || why.contains("nothing was done")
          ? new Rehearsal.TooBusy(why)
          : new IOException("Dracula's " + command + " was answered with " + why);
    }
  }

  @Override
  public void close() throws IOException {
    datagrams.close();
    stream.close();
  }
}

package io.countess.door.dracula;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Optional;

/** A client over UDP. */
record UdpPeer(DatagramSocket socket, int port) implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int SILENCE_MILLIS = 300;

  static UdpPeer to(int port) {
    try {
      var socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
      return new UdpPeer(socket, port);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Sends a datagram, and waits for the answer. */
  byte[] ask(byte[] request) {
    send(request);
    return receive(PATIENCE_MILLIS).orElseThrow(() -> new AssertionError("no answer"));
  }

  void send(byte[] request) {
    try {
      var to = InetAddress.getLoopbackAddress();
      socket.send(new DatagramPacket(request, request.length, to, port));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  byte[] receive() {
    return receive(PATIENCE_MILLIS).orElseThrow(() -> new AssertionError("no answer"));
  }

  /** Whether nothing comes for a while. */
  boolean hearsNothing() {
    return receive(SILENCE_MILLIS).isEmpty();
  }

  private Optional<byte[]> receive(int millis) {
    var datagram = new DatagramPacket(new byte[65_535], 65_535);
    try {
      socket.setSoTimeout(millis);
      socket.receive(datagram);
      return Optional.of(Arrays.copyOf(datagram.getData(), datagram.getLength()));
    } catch (SocketTimeoutException silent) {
      return Optional.empty();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    socket.close();
  }
}

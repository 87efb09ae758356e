package io.countess.door.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;

/** A client on one connection that knows nothing but bytes; {@code ~} stands for a line end. */
record RespPeer(Socket socket) implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int SILENCE_MILLIS = 300;

  static RespPeer to(int port) {
    try {
      var socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      return new RespPeer(socket);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Sends a line of words, and reads as many bytes as are expected, to compare. */
  String ask(String line, String expected) {
    send(line + "~");
    return receive(expected.replace("~", "\r\n").length());
  }

  void send(String bytes) {
    sendBytes(bytes.replace("~", "\r\n").getBytes(ISO_8859_1));
  }

  void sendBytes(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  String receive(int length) {
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      return shown(socket.getInputStream().readNBytes(length));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Reads up to the end of the connection. */
  String receiveAll() {
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      return shown(socket.getInputStream().readAllBytes());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static String shown(byte[] bytes) {
    return new String(bytes, ISO_8859_1).replace("\r\n", "~");
  }

  /** Says that no more comes. */
  void endSending() {
    try {
      socket.shutdownOutput();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Whether nothing comes for a while, not even the end. */
  boolean hearsNothing() {
    try {
      socket.setSoTimeout(SILENCE_MILLIS);
      return socket.getInputStream().read() < -1;
    } catch (SocketTimeoutException silent) {
      return true;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    try {
      socket.close();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

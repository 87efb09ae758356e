package io.countess.door.dracula;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.util.Arrays;

/** A client over TCP, on one connection. */
record TcpPeer(Socket socket) implements AutoCloseable {
  private static final int PATIENCE_MILLIS = 10_000;
  private static final int SILENCE_MILLIS = 300;

  static TcpPeer to(int port) {
    try {
      var socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.setTcpNoDelay(true);
      return new TcpPeer(socket);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Sends a packet with its end, and reads an answer of the usual length without its end. */
  byte[] ask(byte[] request) {
    send(Wire.join(request, Wire.END));
    return receive();
  }

  void send(byte[] bytes) {
    try {
      socket.getOutputStream().write(bytes);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  byte[] receive() {
    return receive(1500);
  }

  /** Reads an answer of that length and its end, of which nothing is returned. */
  byte[] receive(int length) {
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      byte[] answer = socket.getInputStream().readNBytes(length);
      byte[] end = socket.getInputStream().readNBytes(3);
      if (!Arrays.equals(end, Wire.END)) {
        throw new AssertionError("no end after " + answer.length + " bytes");
      }
      return answer;
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Reads all answers up to the end of the connection. */
  byte[] receiveAll() {
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      return socket.getInputStream().readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Whether something comes before the end. */
  boolean hasAnswer() {
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      return socket.getInputStream().read() >= 0;
    } catch (IOException reset) {
      return false;
    }
  }

  /** Says that no more comes. */
  void endSending() {
    try {
      socket.shutdownOutput();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Whether the other end has closed, with nothing sent before. */
  boolean isEnded() {
    try {
      socket.setSoTimeout(PATIENCE_MILLIS);
      return socket.getInputStream().read() < 0;
    } catch (IOException reset) {
      return !(reset instanceof SocketTimeoutException);
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

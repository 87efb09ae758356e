package io.countess.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;

/** Ports of a server that are free now. */
record Ports(int kafka, int http) {
  static Ports free() {
    var here = InetAddress.getLoopbackAddress();
    try (var one = new ServerSocket(0, 1, here);
        var other = new ServerSocket(0, 1, here)) {
      return new Ports(one.getLocalPort(), other.getLocalPort());
    } catch (IOException failure) {
      throw new UncheckedIOException("there is no free port", failure);
    }
  }

  /** Where its Kafka is, as {@code host:port}. */
  String kafkaAddress() {
    return "127.0.0.1:" + kafka;
  }
}

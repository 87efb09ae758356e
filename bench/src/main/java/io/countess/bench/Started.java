package io.countess.bench;

import java.net.InetAddress;
import java.net.InetSocketAddress;

/**
 * A server that is ready.
 *
 * @param title under which it is shown
 * @param ports where it listens
 */
record Started(String title, ServerProcess process, Ports ports) {
  /** Where its HTTP is. */
  InetSocketAddress http() {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), ports.http());
  }
}

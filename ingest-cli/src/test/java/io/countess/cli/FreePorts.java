package io.countess.cli;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Ports of loopback that nobody listens on, for processes that are only about to start. None of
 * those that systems give to whoever asks for any: another process, or a connection, would have it
 * before.
 */
public final class FreePorts {
  private static final int FIRST = 20_000;
  private static final int END = 32_000;

  private FreePorts() {}

  /** Different ones: all are held until the last is found. */
  public static List<Integer> take(int howMany) throws IOException {
    var sockets = new ArrayList<ServerSocket>();
    try {
      while (sockets.size() < howMany) {
        int port = ThreadLocalRandom.current().nextInt(FIRST, END);
        try {
          sockets.add(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (BindException taken) {
          // Another one, then.
        }
      }
      return sockets.stream().map(ServerSocket::getLocalPort).toList();
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }
}

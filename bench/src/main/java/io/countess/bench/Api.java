package io.countess.bench;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Pattern;

/** What is asked over HTTP of a server that counts: of Countess, and of its yardsticks alike. */
final class Api {
  /** All that is counted. */
  static final String NAMESPACE = "/v1/namespaces/" + KeyDraw.NAMESPACE;

  /** Before the name of a key. */
  static final String KEYS = NAMESPACE + "/keys/";

  /** Where a server says whether it is ready. */
  static final String READY = "/readyz";

  private static final int ANSWER_MILLIS = 2000;
  private static final String GOOD = "HTTP/1.1 200";
  private static final Pattern COUNT = Pattern.compile("\"count\":(\\d+)");

  private Api() {}

  /** Whether a server says that it is ready. */
  static boolean isReady(int port) {
    return get(port, READY).isPresent();
  }

  /** Whether a server answers what the count of a key is. */
  static boolean answers(int port) {
    return get(port, KEYS + KeyDraw.name(0)).isPresent();
  }

  /** How many puts a server has counted; 0 where it does not answer. */
  static long counted(int port) {
    return get(port, NAMESPACE)
        .map(COUNT::matcher)
        .filter(count -> count.find())
        .map(count -> Long.parseLong(count.group(1)))
        .orElse(0L);
  }

  /** A request for a connection that is kept. */
  static byte[] request(String method, String path, String authority) {
    String length = method.equals("POST") ? "Content-Length: 0\r\n" : "";
    return (method + " " + path + " HTTP/1.1\r\nHost: " + authority + "\r\n" + length + "\r\n")
        .getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The whole answer; empty where there is none that is good. */
  private static Optional<String> get(int port, String path) {
    String request = "GET " + path + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      byte[] answer = socket.getInputStream().readAllBytes();
      return Optional.of(new String(answer, StandardCharsets.ISO_8859_1))
          .filter(text -> text.startsWith(GOOD));
    } catch (IOException notYet) {
      return Optional.empty();
    }
  }
}

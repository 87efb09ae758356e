package io.countess.bench;

import io.countess.server.Setting;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A real {@code serve}; ready when it has answered a count over HTTP. */
record CountessServer(Plan plan) implements Startable {
  /** Long enough that no key expires while this measures. */
  private static final String TTL = "1d";

  private static final int ANSWER_MILLIS = 2000;
  private static final String GOOD = "HTTP/1.1 200";
  private static final byte[] REQUEST =
      ("GET /v1/namespaces/%s/keys/%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
          .formatted(KeyDraw.NAMESPACE, KeyDraw.name(0))
          .getBytes(StandardCharsets.ISO_8859_1);

  @Override
  public String title() {
    return Folding.COUNTESS;
  }

  @Override
  public String group() {
    return plan.countess(Path.of("unused")).runtime().applicationId();
  }

  @Override
  public List<String> command(Path data, int kafkaPort, int httpPort) {
    Map<Setting, String> settings = plan.settings(data);
    settings.put(Setting.KAFKA_PORT, Integer.toString(kafkaPort));
    settings.put(Setting.HTTP_PORT, Integer.toString(httpPort));
    settings.put(Setting.DEFAULT_TTL, TTL);
    var arguments = new ArrayList<>(List.of("serve"));
    settings.forEach((setting, value) -> arguments.addAll(List.of(setting.flag(), value)));
    return OwnProgram.countess(arguments);
  }

  @Override
  public boolean isReady(int httpPort, Path output) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), httpPort)) {
      socket.setSoTimeout(ANSWER_MILLIS);
      socket.getOutputStream().write(REQUEST);
      byte[] status = socket.getInputStream().readNBytes(GOOD.length());
      return new String(status, StandardCharsets.ISO_8859_1).equals(GOOD);
    } catch (IOException notYet) {
      return false;
    }
  }
}

package io.countess.door.metricnexus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.server.Countess;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/** Whatever comes, there is an answer where there can be one, and the door goes on. */
class RestFuzzTest {
  private static Path data;
  private static Countess countess;
  private static NexusPeer peer;

  @BeforeContainer
  static void open() throws IOException, InterruptedException {
    data = Files.createTempDirectory("nexus-fuzz");
    countess = Nexus.start(data, "memory", Map.of());
    peer = Nexus.peer(countess);
    peer.post("/alive", "");
  }

  @AfterContainer
  static void close() throws IOException {
    countess.close();
    try (var all = Files.walk(data)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }

  @Provide
  static Arbitrary<String> segments() {
    Arbitrary<String> known = Arbitraries.of("inc", "dec", "add", "sub", "__metrics", "m", "");
    Arbitrary<String> any = Arbitraries.strings().withCharRange('!', '~').ofMaxLength(12);
    return Arbitraries.frequencyOf(Tuple.of(2, known), Tuple.of(1, any));
  }

  @Provide
  static Arbitrary<String> methods() {
    return Arbitraries.of("GET", "POST", "PUT", "DELETE", "HEAD", "PATCH", "OPTIONS", "X");
  }

  @Property(tries = 300)
  void shouldAnswerAnyRequest(
      @ForAll @From("methods") String method,
      @ForAll @From("segments") String first,
      @ForAll @From("segments") String second,
      @ForAll @Size(max = 60) byte[] body) {
    String path = "/" + first.replace("?", "") + "/" + second;
    assertThat(peer.ask(method, path, body).status())
        .as(method + " " + path)
        .isIn(200, 201, 204, 400, 404, 405, 501);
    assertThat(peer.get("/alive")).isEqualTo("200 0");
  }

  /** Bytes that are no request, or the beginning of one. */
  @Property(tries = 100)
  void shouldOutliveAnyBytes(@ForAll @Size(max = 200) byte[] bytes) throws IOException {
    try (var socket = peer.connect()) {
      socket.getOutputStream().write("PUT /alive/add HTTP/1.1\r\n".getBytes(ISO_8859_1));
      socket.getOutputStream().write(bytes);
    }
    try (var plain = new Socket(InetAddress.getLoopbackAddress(), peer.port())) {
      plain.getOutputStream().write(bytes);
    }
    assertThat(peer.get("/alive")).isEqualTo("200 0");
  }
}

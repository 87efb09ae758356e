package io.countess.door.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.door.net.Leaks;
import io.countess.event.ByteString;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever comes, there is an answer where there can be one, and the door goes on. More of it with
 * {@code -Djqwik.tries.default=…} for the parser.
 */
class RespFuzzTest {
  private static RedisDoor door;

  @BeforeContainer
  static void open() {
    Leaks.requireWatch();
    door = new RedisFakes().open();
  }

  @AfterContainer
  static void close() {
    door.close();
    Leaks.requireNone();
  }

  /** However a stream is cut, the same requests are in it. */
  @Property
  void shouldReadWhatWasSent(
      @ForAll @Size(max = 5) List<@Size(min = 1, max = 5) List<@Size(max = 300) byte[]>> requests,
      @ForAll @IntRange(min = 1, max = 700) int step)
      throws ProtocolException {
    var stream = new ByteArrayOutputStream();
    requests.forEach(request -> stream.writeBytes(encoded(request)));
    List<List<ByteString>> found = parsed(stream.toByteArray(), step);
    assertThat(found)
        .isEqualTo(requests.stream().map(it -> it.stream().map(ByteString::of).toList()).toList());
  }

  private static byte[] encoded(List<byte[]> request) {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(("*" + request.size() + "\r\n").getBytes(ISO_8859_1));
    for (byte[] arg : request) {
      bytes.writeBytes(("$" + arg.length + "\r\n").getBytes(ISO_8859_1));
      bytes.writeBytes(arg);
      bytes.writeBytes(new byte[] {'\r', '\n'});
    }
    return bytes.toByteArray();
  }

  private static List<List<ByteString>> parsed(byte[] stream, int step) throws ProtocolException {
    var parser = new RequestParser();
    parser.known(true);
    var found = new ArrayList<List<ByteString>>();
    for (int at = 0; at < stream.length; at += step) {
      parser.take(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + step)));
      for (Args args = parser.next(); args != null; args = parser.next()) {
        found.add(args.all());
      }
    }
    assertThat(parser.hasBegun()).isFalse();
    return found;
  }

  /** Bytes that mean something to the parser come more often than others. */
  @Provide
  Arbitrary<String> streams() {
    Arbitrary<String> parts =
        Arbitraries.of(
            "*",
            "$",
            "\r\n",
            "\n",
            "1",
            "2",
            "-1",
            "*1\r\n$4\r\nPING\r\n",
            "PING\r\n",
            "\"",
            "'",
            "\\x4",
            "\0",
            " ",
            "$4\r\n",
            "*2\r\n",
            "99999",
            "\u00ff",
            "HELLO 3\r\n",
            "SELECT x\r\n",
            "CLIENT LIST\r\n",
            "COMMAND\r\n",
            "RESET\r\n");
    return parts.list().ofMaxSize(30).map(all -> String.join("", all));
  }

  /** Cut anywhere, a stream has the same requests in it, up to the same error. */
  @Property
  void shouldNotMindWhereAnythingIsCut(
      @ForAll("streams") String text, @ForAll @IntRange(min = 1, max = 9) int step) {
    byte[] stream = text.getBytes(ISO_8859_1);
    assertThat(outcome(stream, step)).isEqualTo(outcome(stream, Math.max(1, stream.length)));
  }

  private static String outcome(byte[] stream, int step) {
    var found = new StringBuilder();
    var parser = new RequestParser();
    try {
      for (int at = 0; at < stream.length; at += step) {
        parser.take(Arrays.copyOfRange(stream, at, Math.min(stream.length, at + step)));
        for (Args args = parser.next(); args != null; args = parser.next()) {
          found.append(args.all());
        }
      }
    } catch (ProtocolException broken) {
      found.append(broken.getMessage());
    }
    return found.toString();
  }

  /** A whole door answers, or ends the connection after it has said why; and goes on for others. */
  @Property(tries = 150)
  void shouldAnswerOrEnd(@ForAll("streams") String text) {
    try (RespPeer peer = RespPeer.to(door.port())) {
      peer.sendBytes(text.getBytes(ISO_8859_1));
      peer.endSending();
      assertThat(peer.receiveAll()).matches("(?s)(|.*~)");
    }
    try (RespPeer other = RespPeer.to(door.port())) {
      assertThat(other.ask("PING", "+PONG~")).isEqualTo("+PONG~");
    }
  }
}

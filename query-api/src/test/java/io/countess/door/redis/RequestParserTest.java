package io.countess.door.redis;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** How a stream is cut into requests, and where it is broken off: all of it as Redis does it. */
class RequestParserTest {
  private final RequestParser parser = new RequestParser();

  private List<List<String>> read(String bytes) throws ProtocolException {
    parser.known(true);
    parser.take(bytes.getBytes(ISO_8859_1));
    return all();
  }

  private List<List<String>> all() throws ProtocolException {
    var requests = new ArrayList<List<String>>();
    for (Args args = parser.next(); args != null; args = parser.next()) {
      requests.add(args.all().stream().map(Args::text).toList());
    }
    return requests;
  }

  @Test
  void shouldReadArraysOfBulkStrings() throws ProtocolException {
    assertThat(read("*2\r\n$3\r\nGET\r\n$5\r\na\r\n b\r\n*1\r\n$4\r\nPING\r\n*1\r\n$0\r\n\r\n"))
        .containsExactly(List.of("GET", "a\r\n b"), List.of("PING"), List.of(""));
    assertThat(parser.hasBegun()).isFalse();
  }

  @Test
  void shouldPassOverEmptyRequests() throws ProtocolException {
    assertThat(read("\r\n*0\r\n*-1\r\n  \r\n\nPING\r\n")).containsExactly(List.of("PING"));
  }

  @Test
  void shouldNotMindWhatEndsABulkString() throws ProtocolException {
    assertThat(read("*1\r\n$4\r\nPINGxxECHO a\n"))
        .containsExactly(List.of("PING"), List.of("ECHO", "a"));
  }

  @Test
  void shouldReadTheWordsOfALine() throws ProtocolException {
    assertThat(
            read(
                "SET  \"a b\" 'c\\'d'\t\"\\x41\\n\\q\\\\\"\r\n"
                    + "ECHO ab\"c d\"\r\n"
                    + "ECHO '\\n' \"\"\n"))
        .containsExactly(
            List.of("SET", "a b", "c'd", "A\nq\\"),
            List.of("ECHO", "abc d"),
            List.of("ECHO", "\\n", ""));
  }

  @Test
  void shouldReadByteByByte() throws ProtocolException {
    String stream = "*2\r\n$4\r\nECHO\r\n$2\r\n\r\n\r\nPING x\r\n*1\r\n$4\r\nQUIT\r\n";
    var requests = new ArrayList<List<String>>();
    for (int i = 0; i < stream.length(); i++) {
      requests.addAll(read(stream.substring(i, i + 1)));
    }
    assertThat(requests)
        .containsExactly(List.of("ECHO", "\r\n"), List.of("PING", "x"), List.of("QUIT"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "*a~| invalid multibulk length",
        "*~| invalid multibulk length",
        "*1025~| invalid multibulk length",
        "*99999999999999999999~| invalid multibulk length",
        "*1~:1~| expected '$', got ':'",
        "*1~*1~| expected '$', got '*'",
        "*1~$-1~| invalid bulk length",
        "*1~$x~| invalid bulk length",
        "*1~$65537~| invalid bulk length",
        "*2~$1~a~$65536~| invalid bulk length",
        "GET \"a~| unbalanced quotes in request",
        "GET 'a'b~| unbalanced quotes in request",
        "GET \"a\\\"~| unbalanced quotes in request",
      })
  void shouldBreakOffWhereNobodyKnowsWhatComesNext(String bytes, String rule) {
    assertThatThrownBy(() -> read(bytes.replace("~", "\r\n")))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("Protocol error: " + rule);
  }

  @ParameterizedTest
  @ValueSource(strings = {"a", "*", "*1\r\n$"})
  void shouldNotReadALineForEver(String begin) throws ProtocolException {
    assertThat(read(begin)).isEmpty();
    assertThat(parser.hasBegun()).isTrue();
    assertThatThrownBy(() -> read("1".repeat(70_000)))
        .hasMessage(
            "Protocol error: too big "
                + (begin.equals("a")
                    ? "inline request"
                    : begin.equals("*") ? "mbulk count string" : "bulk count string"));
  }

  @Test
  void shouldTakeLessFromOneWhoHasNotLoggedIn() {
    parser.take("*11\r\n".getBytes(ISO_8859_1));
    assertThatThrownBy(parser::next).hasMessage("Protocol error: unauthenticated multibulk length");

    var other = new RequestParser();
    other.take("*1\r\n$16385\r\n".getBytes(ISO_8859_1));
    assertThatThrownBy(other::next).hasMessage("Protocol error: unauthenticated bulk length");
  }

  @Test
  void shouldTakeTheLargestRequest() throws ProtocolException {
    String half = "x".repeat(RequestParser.MAX_BYTES / 2);
    String bulk = "$" + half.length() + "\r\n" + half + "\r\n";
    assertThat(read("*2\r\n" + bulk + bulk)).containsExactly(List.of(half, half));
    assertThat(read("*1024\r\n" + "$1\r\nx\r\n".repeat(1024)).get(0)).hasSize(1024);
  }
}

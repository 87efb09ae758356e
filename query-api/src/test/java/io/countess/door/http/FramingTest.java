package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Where a body begins and ends: what can't be told for sure is refused, and says why. */
class FramingTest {
  private static final String PUT = "POST /v1/namespaces/n/keys/k HTTP/1.1\r\nHost: localhost\r\n";
  private static final String CHUNKS = "7\r\n{\"n\":1}\r\n0\r\n\r\n";

  @RegisterExtension final Api api = new Api();

  /** The server closes, as the test reads until it does. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Transfer-Encoding: gzip, chunked\r\n",
        "Transfer-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n",
        "Transfer-Encoding: deflate,chunked\r\n",
      })
  void shouldNotTakeATransferCodingForNothing(String header) {
    assertThat(api.raw(PUT + header + "\r\n" + CHUNKS))
        .startsWith("HTTP/1.1 501")
        .contains("urn:countess:problem:not-implemented", "is not read here; chunked is");
    assertThat(api.commands.taken).isEmpty();
  }

  @Test
  void shouldTakeChunks() {
    String header = "Transfer-Encoding: Chunked\r\nConnection: close\r\n\r\n";

    assertThat(api.raw(PUT + header + CHUNKS)).startsWith("HTTP/1.1 200");
    assertThat(api.commands.taken).hasSize(1);
  }

  @Test
  void shouldNotTakeChunksInTheOldProtocol() {
    String request = PUT.replace("1.1", "1.0") + "Transfer-Encoding: chunked\r\n\r\n" + CHUNKS;

    assertThat(api.raw(request))
        .startsWith("HTTP/1.1 400")
        .contains("Transfer-Encoding is not in HTTP/1.0");
    assertThat(api.commands.taken).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "Content-Length: +7,Invalid Content-Length Value",
    "Content-Length: -7,Invalid Content-Length Value",
    "Content-Length: 7 7,Invalid Content-Length Value",
  })
  void shouldBlameTheLengthAndNotThePath(String header, String detail) {
    assertThat(api.raw(PUT + header + "\r\n\r\n{\"n\":1}"))
        .startsWith("HTTP/1.1 400")
        .contains(detail)
        .doesNotContain("path");
  }

  @Test
  void shouldBuildNoTunnels() {
    assertThat(api.raw("CONNECT example.com:80 HTTP/1.1\r\nHost: example.com:80\r\n\r\n"))
        .startsWith("HTTP/1.1 501")
        .contains("CONNECT is not done here: this server is no proxy");
  }
}

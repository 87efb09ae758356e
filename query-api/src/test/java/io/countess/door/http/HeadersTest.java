package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.Count;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.Position;
import io.countess.query.Command;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a header names is the same as where a body names it. */
class HeadersTest {
  private static final CounterName ALICE = CounterName.of("logins", "alice");
  private static final String PATH = "/v1/namespaces/logins/keys/alice";
  private static final String KEY = "Idempotency-Key";

  @RegisterExtension final Api api = new Api();

  @ParameterizedTest
  @ValueSource(strings = {"é-9", "заказ 7", "🦀", "a\\b", "it's", "1+1=2"})
  void shouldBeOneIdInTheHeaderAndInTheBody(String id) {
    String json = id.replace("\\", "\\\\");

    api.post(PATH, "{\"id\":\"" + json + "\"}");
    sendWith(KEY + ": " + id, StandardCharsets.UTF_8);
    sendWith(KEY + ": \"" + json + "\"", StandardCharsets.UTF_8);

    var put = Command.of(ALICE, new Event.Put(1, Optional.empty(), Optional.of(id)));
    assertThat(api.commands.taken).containsExactly(put, put, put);
  }

  @Test
  void shouldCountTheBytesOfAnIdAsTheyWereSent() {
    assertThat(sendWith(KEY + ": " + "é".repeat(64), StandardCharsets.UTF_8))
        .startsWith("HTTP/1.1 200");
    assertThat(sendWith(KEY + ": " + "é".repeat(65), StandardCharsets.UTF_8))
        .startsWith("HTTP/1.1 400")
        .contains(KEY + " takes 130 bytes of UTF-8; it must take 1 to 128");
  }

  @ParameterizedTest
  @ValueSource(strings = {KEY, "If-Match", "Countess-Position"})
  void shouldNotGuessWhatIsNotUtf8(String header) {
    assertThat(sendWith(header + ": é-9", StandardCharsets.ISO_8859_1))
        .startsWith("HTTP/1.1 400")
        .contains("is not UTF-8", "\"field\":\"" + header + "\"");
    assertThat(api.commands.taken).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiter = '|',
      value = {
        "\"order|is \"order; what starts with a quotation mark must end with one",
        "\"a\"b|is \"a\"b; what starts with a quotation mark must end with one",
        "\"a\"; p=1|is \"a\"; p=1; what starts with a quotation mark must end with one",
        "\"a\\b\"|is \"a\\b\"; in quotes a backslash may only stand before \" or \\",
      })
  void shouldRefuseQuotesThatAreNone(String header, String rule) {
    var response = api.post(PATH, "", KEY, header);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Api.json(response).get("detail").asText()).isEqualTo(KEY + " " + rule);
  }

  @Test
  void shouldPutAPositionTogetherFromSeveralLines() {
    api.queries.find(new Count(ALICE, 3, OptionalLong.empty(), 7));

    api.get(PATH, "Countess-Position", "0@17", "Countess-Position", "3@4");

    assertThat(api.queries.demands.get(0).position())
        .isEqualTo(Position.of(0, 17).and(Position.of(3, 4)));
  }

  private String sendWith(String header, Charset charset) {
    boolean reads = header.startsWith("Countess-");
    String method = reads ? "GET " : header.startsWith("If-") ? "PUT " : "POST ";
    String path = header.startsWith("If-") ? "/v1/namespaces/n" : PATH;
    String body = header.startsWith("If-") ? "{\"policy\":null}" : "";
    String request =
        "%s%s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n%s\r\n\r\n%s"
            .formatted(method, path, body.length(), header, body);
    return api.raw(request.getBytes(charset));
  }
}

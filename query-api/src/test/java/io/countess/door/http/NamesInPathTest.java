package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.Count;
import io.countess.event.CounterName;
import io.countess.query.Question;
import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Names arrive as they were sent, whatever a path usually means. */
class NamesInPathTest {
  @RegisterExtension final Api api = new Api();

  @BeforeEach
  void findAnything() {
    api.queries.findBy(
        question -> new Count(((Question.CountOf) question).counter(), 1, OptionalLong.empty(), 7));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      value = {
        "a%2Fb,a/b",
        "a%2F..%2Fb,a/../b",
        "..,..",
        "%2e%2E,..",
        ".,.",
        "..%2f..%2f..%2f..%2f..,../../../../..",
        "..;x,..;x",
        "a;b=c,a;b=c",
        "a%3Bb,a;b",
        "a+b,a+b",
        "a%20b,a b",
        "100%25,100%",
        "%252F,%2F",
        "a%0D%0Ab,`a\r\nb`",
        "a|b\"<>^`{}\\,a|b\"<>^`{}\\",
        "%E4%B8%AD,中",
        "é,é",
        "~!$&'()*=:@,~!$&'()*=:@",
      })
  void shouldTakeAKeyAsItWasSent(String sent, String key) {
    assertThat(api.rawGet("/v1/namespaces/%2E%2E/keys/" + sent)).startsWith("HTTP/1.1 200");
    assertThat(api.queries.asked)
        .containsExactly(new Question.CountOf(CounterName.of("..", key), OptionalLong.empty()));
  }

  @Test
  void shouldTakeTheLongestNames() {
    String key = "%E4%B8%AD".repeat(1365) + "%21";
    String namespace = "%C3%A9".repeat(32);

    assertThat(api.rawGet("/v1/namespaces/" + namespace + "/keys/" + key))
        .startsWith("HTTP/1.1 200");
  }

  @Test
  void shouldRefuseNamesThatAreTooLong() {
    String key = "x".repeat(4097);
    String namespace = "x".repeat(65);

    assertThat(api.rawGet("/v1/namespaces/n/keys/" + key))
        .startsWith("HTTP/1.1 400")
        .contains("key is 4097 bytes long; at most 4096 bytes are allowed");
    assertThat(api.rawGet("/v1/namespaces/" + namespace + "/keys/k"))
        .startsWith("HTTP/1.1 400")
        .contains("namespace is 65 bytes long; at most 64 bytes are allowed");
    for (String path : new String[] {"", "/keys", "/top", "/policy/history"}) {
      assertThat(api.rawGet("/v1/namespaces/" + namespace + path))
          .startsWith("HTTP/1.1 400")
          .contains("namespace is 65 bytes long; at most 64 bytes are allowed");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "/v1/namespaces/n/keys/,key is empty",
    "/v1/namespaces//keys/k,namespace is empty",
    "/v1/namespaces/n/keys/%FF,key is not UTF-8",
    "/v1/namespaces/%C0%AF/keys/k,namespace is not UTF-8",
    "/v1/namespaces/n/keys/%ED%A0%80,key is not UTF-8",
    "/v1/namespaces/n/keys/%00,the path can't be read: each '%' in it must",
  })
  void shouldSendNamesThatNoPathCanHoldToTheOtherDoor(String path, String detail) {
    assertThat(api.rawGet(path))
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json", detail, "use /v1/counter?nsBase64=&keyBase64=");
  }

  /** As they are in a request's first line, not percent-encoded. */
  @ParameterizedTest
  @CsvSource({
    "/v1/namespaces/n/keys/uÿ,key",
    "/v1/namespaces/n/keys/u%20ÿ,key",
    "/v1/namespaces/À¯/keys/k,namespace",
    "/v1/namespaces/n/keys/í ,key",
    "/v1/namespaces/n/keys?match=ÿ,match",
  })
  void shouldRefuseBytesThatAreNotUtf8(String latin1, String field) {
    String request = "GET " + latin1 + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";

    assertThat(api.raw(request.getBytes(StandardCharsets.ISO_8859_1)))
        .startsWith("HTTP/1.1 400")
        .contains("\"detail\":\"" + field + " holds bytes that are not UTF-8");
    assertThat(api.queries.asked).isEmpty();
  }

  @Test
  void shouldTakeTheSignForWhatCouldNotBeReadWhereItIsMeant() {
    assertThat(api.rawGet("/v1/namespaces/n/keys/%EF%BF%BD")).startsWith("HTTP/1.1 200");
    assertThat(api.queries.asked)
        .containsExactly(new Question.CountOf(CounterName.of("n", "\ufffd"), OptionalLong.empty()));
  }

  @ParameterizedTest
  @CsvSource({"%", "%2", "%zz", "a%b"})
  void shouldRefuseBadPercentEncoding(String key) {
    assertThat(api.rawGet("/v1/namespaces/n/keys/" + key))
        .startsWith("HTTP/1.1 400")
        .contains("application/problem+json", "urn:countess:problem:malformed-request")
        .contains("must be followed by two hexadecimal digits, as %25 is for '%' itself");
  }
}

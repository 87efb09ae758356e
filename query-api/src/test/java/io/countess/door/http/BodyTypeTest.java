package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which types and encodings of bodies are read, and that a refusal says which. */
class BodyTypeTest {
  private static final String PATH = "/v1/namespaces/logins/keys/alice";
  private static final String LINE = "{\"namespace\":\"n\",\"key\":\"k\"}\n";

  @RegisterExtension final Api api = new Api();

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/json",
        "Application/JSON; charset=UTF-8",
        "application/json;charset=\"utf-8\"",
        "application/json; charset=us-ascii",
        "application/merge-patch+json",
        "application/x-ndjson",
        "application/octet-stream",
        "application/x-www-form-urlencoded",
        "text/plain; charset=utf-8",
      })
  void shouldReadJsonUnderTheNamesThatItComesUnder(String type) {
    assertThat(api.post(PATH, "{\"n\":2}", "Content-Type", type).statusCode()).isEqualTo(200);
    assertThat(api.post("/v1/events", "", "Content-Type", type).statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "application/xml|send application/json, or no type",
        "text/html|send application/json, or no type",
        "text/csv; charset=utf-8|send application/json, or no type",
        "multipart/form-data; boundary=x|send application/json, or no type",
        "application/json; charset=utf-16|bodies are UTF-8",
        "text/plain;charset=iso-8859-1|bodies are UTF-8",
      })
  void shouldSayWhichTypeIsReadInsteadOfAnother(String type, String instead) {
    for (String path : new String[] {PATH, "/v1/events"}) {
      var response = api.post(path, "{}", "Content-Type", type);

      assertThat(response.statusCode()).isEqualTo(415);
      assertThat(response.headers().firstValue("Accept")).hasValue("application/json");
      assertThat(Api.json(response).get("detail").asText())
          .isEqualTo("Content-Type " + type + " is not read here; " + instead);
    }
    assertThat(api.commands.taken).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "x-gzip", "GZIP"})
  void shouldReadGzipUnderBothOfItsNames(String encoding) throws IOException {
    var zipped = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(zipped)) {
      out.write(LINE.getBytes(StandardCharsets.UTF_8));
    }
    var load =
        api.request("/v1/events", "Content-Encoding", encoding)
            .POST(BodyPublishers.ofByteArray(zipped.toByteArray()));

    assertThat(api.send(load).statusCode()).isEqualTo(200);
    assertThat(api.commands.taken).hasSize(1);
  }

  @Test
  void shouldSayWhichEncodingIsReadInsteadOfAnother() {
    var load = api.post("/v1/events", LINE, "Content-Encoding", "br");
    var put = api.post(PATH, "{}", "Content-Encoding", "gzip");

    assertThat(load.statusCode()).isEqualTo(415);
    assertThat(load.headers().firstValue("Accept-Encoding")).hasValue("gzip, identity");
    assertThat(Api.json(load).get("detail").asText())
        .isEqualTo("Content-Encoding br is not read here; gzip is");
    assertThat(put.statusCode()).isEqualTo(415);
    assertThat(put.headers().firstValue("Accept-Encoding")).hasValue("identity");
  }

  @Test
  void shouldSayOfAnEmptyBodyThatItIsNoGzip() {
    var response = api.post("/v1/events", "", "Content-Encoding", "gzip");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Api.json(response).get("detail").asText())
        .isEqualTo("the body is empty, and so no gzip");
  }
}

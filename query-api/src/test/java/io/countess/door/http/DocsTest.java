package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DocsTest {
  @RegisterExtension final Api api = new Api("a-key-of-all-scopes");

  @Test
  void shouldLeadToThePage() {
    var response = api.get("/");

    assertThat(response.statusCode()).isEqualTo(302);
    assertThat(response.headers().firstValue("Location")).hasValue("docs");
  }

  @Test
  void shouldShowAPageThatNeedsNothingFromElsewhereAndNoKey() {
    var page = api.get("/docs");

    assertThat(page.statusCode()).isEqualTo(200);
    assertThat(page.headers().firstValue("Content-Type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("text/html"));
    assertThat(page.headers().firstValue("Content-Security-Policy"))
        .hasValueSatisfying(policy -> assertThat(policy).contains("script-src 'self';"));
    assertThat(page.body()).doesNotContain("http:", "https:");
    var links = Pattern.compile("(?:src|href)=\"([^\"]+)\"").matcher(page.body());
    int found = 0;
    while (links.find()) {
      found++;
      var file = api.get("/" + links.group(1));
      assertThat(file.statusCode()).as(links.group(1)).isEqualTo(200);
      assertThat(file.body()).isNotEmpty();
    }
    assertThat(found).isEqualTo(4);
    assertThat(api.get("/openapi.json").statusCode()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/docs/index.html",
        "/docs/..%2Fopenapi.json",
        "/docs/%2e%2e",
        "/docs/",
        "/docs/a/b"
      })
  void shouldServeNoOtherFile(String path) {
    assertThat(api.rawGet(path))
        .startsWith("HTTP/1.1 404")
        .contains("urn:countess:problem:not-found");
  }
}

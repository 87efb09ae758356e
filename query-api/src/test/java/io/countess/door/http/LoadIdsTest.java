package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The ids of a load's lines. */
class LoadIdsTest {
  private static final String LINE = "{\"namespace\":\"n\",\"key\":\"k\"}";

  @RegisterExtension final Api api = new Api();

  @Test
  void shouldGoOnWithTheLinesOfALoad() {
    String lines = LINE + "\n\nbad";

    var report =
        Api.json(api.post("/v1/events?firstLine=41", lines, "Idempotency-Key", "job+250000"));

    assertThat(api.commands.taken)
        .extracting(it -> it.event().id())
        .containsExactly(Optional.of("job+250000#41"));
    assertThat(report.at("/errors/0/line").asInt()).isEqualTo(43);
    assertThat(api.post("/v1/events?firstLine=0", lines).body())
        .contains("firstLine is 0; it must be 1 or more");
  }

  @Test
  void shouldTakeAKeyToWhichTheNumberOfAnyLineCanBeAdded() {
    String key = "k".repeat(108);

    var report = api.post("/v1/events?firstLine=2147483647", LINE, "Idempotency-Key", key);

    assertThat(Api.json(report).get("errors")).isEmpty();
    assertThat(api.commands.taken)
        .extracting(it -> it.event().id())
        .containsExactly(Optional.of(key + "#2147483647"));
  }

  @Test
  void shouldRefuseALongerOneBeforeAnyLine() {
    var refused = api.post("/v1/events", LINE, "Idempotency-Key", "k".repeat(109));

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(Api.json(refused).get("detail").asText())
        .isEqualTo(
            "Idempotency-Key takes 109 bytes of UTF-8; for a load it may take at most 108, since"
                + " each line's number is added");
    assertThat(api.commands.taken).isEmpty();
  }
}

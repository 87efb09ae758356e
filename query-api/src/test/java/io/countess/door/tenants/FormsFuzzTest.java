package io.countess.door.tenants;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.UUID;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** What callers send, in whatever form. */
class FormsFuzzTest {
  private static final String ID = "0188f3a0-5c1e-7abc-8def-0123456789ab";

  @Test
  void shouldReadIdsAsGoDoes() {
    for (String form :
        new String[] {
          ID,
          "0188F3A0-5C1E-7ABC-8DEF-0123456789AB",
          "urn:uuid:" + ID,
          "URN:UUID:" + ID,
          "{" + ID + "}",
          "(" + ID + ")",
          ID.replace("-", "")
        }) {
      assertThat(GoUuid.parse(form)).as(form).hasValue(ID);
    }
    for (String form : new String[] {"", "x", ID + "0", "urn:uuid" + ID, ID.replace('-', '_')}) {
      assertThat(GoUuid.parse(form)).as(form).isEmpty();
    }
  }

  @Test
  void shouldMakeIdsInOrder() {
    long now = 1_700_000_000_000L;
    String first = GoUuid.inOrder(now);
    assertThat(GoUuid.parse(first)).hasValue(first);
    assertThat(UUID.fromString(first).version()).isEqualTo(7);
    assertThat(UUID.fromString(first).variant()).isEqualTo(2);
    assertThat(first).isLessThan(GoUuid.inOrder(now + 1));
  }

  @Test
  void shouldWriteInstantsAsGoDoes() {
    assertThat(GoTime.format(1_700_000_000_000L)).isEqualTo("2023-11-14T22:13:20Z");
    assertThat(GoTime.format(1_700_000_000_120L)).isEqualTo("2023-11-14T22:13:20.12Z");
    assertThat(GoTime.format(1_700_000_000_001L)).isEqualTo("2023-11-14T22:13:20.001Z");
    assertThat(GoTime.parse("2023-11-14T22:13:20.12+01:00"))
        .hasValue(Instant.parse("2023-11-14T21:13:20.12Z"));
  }

  @Property
  void shouldReadAnyInstantThatItWrites(@ForAll int seconds, @ForAll short millis) {
    long at = seconds * 1000L + Math.floorMod(millis, 1000);
    assertThat(GoTime.parse(GoTime.format(at)).map(Instant::toEpochMilli)).hasValue(at);
  }

  @Property
  void shouldReadAnyBodyOrSayThatItIsNone(@ForAll byte[] bytes) {
    try {
      JsonBody.read(bytes).text("label");
    } catch (ApiException invalid) {
      assertThat(invalid.reply().status()).isEqualTo(400);
    }
  }

  @Property
  void shouldReadAnyCursorOrSayThatItIsNone(@ForAll String text) {
    String encoded =
        Base64.getUrlEncoder().withoutPadding().encodeToString(("{" + text).getBytes(UTF_8));
    for (String cursor : new String[] {text, encoded}) {
      expectNone(() -> Cursors.counter(cursor));
      expectNone(() -> Cursors.operation(cursor));
    }
  }

  private static void expectNone(Runnable reading) {
    Optional<ApiReply> told = Optional.empty();
    try {
      reading.run();
    } catch (ApiException invalid) {
      told = Optional.of(invalid.reply());
    }
    assertThat(told.map(ApiReply::status)).hasValue(400);
  }

  @Property
  void shouldLeadAnyPathSomewhereOrNowhere(@ForAll String path, @ForAll String query) {
    assertThat(Endpoint.find("GET", path)).isNotNull();
    assertThat(Endpoint.find("POST", "/tenants/" + path)).isNotNull();
    assertThat(new Query(query).value("cursor")).isNotNull();
  }

  @Test
  void shouldKeepANoteHoweverLongItsParts() {
    String id = "\"".repeat(128);
    var note = new Note(Note.INCREMENT, ID, ID, id);
    assertThat(note.text().getBytes(UTF_8).length).isLessThanOrEqualTo(512);
  }
}

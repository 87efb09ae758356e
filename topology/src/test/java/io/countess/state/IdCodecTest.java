package io.countess.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.count.Added;
import io.countess.count.Drain;
import io.countess.count.ExpiringState;
import io.countess.count.IdCount;
import io.countess.count.VarOutput;
import io.countess.event.Decision;
import io.countess.event.Outcome;
import io.countess.event.WindowSpan;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Rows of ids as bytes: a later version must still read what this one wrote. */
class IdCodecTest {
  private static final byte[] KEY = "logins/alice".getBytes(StandardCharsets.UTF_8);
  private static final Decision ACCEPTED = new Decision(Outcome.ACCEPTED, Optional.empty(), 5);

  private static final List<Added> ADDED =
      List.of(
          new Added.Ending(300, -3),
          new Added.Summed(-3),
          new Added.Poured(300, 2, 100, new Drain(1, 100)),
          new Added.Real(1.5),
          new Added.Several(new Added[] {new Added.Ending(300, 3), null, new Added.Summed(3)}),
          new Added.InEndedWindow(new WindowSpan(1000, 4600), 7),
          new Added.ToValue(7, 300));

  private static final List<IdRow> ROWS =
      List.of(
          new DedupeEntry(-7, 60_000, 12, ACCEPTED, ADDED.stream().map(IdCodecTest::part).toList()),
          new DedupeEntry(-7, 60_000, 12, ACCEPTED, List.of()).asBatch(),
          new DedupePointer(KEY, 60_000, 12),
          new IdLedger(new IdCount(ExpiringState.of(5, 10, 2, 20, 1)), 11, -1),
          new IdLedger(IdCount.NONE, -1, 0));

  @Test
  void shouldReadBackEveryRow() {
    assertCovers(IdRow.class, ROWS.stream());
    for (IdRow row : ROWS) {
      assertThat(IdCodec.decode(IdCodec.encode(row))).usingRecursiveComparison().isEqualTo(row);
    }
  }

  @Test
  void shouldRememberWhatWasAddedInEveryWay() {
    assertCovers(Added.class, ADDED.stream());
    assertThat(ADDED.stream().map(Added::form)).containsExactlyInAnyOrder(Added.Form.values());
  }

  @ParameterizedTest
  @CsvSource({
    "0, 1, ac0205",
    "1, 2, 05",
    "2, 3, ac0202640164",
    "3, 4, 083ff8000000000000",
    "4, 5, 0301ac0206000206",
    "5, 6, d00ff0470e",
    "6, 7, 0eac02",
  })
  void shouldWriteTheseBytesForWhatWasAdded(int which, int code, String bytes) {
    var out = new VarOutput(8);
    ADDED.get(which).write(out);

    assertThat(ADDED.get(which).form().code()).isEqualTo(code);
    assertThat(HexFormat.of().formatHex(out.toBytes())).isEqualTo(bytes);
  }

  @Test
  void shouldRefuseARowOfAVersionThatItDoesNotKnow() {
    assertThatThrownBy(() -> IdCodec.decode(new byte[] {0x21, 0}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("version");
    assertThatThrownBy(() -> Added.Form.of(9))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("9");
  }

  private static DedupeEntry.Part part(Added added) {
    return new DedupeEntry.Part(KEY, 3, added);
  }

  private static void assertCovers(Class<?> sealed, Stream<?> values) {
    assertThat(values.<Class<?>>map(Object::getClass).distinct())
        .containsExactlyInAnyOrder(sealed.getPermittedSubclasses());
  }
}

package io.countess.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.answer.JournalPage.Op;
import java.math.BigDecimal;
import java.util.HexFormat;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Entries of journals as bytes. */
class JournalRowTest {
  private static final Optional<String> NONE = Optional.empty();

  @Example
  void shouldWriteTheseBytes() {
    var put = new JournalRow(2000, 1000, Op.PUT, number("3"), number("-130"), NONE, NONE);
    var write =
        new JournalRow(
            2000, 2001, Op.WRITE, Optional.empty(), number("0.25"), text("x"), text("é"));

    assertThat(hex(put)).isEqualTo("01 00 03 d00f cf0f 00 0103 00 02ff7e".replace(" ", ""));
    assertThat(hex(write)).isEqualTo("01 02 0e d00f 02 04 0119 0178 02c3a9".replace(" ", ""));
    assertThat(JournalRow.endOf(put.encode())).isEqualTo(2000);
  }

  @Property
  void shouldReadWhatItWrites(@ForAll("rows") JournalRow row) {
    assertThat(JournalRow.decode(row.encode())).isEqualTo(row);
    assertThat(JournalRow.endOf(row.encode())).isEqualTo(row.endAge());
  }

  @Example
  void shouldRefuseAVersionThatItDoesNotKnow() {
    assertThatThrownBy(() -> JournalRow.decode(new byte[] {2, 0, 0}))
        .hasMessage("a journal of the unknown version 2");
  }

  @Provide
  static Arbitrary<JournalRow> rows() {
    var instants = Arbitraries.longs().between(0, 253_402_300_799_999L);
    var ops = Arbitraries.of(Op.class);
    var texts = Arbitraries.strings().ofMaxLength(40).optional();
    return Combinators.combine(instants, instants, ops, numbers(), numbers(), texts, texts)
        .as(JournalRow::new);
  }

  private static Arbitrary<Optional<BigDecimal>> numbers() {
    var doubles = Arbitraries.doubles().map(BigDecimal::valueOf);
    var longs = Arbitraries.longs().map(BigDecimal::valueOf);
    var decimals = Arbitraries.bigDecimals().ofScale(17);
    return Arbitraries.oneOf(doubles, longs, decimals).optional();
  }

  private static Optional<BigDecimal> number(String text) {
    return Optional.of(new BigDecimal(text));
  }

  private static Optional<String> text(String text) {
    return Optional.of(text);
  }

  private static String hex(JournalRow row) {
    return HexFormat.of().formatHex(row.encode());
  }
}

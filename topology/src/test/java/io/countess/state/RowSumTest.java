package io.countess.state;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RowSumTest {
  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static InMemoryRows rows(String... keysAndValues) {
    var rows = new InMemoryRows();
    Rows.Writer out = rows.writer();
    for (int i = 0; i < keysAndValues.length; i += 2) {
      out.put(bytes(keysAndValues[i]), bytes(keysAndValues[i + 1]));
    }
    out.write();
    return rows;
  }

  /** It stands in changelogs: another version of the program has to come to the same. */
  @Test
  void shouldStayWhatItIs() {
    assertThat(RowSum.of(bytes("Clogins/alice"), bytes("what the row holds")))
        .isEqualTo(-7450363434608072670L);
    assertThat(RowSum.of(new byte[0], new byte[0])).isEqualTo(1945975408048216735L);
  }

  @Test
  void shouldTellRowsApart() {
    long sum = RowSum.of(rows("Ca", "1", "Cb", "2"));

    assertThat(sum).isEqualTo(RowSum.of(rows("Cb", "2", "Ca", "1")));
    assertThat(sum).isNotEqualTo(RowSum.of(rows("Ca", "1")));
    assertThat(sum).isNotEqualTo(RowSum.of(rows("Ca", "2", "Cb", "1")));
    assertThat(sum).isNotEqualTo(RowSum.of(rows("Ca", "1", "Cb", "2", "Cc", "")));
    assertThat(RowSum.of(bytes("Cab"), bytes("c")))
        .isNotEqualTo(RowSum.of(bytes("Ca"), bytes("bc")));
  }

  @Test
  void shouldFollowWhatABatchWrites() {
    InMemoryRows rows = rows("Ca", "1", "Cb", "2");
    var batch = new Batch(rows, RowSum.of(rows));

    batch.put(bytes("Ca"), bytes("3"));
    batch.put(bytes("Ca"), null);
    batch.put(bytes("Cd"), bytes("4"));
    batch.replace(bytes("Cb"), RowSum.of(bytes("Cb"), bytes("2")), bytes("5"));
    batch.add(bytes("B"), bytes("the first of a flush"));
    batch.write();

    assertThat(batch.sum()).isEqualTo(RowSum.of(rows));
  }

  @Test
  void shouldBeZeroWithoutRows() {
    assertThat(RowSum.of(rows("B", "1", "M", "2"))).isZero();
  }
}

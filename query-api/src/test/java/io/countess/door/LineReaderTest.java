package io.countess.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  private static final int MAX = LineReader.MAX_LINE_BYTES;

  @Test
  void shouldReadLinesWhateverTheyEndIn() throws IOException {
    assertThat(read("a\nb\r\n\n  \r\nc")).containsExactly("1:a", "2:b", "5:c");
    assertThat(read("")).isEmpty();
    assertThat(read("\n")).isEmpty();
    assertThat(read("a\n")).containsExactly("1:a");
  }

  @Test
  void shouldKeepTheLongestLineAndDropLongerOnes() throws IOException {
    String longest = "x".repeat(MAX);
    String lines = longest + "\n" + longest + "y\nb\n" + "z".repeat(10 * MAX) + "\nc\n" + longest;

    assertThat(read(lines))
        .containsExactly("1:" + longest, "2:too long", "3:b", "4:too long", "5:c", "6:" + longest);
    assertThat(read("z".repeat(3 * MAX))).containsExactly("1:too long");
  }

  @Property(tries = 200)
  void shouldReadTheSameHoweverTheBytesArrive(
      @ForAll @Size(max = 20)
          List<@CharRange(from = 'a', to = 'c') @StringLength(max = 30) String> lines,
      @ForAll @IntRange(min = 1, max = 40) int chunk)
      throws IOException {
    var expected = new ArrayList<String>();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isEmpty()) {
        expected.add((i + 1) + ":" + lines.get(i));
      }
    }

    assertThat(read(inChunks(String.join("\n", lines), chunk))).isEqualTo(expected);
  }

  private static List<String> read(String text) throws IOException {
    return read(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> read(InputStream in) throws IOException {
    var lines = new LineReader(in, 1);
    var read = new ArrayList<String>();
    for (LineReader.Line line = lines.next(); line != null; line = lines.next()) {
      String text = new String(line.bytes(), StandardCharsets.UTF_8);
      read.add(line.number() + ":" + (line.isTooLong() ? "too long" : text));
    }
    return read;
  }

  private static InputStream inChunks(String text, int chunk) {
    return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
      @Override
      public synchronized int read(byte[] bytes, int from, int length) {
        return super.read(bytes, from, Math.min(length, chunk));
      }
    };
  }
}

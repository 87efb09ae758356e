package io.countess.event;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.CharConversionException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ByteOrderMarkTest {
  private static final byte[] UTF_16_LE = {(byte) 0xff, (byte) 0xfe, 'a', 0};

  @ParameterizedTest
  @ValueSource(
      strings = {"", "a", "ab\n", "\ufeff", "\ufeffalice\n", "\ufeff\ufeffa", "\u00efa", "\uf8ff"})
  void shouldTakeOneOffTheStart(String text) throws IOException {
    String rest = text.startsWith("\ufeff") ? text.substring(1) : text;
    byte[] bytes = text.getBytes(UTF_8);

    assertThat(ByteOrderMark.without(text)).isEqualTo(rest);
    assertThat(ByteOrderMark.without("body", bytes)).isEqualTo(rest.getBytes(UTF_8));
    var stream = ByteOrderMark.without(new ByteArrayInputStream(bytes));
    assertThat(stream.readAllBytes()).isEqualTo(rest.getBytes(UTF_8));
    var byteByByte = ByteOrderMark.without(new ByteArrayInputStream(bytes));
    for (byte b : rest.getBytes(UTF_8)) {
      assertThat(byteByByte.read()).isEqualTo(b & 0xff);
    }
    assertThat(byteByByte.read()).isEqualTo(-1);
  }

  @Test
  void shouldLeaveWhatOnlyBeginsLikeOne() throws IOException {
    byte[] bytes = {(byte) 0xef, (byte) 0xbb, 'a', (byte) 0xff};
    var stream = ByteOrderMark.without(new ByteArrayInputStream(bytes));
    assertThat(stream.readAllBytes()).isEqualTo(bytes);
    assertThat(ByteOrderMark.without("body", bytes)).isEqualTo(bytes);
  }

  @Test
  void shouldSayThatItIsUtf16(@TempDir Path dir) throws IOException {
    for (byte[] text : new byte[][] {UTF_16_LE, "a".getBytes(UTF_16)}) {
      assertThatThrownBy(() -> ByteOrderMark.without("body", text))
          .isInstanceOf(InvalidInputException.class)
          .hasMessage("body is UTF-16; it must be UTF-8");
      assertThatThrownBy(() -> ByteOrderMark.without(new ByteArrayInputStream(text)).read())
          .isInstanceOf(CharConversionException.class)
          .hasMessage("is UTF-16; it must be UTF-8");
      Path file = Files.write(dir.resolve("file"), text);
      assertThatThrownBy(() -> ByteOrderMark.readFile(file))
          .hasMessage("it is UTF-16; it must be UTF-8");
    }
  }

  @Test
  void shouldReadFilesOfUtf8(@TempDir Path dir) throws IOException {
    Path file = Files.writeString(dir.resolve("file"), "\ufeffé");
    assertThat(ByteOrderMark.readFile(file)).isEqualTo("é");
    Files.write(file, new byte[] {'a', (byte) 0xe9});
    assertThatThrownBy(() -> ByteOrderMark.readFile(file))
        .isInstanceOf(MalformedInputException.class);
  }

  /** A live pipe may say nothing for hours after its first line. */
  @Test
  void shouldNotWaitForMoreThanItNeeds() throws IOException {
    var stream = ByteOrderMark.without(new Quiet("a\n".getBytes(UTF_8)));
    assertThat(stream.read(new byte[10], 0, 10)).isPositive();
  }

  /** A stream of which nobody may ask for more than there is. */
  private static final class Quiet extends InputStream {
    private final byte[] bytes;
    private int read;

    Quiet(byte[] bytes) {
      this.bytes = bytes;
    }

    @Override
    public int read() {
      if (read == bytes.length) {
        throw new AssertionError("waits");
      }
      return bytes[read++];
    }

    @Override
    public int read(byte[] into, int from, int length) {
      into[from] = (byte) read();
      return 1;
    }
  }
}

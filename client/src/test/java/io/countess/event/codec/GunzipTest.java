package io.countess.event.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipException;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GunzipTest {
  private static final byte[] BROKEN = {};

  @Property(tries = 200)
  void shouldUnpackMembersInWhicheverPiecesTheyCome(
      @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 100_000) Integer> sizes,
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 5000) int piece) {
    var random = new Random(seed);
    byte[] packed = {};
    byte[] plain = {};
    for (int size : sizes) {
      byte[] member = new byte[size];
      for (int i = 0; i < size; i++) {
        member[i] = (byte) random.nextInt(1 + (int) (seed & 0x7f));
      }
      plain = joined(plain, member);
      packed = joined(packed, gzip(member));
    }

    assertThat(unpacked(new Pieces(packed, piece))).isEqualTo(plain);
  }

  @Test
  void shouldGoOnAfterAPauseBetweenMembers() {
    byte[] two = joined(gzip("one\n".getBytes(UTF_8)), gzip("two\n".getBytes(UTF_8)));
    var neverAvailable =
        new ByteArrayInputStream(two) {
          @Override
          public synchronized int available() {
            return 0;
          }
        };
    assertThat(unpacked(neverAvailable)).asString().isEqualTo("one\ntwo\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 4, 8, 16, 2 | 4 | 8 | 16})
  void shouldPassOverWhatAHeaderMayHold(int flags) {
    byte[] plain = "with a header".getBytes(UTF_8);
    byte[] bare = gzip(plain);
    var header = new ByteArrayOutputStream();
    header.writeBytes(Arrays.copyOf(bare, 10));
    header.writeBytes((flags & 4) != 0 ? new byte[] {2, 1, 7, 7} : new byte[0]);
    header.writeBytes((flags & 4) != 0 ? new byte[256] : new byte[0]);
    header.writeBytes((flags & 8) != 0 ? "name\0".getBytes(UTF_8) : new byte[0]);
    header.writeBytes((flags & 16) != 0 ? "comment\0".getBytes(UTF_8) : new byte[0]);
    header.writeBytes((flags & 2) != 0 ? new byte[] {1, 2} : new byte[0]);
    byte[] packed = joined(header.toByteArray(), Arrays.copyOfRange(bare, 10, bare.length));
    packed[3] = (byte) flags;

    assertThat(unpacked(new Pieces(joined(packed, bare), 1)))
        .asString()
        .isEqualTo("with a headerwith a header");
  }

  @Test
  void shouldTakeZerosBehindTheLastMember() {
    assertThat(unpacked(new Pieces(joined(gzip(new byte[] {5}), new byte[1000]), 7)))
        .containsExactly(5);
  }

  @Test
  void shouldSayOfEveryPlaceThatItIsCutShortThere() {
    byte[] member = gzip("some words, some words".getBytes(UTF_8));
    byte[] two = joined(member, member);
    for (int length = 1; length < two.length; length++) {
      byte[] cut = Arrays.copyOf(two, length);
      if (length != member.length) {
        assertThatThrownBy(() -> unpack(new ByteArrayInputStream(cut)))
            .as("cut after " + length)
            .isInstanceOf(ZipException.class)
            .hasMessage("is gzip that is cut short");
      }
    }
    assertThatThrownBy(() -> unpack(InputStream.nullInputStream()))
        .hasMessage("is empty, and so no gzip");
  }

  @Property(tries = 300)
  void shouldNotUnpackAnythingElseWhereABitIsFlipped(
      @ForAll @IntRange(min = 80) int bit, @ForAll long seed) throws IOException {
    byte[] plain = new byte[500];
    new Random(seed).nextBytes(plain);
    Arrays.fill(plain, 100, 400, (byte) 'x');
    byte[] packed = gzip(plain);
    int at = 80 + (bit - 80) % (packed.length * 8 - 80);
    packed[at / 8] ^= (byte) (1 << at % 8);

    assertThat(unpackedOrBroken(new Pieces(packed, 13))).isIn(plain, BROKEN);
  }

  /** Of the last byte of a deflated block some bits may mean nothing. */
  private static byte[] unpackedOrBroken(InputStream packed) throws IOException {
    try {
      return unpack(packed);
    } catch (ZipException broken) {
      return BROKEN;
    }
  }

  @Test
  void shouldSayWhatIsNoGzip() {
    byte[] member = gzip(new byte[] {1});
    assertThatThrownBy(() -> unpack(new Pieces("plain".getBytes(UTF_8), 2)))
        .hasMessage("is no gzip");
    assertThatThrownBy(() -> unpack(new Pieces(joined(member, new byte[] {0, 9}), 2)))
        .hasMessage("is gzip that is followed by something else");
    byte[] reserved = member.clone();
    reserved[3] = (byte) 0x80;
    assertThatThrownBy(() -> unpack(new Pieces(reserved, 2))).hasMessage("is no gzip");
    byte[] wrongSum = member.clone();
    wrongSum[member.length - 8]++;
    assertThatThrownBy(() -> unpack(new Pieces(wrongSum, 2)))
        .hasMessage("is gzip that is broken: its checksum is another one");
    byte[] wrongLength = member.clone();
    wrongLength[member.length - 1]++;
    assertThatThrownBy(() -> unpack(new Pieces(wrongLength, 2)))
        .hasMessage("is gzip that is broken: its length is another one");
  }

  private static byte[] unpacked(InputStream packed) {
    try {
      return unpack(packed);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static byte[] unpack(InputStream packed) throws IOException {
    try (var in = new GunzipStream(packed)) {
      return in.readAllBytes();
    }
  }

  private static byte[] gzip(byte[] plain) {
    var packed = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(packed)) {
      gzip.write(plain);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return packed.toByteArray();
  }

  private static byte[] joined(byte[] one, byte[] two) {
    byte[] both = Arrays.copyOf(one, one.length + two.length);
    System.arraycopy(two, 0, both, one.length, two.length);
    return both;
  }

  /** Gives no more than so many bytes at a time. */
  private static final class Pieces extends ByteArrayInputStream {
    private final int most;

    Pieces(byte[] bytes, int most) {
      super(bytes);
      this.most = most;
    }

    @Override
    public synchronized int read(byte[] into, int start, int length) {
      return super.read(into, start, Math.min(most, length));
    }
  }
}

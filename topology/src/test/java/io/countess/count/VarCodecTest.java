package io.countess.count;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Numbers in as few bytes as they need. */
class VarCodecTest {
  @Property
  void shouldReadBackWhatWasWritten(@ForAll List<Long> numbers, @ForAll byte[] block) {
    var out = new VarOutput(1);
    numbers.forEach(n -> out.write(n).writeSigned(n));
    out.write(block).writeByte(-7);

    var in = new VarInput(out.toBytes());

    assertThat(out.size()).isEqualTo(out.toBytes().length);
    for (long n : numbers) {
      assertThat(in.read()).isEqualTo(n);
      assertThat(in.readSigned()).isEqualTo(n);
    }
    assertThat(in.readBlock()).isEqualTo(block);
    assertThat(in.hasMore()).isTrue();
    assertThat(in.readByte()).isEqualTo(-7);
    assertThat(in.hasMore()).isFalse();
  }

  @Example
  void shouldBeLeb128AndZigzag() {
    var out = new VarOutput(0).write(0).write(127).write(128).write(-1);
    out.writeSigned(-1).writeSigned(1).writeSigned(Long.MIN_VALUE);

    assertThat(HexFormat.of().formatHex(out.toBytes()))
        .isEqualTo(
            "00" + "7f" + "8001" + "ffffffffffffffffff01" + "01" + "02" + "ffffffffffffffffff01");
  }
}

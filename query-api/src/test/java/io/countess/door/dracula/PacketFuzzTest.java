package io.countess.door.dracula;

import static io.countess.door.dracula.Wire.END;
import static io.countess.door.dracula.Wire.bytes;
import static io.countess.door.dracula.Wire.join;
import static io.countess.door.dracula.Wire.number;
import static io.countess.door.dracula.Wire.packet;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.door.net.Leaks;
import io.countess.event.ByteString;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever comes, there is an answer where there can be one, and the door goes on. More of it with
 * {@code -Djqwik.tries.default=…} for the parser.
 */
class PacketFuzzTest {
  private static DraculaDoor door;

  @BeforeContainer
  static void open() {
    Leaks.requireWatch();
    door = new Fakes().open(Fakes.local());
  }

  @AfterContainer
  static void close() {
    door.close();
    Leaks.requireNone();
  }

  /** However a stream is cut, the same packets are in it. */
  @Property
  void shouldCutAStreamIntoPackets(@ForAll @Size(max = 6) List<@Size(max = 2000) byte[]> contents) {
    var stream = new StreamPackets();
    for (byte[] content : contents) {
      byte[] plain = withoutEnds(content);
      byte[] sent = join(bytes("C"), plain, END);
      Packet found = null;
      for (int i = 0; i < sent.length; i++) {
        assertThat(found).isNull();
        found = stream.take(sent[i]);
      }
      assertThat(found).isNotNull();
      assertThat(stream.hasBegun()).isFalse();
      int length = GoText.stripRight(sent, 0, sent.length - 3);
      byte[] expected = Arrays.copyOf(Arrays.copyOf(sent, length), 1500);
      if (length < 1500) {
        Arrays.fill(expected, length, 1500, (byte) ' ');
      }
      assertThat(found.bytes()).isEqualTo(expected);
    }
  }

  private static byte[] withoutEnds(byte[] content) {
    byte[] plain = content.clone();
    for (int i = 0; i < plain.length; i++) {
      plain[i] = plain[i] == '.' ? (byte) ',' : plain[i];
    }
    return plain;
  }

  @Property
  void shouldBearAnyBytesAsPackets(@ForAll @Size(max = 1600) byte[] content) {
    Packet packet = Packet.ofDatagram(content);
    packet.fault();
    packet.namespace();
    packet.data();
    assertThat(packet.reply('E', new byte[0])).hasSize(1500);
    var stream = new StreamPackets();
    for (byte next : content) {
      stream.take(next);
    }
  }

  /** As Java strips text, but for the characters that Go does not take for white space. */
  @Property
  void shouldStripWhiteSpaceOfUtf8(
      @ForAll @StringLength(max = 20) String text, @ForAll @IntRange(max = 5) int at) {
    String spaces = " \t\u0085\u00A0\u1680\u2003\u2028\u202F\u205F\u3000\r\n";
    String padded = spaces.substring(at) + text + spaces.substring(0, at);
    byte[] utf8 = padded.getBytes(UTF_8);
    String isSpace =
        "[\\t-\\r \\u0085\\u00A0\\u1680\\u2000-\\u200A\\u2028\\u2029\\u202F\\u205F\\u3000]+";
    String stripped = padded.replaceFirst("^" + isSpace, "").replaceFirst(isSpace + "$", "");
    assertThat(GoText.strip(utf8, 0, utf8.length))
        .isEqualTo(ByteString.of(stripped.getBytes(UTF_8)));
  }

  @Property
  void shouldAnswerOrRefuseAnyPattern(@ForAll @StringLength(max = 40) String text) {
    var key = ByteString.utf8("a-key:17/x");
    try {
      KeyPattern.of(ByteString.of(text.getBytes(UTF_8))).matches(key);
    } catch (KeyPattern.NoPatternException refused) {
      assertThat(refused).hasMessageStartingWith("error parsing regexp: ");
    }
  }

  @Property
  void shouldAnswerOrRefusePatternsOfRegexpCharacters(@ForAll long seed) {
    var random = new Random(seed);
    String alphabet = "()[]{}*+?|^$.\\Q\\E0123,a-z:pPx<>=!";
    var text = new StringBuilder();
    for (int i = random.nextInt(60); i > 0; i--) {
      text.append(alphabet.charAt(random.nextInt(alphabet.length())));
    }
    shouldAnswerOrRefuseAnyPattern(text.toString());
  }

  /** A packet with some bytes changed, cut short or made longer: over UDP there is one answer. */
  @Property(tries = 200)
  void shouldAnswerEveryDatagram(@ForAll long seed) {
    try (UdpPeer udp = UdpPeer.to(door.port())) {
      byte[] mutant = mutant(new Random(seed));
      if (mutant.length > 0 && mutant[0] == 'R') {
        mutant[0] = 'C';
      }
      assertThat(udp.ask(mutant)).hasSizeGreaterThanOrEqualTo(1500);
    }
  }

  /** The same over TCP, one behind the other in parts of any size; then a right one is answered. */
  @Property(tries = 100)
  void shouldGoOnAfterAnyStream(@ForAll long seed) {
    var random = new Random(seed);
    var mutants = new ArrayList<byte[]>();
    for (int i = random.nextInt(8); i >= 0; i--) {
      mutants.add(mutant(random));
      mutants.add(random.nextInt(4) == 0 ? bytes("\n") : END);
    }
    byte[] count = packet('C', 0x7F7F7F7FL, "", "after-the-fuzz", "k");
    mutants.add(join(END, count, END, count, END)); // the first may be part of what was before
    byte[] all = join(mutants.toArray(byte[][]::new));
    try (TcpPeer tcp = TcpPeer.to(door.port())) {
      for (int from = 0; from < all.length; ) {
        int to = Math.min(all.length, from + 1 + random.nextInt(3000));
        tcp.send(Arrays.copyOfRange(all, from, to));
        from = to;
      }
      tcp.endSending();
      byte[] answers = tcp.receiveAll();
      assertThat(answers.length).isGreaterThanOrEqualTo(1503);
      byte[] last = Arrays.copyOfRange(answers, answers.length - 1503, answers.length);
      assertThat(Arrays.copyOf(last, 81)).isEqualTo(Arrays.copyOf(number(count, 0), 81));
      assertThat(last).endsWith(END);
    }
  }

  private static byte[] mutant(Random random) {
    char[] verbs = {'P', 'C', 'N', 'S', 'R', 'K', 'L', 'V', 'E', '?'};
    byte[] made =
        packet(
            verbs[random.nextInt(verbs.length)],
            random.nextInt(),
            "",
            "fuzz",
            "k*(" + random.nextInt());
    for (int i = random.nextInt(4); i > 0; i--) {
      made[random.nextInt(random.nextBoolean() ? 82 : made.length)] = (byte) random.nextInt();
    }
    return switch (random.nextInt(4)) {
      case 0 -> Arrays.copyOf(made, random.nextInt(made.length));
      case 1 -> join(made, new byte[random.nextInt(3000)]);
      default -> made;
    };
  }
}

package io.countess.door.dracula;

import static io.countess.door.dracula.Wire.END;
import static io.countess.door.dracula.Wire.bytes;
import static io.countess.door.dracula.Wire.join;
import static io.countess.door.dracula.Wire.number;
import static io.countess.door.dracula.Wire.packet;
import static io.countess.door.dracula.Wire.reply;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.query.Command;
import io.countess.query.Response;
import io.countess.server.Alone;
import io.countess.server.Countess;
import io.countess.server.Setting;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a client of Dracula can fall into when its server is another one: each numbered as in the
 * description of the protocol, at a whole service, byte for byte. Those of REST are in RestTest.
 */
class TrapsTest {
  @TempDir static Path data;
  private static Countess countess;
  private static int port;

  private UdpPeer udp;
  private TcpPeer tcp;

  @BeforeAll
  static void start() throws InterruptedException {
    var settings =
        Map.of(Setting.DRACULA, "true", Setting.DRACULA_PORT, "0", Setting.DRACULA_REST_PORT, "0");
    countess = Alone.start(data, "memory", settings);
    port = countess.dracula().orElseThrow().port();
  }

  @AfterAll
  static void stop() {
    countess.close();
  }

  @BeforeEach
  void connect() {
    udp = UdpPeer.to(port);
    tcp = TcpPeer.to(port);
  }

  @AfterEach
  void hangUp() {
    udp.close();
    tcp.close();
  }

  @Test
  void trap1TheHashIsTheBeginningOfSecretIdAndNamespace() {
    // Without a secret these are the id and the first four bytes of the namespace.
    byte[] put = packet('P', 0x04030201, "", "trap1", "k");
    assertThat(Arrays.copyOfRange(put, 2, 10)).isEqualTo(bytes("\1\2\3\4trap"));
    assertThat(udp.ask(put)).isEqualTo(reply(put, 'P', ""));

    put[9]++;
    assertThat(udp.ask(put)).isEqualTo(reply(put, 'E', "auth failed: packet hash invalid"));
    assertThat(tcp.ask(put)).isEqualTo(reply(put, 'E', "auth failed: packet hash invalid"));
  }

  @Test
  void trap2AShortDatagramIsFilledUpWithNuls() {
    byte[] full = packet('P', "trap2", "k1");
    byte[] shortened = Arrays.copyOf(full, 90);
    assertThat(udp.ask(shortened)).isEqualTo(reply(full, 'P', ""));

    // Another key than k1, and the same as k1 with blanks up to 90 bytes and then NULs.
    assertThat(count("trap2", "k1")).isEqualTo(0);
    assertThat(count("trap2", "k1       " + "\0".repeat(1410))).isEqualTo(1);
  }

  @Test
  void trap2ALongDatagramIsCutAndAnEmptyOneIsAnswered() {
    byte[] put = packet('P', "trap2", "long");
    assertThat(udp.ask(join(put, bytes("more")))).isEqualTo(reply(put, 'P', ""));
    assertThat(count("trap2", "long")).isEqualTo(1);

    byte[] nothing = new byte[1500];
    assertThat(udp.ask(new byte[0]))
        .isEqualTo(reply(nothing, 'E', "bad packet: invalid command byte"));
  }

  @Test
  void trap3WhiteSpaceOfUnicodeIsTrimmed() {
    put("trap3", "a");
    String spaces = "\t\n\u000B\f\r \u00C2\u0085\u00C2\u00A0\u00E1\u009A\u0080\u00E2\u0080\u0083";
    put(spaces + "trap3" + spaces, spaces + "a\u00E3\u0080\u0080\u00E2\u0080\u00A8 ");
    assertThat(count("trap3", "a")).isEqualTo(2);

    put("trap3", "\u00FE\0\u00C2\u00A0");
    assertThat(count("trap3", "\u00FE\0")).isEqualTo(1);
    // No white space: NUL, a zero-width space, half a character.
    put("trap3", "b\u00E2\u0080\u008B");
    put("trap3", "b\u00C2");
    assertThat(count("trap3", "b")).isEqualTo(0);
    assertThat(count("trap3", "b\u00C2")).isEqualTo(1);
  }

  @Test
  void trap4EmptyNamesAreNames() {
    long before = count("", "");
    put("", "");
    assertThat(count("", "")).isEqualTo(before + 1);
    put("trap4", "");
    assertThat(count("trap4", "")).isEqualTo(1);
  }

  @Test
  void trap5CountsEndAt32Bits() throws Exception {
    var counter = CounterName.of("trap5", "k");
    submit(Command.of(counter, Event.Put.of(4_294_967_294L)));
    assertThat(count("trap5", "k")).isEqualTo(4_294_967_294L);
    put("trap5", "k");
    put("trap5", "k");
    assertThat(count("trap5", "k")).isEqualTo(4_294_967_295L);
    byte[] all = packet('N', "trap5", "");
    assertThat(udp.ask(all)).isEqualTo(number(all, 4_294_967_295L));
  }

  @Test
  void trap6IdsComeBackAsTheyAre() {
    for (long id : new long[] {0, 1, 0x0A000000L, 0xFFFF_FFFFL}) {
      byte[] count = packet('C', id, "", "trap6", "k");
      assertThat(udp.ask(count)).isEqualTo(number(count, 0));
      assertThat(tcp.ask(count)).isEqualTo(number(count, 0));
    }
  }

  @Test
  void trap7ErrorsKeepTheNamespaceAsItCame() {
    byte[] unknown = packet('?', " \ttrap7\u00FF ", "data that does not come back");
    byte[] error = reply(unknown, 'E', "bad packet: invalid command byte");
    assertThat(udp.ask(unknown)).isEqualTo(error);
    assertThat(Arrays.copyOfRange(error, 16, 80)).isEqualTo(Arrays.copyOfRange(unknown, 16, 80));
  }

  @Test
  void trap7ErrorsComeInTheirOrder() {
    byte[] wrong = packet('?', "trap7", "");
    for (int at : new int[] {1, 2, 10, 15, 80}) {
      wrong[at] = 'x';
    }
    assertThat(error(wrong)).isEqualTo("bad packet: invalid command byte");
    wrong[0] = 'C';
    assertThat(error(wrong)).isEqualTo("bad packet: expected space 1");
    wrong[1] = ' ';
    assertThat(error(wrong)).isEqualTo("bad packet: expected space 1");
    wrong[10] = ' ';
    assertThat(error(wrong)).isEqualTo("bad packet: expected space 3");
    wrong[15] = ' ';
    assertThat(error(wrong)).isEqualTo("bad packet: expected space 3");
    wrong[80] = ' ';
    assertThat(error(wrong)).isEqualTo("auth failed: packet hash invalid");
    tcp.send(join(wrong, bytes("x"), END));
    assertThat(tcp.receive())
        .isEqualTo(reply(wrong, 'E', "bad packet: too large, size must be 1500 bytes"));
    for (char reserved : new char[] {'V', 'T', 'I', 'E'}) {
      assertThat(error(packet(reserved, "trap7", ""))).isEqualTo("unknown_command_" + reserved);
    }
  }

  @Test
  void trap8AReplicatedPutIsCountedAndNotAnswered() {
    udp.send(packet('R', "trap8", "k"));
    await().until(() -> count("trap8", "k") == 1);
    assertThat(udp.hearsNothing()).isTrue();

    // Over TCP, too; what comes behind it is answered.
    byte[] count = packet('C', "trap8", "k");
    tcp.send(join(packet('R', "trap8", "k"), END, count, END));
    assertThat(tcp.receive()).isEqualTo(number(count, 2));

    byte[] forged = packet('R', "trap8", "k");
    forged[2]++;
    assertThat(udp.ask(forged)).isEqualTo(reply(forged, 'E', "auth failed: packet hash invalid"));
  }

  @Test
  void trap9ThePacketIsWholeBeforeItsEndOverTcp() {
    byte[] put = packet('P', "trap9", "k");
    tcp.send(join(put, END));
    assertThat(tcp.receive(1500)).isEqualTo(reply(put, 'P', ""));

    // The four bytes of a count can look like the end, and are none.
    var counter = CounterName.of("trap9", "end");
    submit(Command.of(counter, Event.Put.of(667_146)));
    byte[] count = packet('C', "trap9", "end");
    assertThat(tcp.ask(count)).isEqualTo(reply(count, 'C', "\n.\n\0"));
  }

  @Test
  void trap10BlanksAndOneNewlineBeforeAPacketArePassedOver() {
    byte[] count = packet('C', "trap10", "k");
    tcp.send(join(bytes(" \t\u00C2\u00A0\r\n"), count, END));
    assertThat(tcp.receive()).isEqualTo(number(count, 0));
    tcp.send(join(bytes("  "), count, END));
    assertThat(tcp.receive()).isEqualTo(number(count, 0));

    // A second newline belongs to the packet, which is too large with it, or has no command.
    tcp.send(join(bytes("\n\n"), Arrays.copyOf(count, 100), END));
    byte[] answer = tcp.receive();
    assertThat(text(answer)).startsWith("bad packet: invalid command byte");
  }

  @Test
  void trap10AShortPacketIsFilledUpWithBlanksOverTcp() {
    byte[] put = packet('P', "trap10", "short");
    tcp.send(join(Arrays.copyOf(put, 81 + 5), END));
    assertThat(tcp.receive()).isEqualTo(reply(put, 'P', ""));
    assertThat(count("trap10", "short")).isEqualTo(1);

    // No more than its command: the namespace and the key are empty, and the id is blank.
    tcp.send(bytes("C\n.\n"));
    byte[] blank = packet('C', 0x20202020, "", "", "");
    byte[] answer = tcp.receive();
    assertThat(Arrays.copyOf(answer, 81)).isEqualTo(Arrays.copyOf(blank, 81));
  }

  @Test
  void trap10AnEndInsideOfAPacketEndsIt() {
    byte[] put = packet('P', 0x000A2E0AL, "", "trap10", "k");
    tcp.send(join(put, END));
    byte[] blank = packet('P', 0x20202020, "", "", "");
    byte[] answer = tcp.receive();
    assertThat(Arrays.copyOfRange(answer, 11, 80)).isEqualTo(Arrays.copyOfRange(blank, 11, 80));
    // So does the one in the hash, which holds the id; what is left is two packets, and wrong.
    assertThat(text(tcp.receive())).isEqualTo("bad packet: invalid command byte");
    assertThat(text(tcp.receive())).isEqualTo("bad packet: invalid command byte");
    byte[] lineFeed = packet('C', 0x0A0A0A0AL, "", "trap10", "k");
    assertThat(tcp.ask(lineFeed)).isEqualTo(number(lineFeed, 0));
  }

  @Test
  void trap11ListsComeOverUdpToo() {
    put("trap11", "b");
    put("trap11", "a");
    byte[] keys = packet('K', "trap11", "");
    assertThat(udp.ask(keys)).isEqualTo(reply(keys, 'K', "a\nb"));
    byte[] long1500 = packet('K', "trap11", "*");
    for (int i = 0; i < 60; i++) {
      put("trap11", "a-key-of-thirty-six-characters-00" + (100 + i));
    }
    assertThat(udp.ask(long1500)).hasSize(81 + 3 + 60 * 37);
    assertThat(udp.ask(packet('L', "", ""))).hasSize(1500);
  }

  @Test
  void trap11AListThatNoDatagramHoldsIsAnErrorAndOverTcpIsWhole() {
    String wide = "x".repeat(1400);
    for (int i = 0; i < 50; i++) {
      put("trap11-wide", wide + (100 + i));
    }
    byte[] keys = packet('K', "trap11-wide", "");
    assertThat(text(udp.ask(keys)))
        .startsWith("the list is too long: it has more than 65426 bytes");
    tcp.send(join(keys, END));
    assertThat(tcp.receive(81 + 50 * 1404 - 1)).hasSize(81 + 70_199);
  }

  @Test
  void trap12PatternsAreExpressionsThatMatchAnywhere() {
    for (String key : new String[] {"a:1", "a:2", "b:a:3", "xyz", "\u00FFbin", "line\nfeed"}) {
      put("trap12", key);
    }
    assertThat(keys("trap12", "a:")).isEqualTo("a:1\na:2\nb:a:3");
    assertThat(keys("trap12", "^a:*")).isEqualTo("a:1\na:2");
    assertThat(keys("trap12", "*z")).isEqualTo("xyz");
    assertThat(keys("trap12", "^.bin")).isEqualTo("\u00FFbin");
    assertThat(keys("trap12", "^\\w:[12]$")).isEqualTo("a:1\na:2");
    assertThat(keys("trap12", "nothing")).isEqualTo("");
    assertThat(keys("trap12-unknown", "*")).isEqualTo("");
    assertThat(keys("trap12", "(")).isEqualTo("error parsing regexp: missing closing ): `(`");
    assertThat(keys("trap12", "a)")).isEqualTo("error parsing regexp: unexpected ): `a)`");
    assertThat(keys("trap12", "((a{100}){100}){100}"))
        .isEqualTo("error parsing regexp: invalid repeat count: `{100}`");
  }

  @Test
  void trap13AnEntryEndsOneByOneAfterTheTimeToLive() {
    var namespace = CounterName.policyOf(ByteString.utf8("trap13"));
    var policy = new Policy.Expiring(Duration.ofSeconds(2), OptionalLong.empty());
    submit(Command.of(namespace, new Event.ChangePolicy(Optional.of(policy), OnChange.KEEP)));
    put("trap13", "k");
    assertThat(count("trap13", "k")).isEqualTo(1);
    await().atMost(Duration.ofSeconds(6)).until(() -> count("trap13", "k") == 0);
    assertThat(keys("trap13", "")).isEmpty();
  }

  @Test
  void trap17HealthChecksLeaveNothingBehind() {
    byte[] check = packet('C', "server_healthcheck_127.0.0.1:3509", "check");
    assertThat(udp.ask(check)).isEqualTo(number(check, 0));
    put("trap17", "k");
    assertThat(text(udp.ask(packet('L', "", "")))).contains("trap17").doesNotContain("healthcheck");
  }

  @Test
  void trap18NamespacesAreListedWhileTheyHaveKeys() {
    put("trap18", "k");
    assertThat(text(udp.ask(packet('L', "", "")))).contains("trap18");
    submit(Command.of(CounterName.of("trap18", "k"), new Event.Reset(Optional.empty())));
    await().until(() -> !text(udp.ask(packet('L', "", ""))).contains("trap18"));
  }

  @Test
  void trap21TooMuchDataIsCutForAListAndAnErrorForAPut() {
    put("trap21", "k");
    byte[] keys = join(packet('K', "trap21", "k"), bytes("x".repeat(20_000)));
    assertThat(tcp.ask(keys)).isEqualTo(reply(packet('K', "trap21", "k"), 'K', "k"));
    byte[] put = packet('P', "trap21", "k");
    assertThat(tcp.ask(join(put, bytes("x".repeat(20_000)))))
        .isEqualTo(reply(put, 'E', "bad packet: too large, size must be 1500 bytes"));
    // Blanks are no data.
    assertThat(tcp.ask(join(put, bytes("  ")))).isEqualTo(reply(put, 'P', ""));
  }

  @Test
  void shouldCountNamespacesAndEverything() {
    put("sums", "a");
    put("sums", "a");
    put("sums", "b");
    byte[] namespace = packet('N', "sums", "ignored");
    assertThat(udp.ask(namespace)).isEqualTo(number(namespace, 3));
    assertThat(tcp.ask(namespace)).isEqualTo(number(namespace, 3));
    byte[] server = udp.ask(packet('S', "", ""));
    assertThat(server[0]).isEqualTo((byte) 'S');
  }

  private void put(String namespace, String key) {
    byte[] put = packet('P', namespace, key);
    assertThat(udp.ask(put)).isEqualTo(reply(put, 'P', ""));
  }

  private long count(String namespace, String key) {
    byte[] answer = udp.ask(packet('C', namespace, key));
    assertThat(answer[0]).isEqualTo((byte) 'C');
    return ByteBuffer.wrap(answer).order(ByteOrder.LITTLE_ENDIAN).getInt(81) & 0xFFFF_FFFFL;
  }

  private String keys(String namespace, String pattern) {
    byte[] answer = udp.ask(packet('K', namespace, pattern));
    assertThat(answer[0]).isEqualTo((byte) 'K');
    return text(answer);
  }

  private String error(byte[] request) {
    byte[] answer = udp.ask(request);
    String error = text(answer);
    assertThat(answer).isEqualTo(reply(request, 'E', error));
    return error;
  }

  private static String text(byte[] answer) {
    return new String(answer, 81, answer.length - 81, ISO_8859_1).stripTrailing();
  }

  private static void submit(Command command) {
    try {
      var response = countess.commands().submit(command).toCompletableFuture();
      assertThat(response.get(10, TimeUnit.SECONDS)).isInstanceOf(Response.Decided.class);
    } catch (Exception failure) {
      throw new AssertionError(failure);
    }
  }
}

package io.countess.door.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.door.net.Leaks;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What is answered byte for byte where nothing is counted: as a Redis of version 7.0 does, unless a
 * test says otherwise. A tilde stands for a line end.
 */
class WireTest {
  private static RedisDoor door;
  private RespPeer peer;

  @BeforeAll
  static void open() {
    Leaks.requireWatch();
    door = new RedisFakes().open();
  }

  @AfterAll
  static void close() {
    door.close();
    Leaks.requireNone();
  }

  @BeforeEach
  void connect() {
    peer = RespPeer.to(door.port());
  }

  @AfterEach
  void hangUp() {
    peer.close();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '→',
      quoteCharacter = '`',
      value = {
        "PING → +PONG~",
        "ping hello → $5~hello~",
        "PING a b → -ERR wrong number of arguments for 'ping' command~",
        "ECHO \"a\\r\\nb\" → $4~a~b~",
        "ECHO → -ERR wrong number of arguments for 'echo' command~",
        "SELECT 0 → +OK~",
        "SELECT 1 → -ERR DB index is out of range~",
        "SELECT 00 → -ERR value is not an integer or out of range~",
        "AUTH a → -ERR AUTH <password> called without any password configured for the default user."
            + " Are you sure your configuration is correct?~",
        "AUTH default a → +OK~",
        "AUTH alice a → -WRONGPASS invalid username-password pair or user is disabled.~",
        "AUTH a b c → -ERR syntax error~",
        "HELLO 1 → -NOPROTO unsupported protocol version~",
        "HELLO x → -ERR Protocol version is not an integer or out of range~",
        "HELLO 3 AUTH a → -ERR Syntax error in HELLO option 'AUTH'~",
        "HELLO 2 SETNAME \"a b\" → -ERR Client names cannot contain spaces, newlines or special"
            + " characters.~",
        "CLIENT → -ERR wrong number of arguments for 'client' command~",
        "CLIENT FOO → -ERR unknown subcommand 'FOO'. Try CLIENT HELP.~",
        "CLIENT GETNAME → $-1~",
        "CLIENT GETNAME x → -ERR wrong number of arguments for 'client|getname' command~",
        "CLIENT SETNAME \"a b\" → -ERR Client names cannot contain spaces, newlines or special"
            + " characters.~",
        "CLIENT SETINFO LIB-NAME jedis → +OK~",
        "CLIENT SETINFO lib-ver 1.0 → +OK~",
        "CLIENT SETINFO a b → -ERR Unrecognized option 'a'~",
        "CLIENT SETINFO lib-ver \"1 0\" → -ERR lib-ver cannot contain spaces, newlines or special"
            + " characters.~",
        "CLIENT NO-EVICT ON → +OK~",
        "CLIENT NO-TOUCH maybe → -ERR syntax error~",
        "CLIENT TRACKING OFF → +OK~",
        "CLIENT TRACKING ON → -ERR this server does not tell clients what to forget~",
        "CLIENT GETREDIR → :-1~",
        "CONFIG GET save → *2~$4~save~$0~~",
        "CONFIG GET MAXMEMORY* nothing → *4~$9~maxmemory~$1~0~$16~maxmemory-policy~$10~noeviction~",
        "CONFIG GET → -ERR wrong number of arguments for 'config|get' command~",
        "CONFIG SET a b → -ERR unknown subcommand 'SET'. Try CONFIG HELP.~",
        "COMMAND INFO ping nothing → *2~*10~$4~ping~:-1~*3~+loading~+stale~+fast~:0~:0~:0~*0~*0~*0~*0~"
            + "*-1~",
        "COMMAND GETKEYS ping → -ERR The command has no key arguments~",
        "COMMAND GETKEYS nothing → -ERR Invalid command specified~",
        "COMMAND DOCS echo nothing → *2~$4~echo~*2~$5~group~$10~connection~",
        "COMMAND FOO → -ERR unknown subcommand 'FOO'. Try COMMAND HELP.~",
        "INFO nothing → $0~~",
        "INFO Replication → $48~# Replication~role:master~connected_slaves:0~~",
        "RESET → +RESET~",
        "foo → -ERR unknown command 'foo', with args beginning with: ~",
        "foo a 'b c' → -ERR unknown command 'foo', with args beginning with: 'a' 'b c' ~",
        "foo \"a\\nb\" \"c\\x00d\" → -ERR unknown command 'foo', with args beginning with: 'a b' 'c' ~",
        "\"\" → -ERR unknown command '', with args beginning with: ~",
      })
  void shouldAnswer(String line, String reply) {
    assertThat(peer.ask(line, reply)).isEqualTo(reply);
    assertThat(peer.ask("PING", "+PONG~")).isEqualTo("+PONG~");
  }

  @Test
  void shouldGiveBackNoMoreThanSoMuchOfWhatWasSent() {
    String name = "n".repeat(200);
    String reply =
        "-ERR unknown command '%s', with args beginning with: '%s' '%s' ~"
            .formatted("n".repeat(128), "a".repeat(100), "b".repeat(25));
    assertThat(peer.ask(name + " " + "a".repeat(100) + " " + "b".repeat(100) + " c", reply))
        .isEqualTo(reply);
  }

  @Test
  void shouldSpeakVersion3FromHelloOn() {
    peer.send("CLIENT GETNAME~CONFIG GET save~HELLO 3 SETNAME me~CLIENT GETNAME~");
    String greeting =
        "$6~server~$5~redis~$7~version~$6~7.0.15~$5~proto~:3~$2~id~:ID~$4~mode~$10~standalone~"
            + "$4~role~$6~master~$7~modules~*0~";
    String expected = "$-1~*2~$4~save~$0~~%7~" + greeting + "$2~me~";
    String answer = peer.receive(expected.replace("~", "\r\n").length());
    // The id has as many digits as it has.
    String rest = answer.replaceFirst(":\\d+~\\$4~mode", ":ID~\\$4~mode");
    assertThat(rest).startsWith(expected.substring(0, expected.length() - 12));
  }

  @Test
  void shouldHaveTypesOfVersion3() {
    assertThat(peer.ask("HELLO 3 FOO", "-ERR Syntax error in HELLO option 'FOO'~"))
        .isEqualTo("-ERR Syntax error in HELLO option 'FOO'~");
    peer.send("HELLO 3~ECHO end~");
    String greeting = "";
    while (!greeting.endsWith("$3~end~")) {
      greeting += peer.receive(1);
      greeting = greeting.replace("\r\n", "~");
    }
    assertThat(greeting).startsWith("%7~");
    assertThat(peer.ask("CLIENT GETNAME", "_~")).isEqualTo("_~");
    assertThat(peer.ask("CONFIG GET save", "%1~$4~save~$0~~")).isEqualTo("%1~$4~save~$0~~");
    assertThat(peer.ask("INFO nothing", "=4~txt:~")).isEqualTo("=4~txt:~");
    assertThat(peer.ask("COMMAND INFO nothing", "*1~_~")).isEqualTo("*1~_~");
    assertThat(peer.ask("RESET", "+RESET~")).isEqualTo("+RESET~");
    assertThat(peer.ask("CLIENT GETNAME", "$-1~")).isEqualTo("$-1~");
  }

  @Test
  void shouldAnswerManyAtOnceInTheirOrder() {
    peer.send("ECHO %d~".repeat(1000).formatted(numbers()));
    for (int i = 0; i < 1000; i++) {
      String reply = "$" + Integer.toString(i).length() + "~" + i + "~";
      assertThat(peer.receive(reply.length() + 2)).isEqualTo(reply);
    }
  }

  private static Object[] numbers() {
    var numbers = new Object[1000];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i;
    }
    return numbers;
  }

  @Test
  void shouldEndAfterWhatIsNoRequest() {
    peer.send("PING~*1~:1~PING~");
    assertThat(peer.receiveAll()).isEqualTo("+PONG~-ERR Protocol error: expected '$', got ':'~");
  }

  @Test
  void shouldEndWhenItIsAskedTo() {
    peer.send("PING~QUIT~PING~");
    assertThat(peer.receiveAll()).isEqualTo("+PONG~+OK~");
  }

  @Test
  void shouldAnswerOneWhoSendsNoMore() {
    peer.send("PING~ECHO a~*1~$4~PI");
    peer.endSending();
    assertThat(peer.receiveAll()).isEqualTo("+PONG~$1~a~");
  }

  @ParameterizedTest
  @ValueSource(strings = {"POST / HTTP/1.1~Host: localhost:6379~~PING~", "Host: a~PING~"})
  void shouldTakeNothingFromPagesInABrowser(String request) {
    peer.send(request);
    assertThat(peer.receiveAll()).isEqualTo("-ERR this port does not speak HTTP~");
  }

  @Test
  void shouldNameTheConnections() {
    assertThat(peer.ask("CLIENT SETNAME me", "+OK~")).isEqualTo("+OK~");
    assertThat(peer.ask("CLIENT GETNAME", "$2~me~")).isEqualTo("$2~me~");
    peer.send("CLIENT LIST~QUIT~");
    assertThat(peer.receiveAll())
        .contains(" addr=127.0.0.1:", " name=me age=0 idle=0 ", " cmd=client user=default ");
  }
}

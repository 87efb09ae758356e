package io.countess.door.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.Answer;
import io.countess.answer.Cursor;
import io.countess.answer.KeyPage;
import io.countess.answer.NamespacePage;
import io.countess.answer.NamespaceView;
import io.countess.answer.Totals;
import io.countess.answer.VersionedPolicy;
import io.countess.door.Admission;
import io.countess.door.KeysConfig;
import io.countess.event.ByteString;
import io.countess.event.Policy;
import io.countess.event.Position;
import io.countess.query.Question;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Scans where keys name their namespaces. */
class ScanTest {
  private static final TreeMap<String, List<String>> KEYS = new TreeMap<>();

  static {
    KEYS.put("a", List.of("1", "2", "3"));
    KEYS.put("b", List.of());
    KEYS.put("c", List.of("1"));
  }

  private static Object answer(Question<?> question) {
    if (question instanceof Question.Namespaces names) {
      boolean isFirst = names.after().isEmpty();
      String next = isFirst ? KEYS.firstKey() : KEYS.higherKey(names.after().get().toString());
      return new NamespacePage(next == null ? List.of() : List.of(view(next)), Optional.empty());
    }
    var asked = (Question.KeysOf) question;
    List<ByteString> rest =
        KEYS.get(asked.namespace().toString()).stream()
            .map(ByteString::utf8)
            .filter(key -> asked.after().isEmpty() || key.compareTo(asked.after().get()) > 0)
            .toList();
    List<ByteString> page = rest.stream().limit(asked.limit()).toList();
    return new KeyPage(
        page.stream().map(key -> new KeyPage.Entry(key, 1)).toList(),
        page.size() < rest.size()
            ? Optional.of(Cursor.after(page.get(page.size() - 1)))
            : Optional.empty());
  }

  private static NamespaceView view(String name) {
    var policy = new VersionedPolicy(Policy.DEFAULT, OptionalLong.empty());
    return new NamespaceView(ByteString.utf8(name), policy, Totals.ZERO, 1);
  }

  private static RedisDoor door() {
    var fakes = new RedisFakes();
    fakes.answers =
        question ->
            CompletableFuture.completedStage(new Answer.Found<>(answer(question), Position.NONE));
    return fakes.open(RedisConfig.on("127.0.0.1", 0, ":"), KeysConfig.NONE, new Admission(9));
  }

  @Test
  void shouldGoFromNamespaceToNamespace() {
    try (var door = door();
        var peer = RespPeer.to(door.port())) {
      assertThat(peer.ask("KEYS *", "*4~$3~a:1~$3~a:2~$3~a:3~$3~c:1~"))
          .isEqualTo("*4~$3~a:1~$3~a:2~$3~a:3~$3~c:1~");
      assertThat(peer.ask("KEYS ?:1", "*2~$3~a:1~$3~c:1~")).isEqualTo("*2~$3~a:1~$3~c:1~");
    }
  }

  @Test
  void shouldGoOnWhereAPageEnds() {
    try (var door = door()) {
      String cursor = "0";
      var found = new StringBuilder();
      do {
        try (var peer = RespPeer.to(door.port())) {
          peer.send("SCAN " + cursor + " COUNT 2~QUIT~");
          String[] reply = peer.receiveAll().split("~", -1);
          cursor = reply[2];
          for (String word : reply) {
            found.append(word.contains(":") ? word + " " : "");
          }
        }
      } while (!cursor.equals("0"));
      assertThat(found).hasToString("a:1 a:2 a:3 c:1 ");
    }
  }
}

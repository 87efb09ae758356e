package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Namespaces come with their first counter or their policy, and go with the last. */
class NamespaceTest {
  @Test
  void shouldListANamespaceOnceItHasLiveKeys() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("logins", "alice", 1, START);
      fold.put("", "", 1, START);

      assertThat(fold.reader().namespaces())
          .containsOnlyKeys(ByteString.EMPTY, ByteString.utf8("logins"));
    }
  }

  @Test
  void shouldListANamespaceOnceItHasAPolicy() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("logins", "{\"kind\":\"total\"}", START);

      assertThat(fold.reader().namespaces()).containsOnlyKeys(ByteString.utf8("logins"));
    }
  }

  @Test
  void shouldAnswerForAnUnseenNamespaceWithTheDefaultPolicy() {
    try (var fold = FoldFixture.inMemory()) {
      var policy = fold.policyOf("unseen");

      assertThat(policy.counting().policy()).isEqualTo(Policy.DEFAULT);
      assertThat(policy.version()).isEmpty();
      assertThat(fold.count("unseen", "key", START)).isZero();
      assertThat(fold.keys("unseen")).isEmpty();
      assertThat(fold.reader().namespaces()).isEmpty();
    }
  }

  @Test
  void shouldForgetANamespaceInWhichNothingWasCounted() {
    try (var fold = FoldFixture.inMemory()) {
      assertThat(fold.put("a", "k", -1, START).outcome()).isEqualTo(Outcome.IMPOSSIBLE);
      assertThat(fold.put("b", "k", 0, START).outcome()).isEqualTo(Outcome.ACCEPTED);
      fold.apply("c", "k", new Event.Reset(), START);
      fold.policy("d", "{\"kind\":\"expiring\"}", START);
      fold.policy("d", "null", START);
      fold.wallClock(Duration.ofSeconds(2));

      assertThat(fold.reader().namespaces()).isEmpty();
    }
  }

  @Test
  void shouldForgetANamespaceWhenItsLastCounterIsReset() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "a", 1, START);
      fold.put("n", "b", 1, START);
      fold.apply("n", "a", new Event.Reset(), START);
      assertThat(fold.reader().namespaces()).hasSize(1);

      fold.apply("n", "b", new Event.Reset(), START);

      assertThat(fold.reader().namespaces()).isEmpty();
    }
  }

  @Test
  void shouldKeepNamesApartHoweverTheyAreWritten() {
    try (var fold = FoldFixture.inMemory()) {
      fold.pipe("a%20b/k", null, START);
      fold.pipe("a b/k", null, START);
      fold.pipe("a%20B/k", null, START);

      assertThat(fold.count(CounterName.of("a b", "k"), START)).isEqualTo(2);
      assertThat(fold.count(CounterName.of("a B", "k"), START)).isEqualTo(1);
      assertThat(fold.reader().namespaces()).hasSize(2);
    }
  }
}

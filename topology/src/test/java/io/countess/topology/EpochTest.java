package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Partitions;
import io.countess.fold.ForwardMark;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rows from before a reset are never taken for new ones, however they were left behind. */
class EpochTest {
  /** The offsets of two changes can be alike, since each stands in its own home partition. */
  @Test
  void shouldTellResetsApartThatHaveTheSameVersion() {
    try (var fold = FoldFixture.ofPartitions(5)) {
      String namespace = Keys.namespaceIn(0, 5);
      String key = Keys.keyIn(namespace, 0, 5);
      int home = Partitions.of(FoldFixture.utf8("/"), 5);
      assertThat(home).isNotZero();
      fold.policyAndReset(namespace, "{\"kind\":\"expiring\"}", START);
      fold.policyAndReset(namespace, "{\"kind\":\"expiring\"}", START);
      fold.policy(namespace, "null", START);
      fold.put(namespace, key, 5, START);

      fold.pipeForwarded(
          "/", Keys.DEFAULTS_AND_RESET, START, new ForwardMark(home, 1, -1, START.toEpochMilli()));

      assertThat(fold.count(namespace, key, START)).isZero();
      assertThat(fold.put(namespace, key, 1, START).count()).hasValue(1);
    }
  }

  /** Ids are remembered for longer than a namespace in which nothing is left. */
  @ParameterizedTest
  @ValueSource(strings = {"expiring", "window", "total", "gauge"})
  void shouldReleaseNothingFromBeforeAResetOfANamespaceThatWasForgotten(String kind) {
    String period = kind.equals("window") ? ",\"period\":\"year\"" : "";
    String policy = "{\"kind\":\"" + kind + "\"" + period + "}";
    try (var fold = FoldFixture.inMemory()) {
      fold.pipe("/", "{\"op\":\"defaults\",\"policy\":" + policy + "}", START);
      fold.pipe("n/k", "{\"n\":3,\"id\":\"before\"}", START);
      fold.policyAndReset("n", "null", START);
      fold.wallClock(Duration.ofSeconds(1));
      fold.tick(START);
      assertThat(fold.reader().namespaces()).isEmpty();
      fold.put("n", "k", 5, START);

      var release = fold.apply("n", "k", released("before"), START);

      assertThat(release.details().released()).hasValue(0);
      assertThat(fold.count("n", "k", START)).isEqualTo(5);
    }
  }

  private static Event released(String id) {
    return new Event.Release(id, OptionalLong.empty(), Optional.empty());
  }

  /** Rows that are dead stay until their turn comes, and their namespace may go before them. */
  @Test
  void shouldNotTakeUpADeadRowOfAnotherKindOnceItsNamespaceWasForgotten() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "dead", 1, START);
      fold.put("n", "last", 1, START);
      fold.tick(START.plusSeconds(600));
      fold.apply("n", "last", new Event.Reset(), START.plusSeconds(600));
      assertThat(fold.reader().namespaces()).isEmpty();
      fold.pipe(
          "/",
          "{\"op\":\"defaults\",\"policy\":{\"kind\":\"total\"},\"onChange\":\"reset\"}",
          START.plusSeconds(600));

      var decision = fold.put("n", "dead", 3, START.plusSeconds(600));

      assertThat(decision.outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(fold.count("n", "dead", START.plusSeconds(600))).isEqualTo(3);
      assertThat(fold.namespace("n").tally().keysAt(START.toEpochMilli())).isEqualTo(1);
    }
  }
}

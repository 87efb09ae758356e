package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static io.countess.topology.FoldFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Decision;
import io.countess.event.Outcome;
import io.countess.event.Partitions;
import io.countess.event.Policy;
import io.countess.fold.ForwardMark;
import java.time.Duration;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Policies are events too: one record sets how a namespace counts, in all partitions. */
class PolicyTest {
  private static final long AT = START.toEpochMilli();
  private static final String TOTAL = "{\"kind\":\"total\"}";

  @Test
  void shouldTakeTheOffsetOfTheRecordForItsVersion() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "k", 1, START);
      Decision decision = fold.policy("n", TOTAL, START);

      assertThat(decision.outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(fold.policyOf("n").version()).hasValue(1);
      assertThat(fold.policyOf("n").counting().policy()).isEqualTo(Policy.Total.unbounded());
    }
  }

  @Test
  void shouldSendAChangeFromItsHomeToAllOtherPartitions() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      String namespace = Keys.namespaceIn(0, 4);
      fold.policy(namespace, TOTAL, START);

      assertThat(fold.forwarder.sent)
          .extracting(Forwarder.Outgoing::partition)
          .containsExactly(1, 2, 3);
      assertThat(fold.forwarder.sent)
          .allSatisfy(sent -> assertThat(sent.key()).isEqualTo(utf8(namespace + "/")));
      assertThat(IntStream.range(0, 3).mapToObj(fold.forwarder::mark))
          .containsOnly(new ForwardMark(0, 0, -1, AT));
    }
  }

  @Test
  void shouldFollowAChangeThatItsHomeHasDecided() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      String namespace = Keys.namespaceIn(3, 4);
      String change = "{\"op\":\"policy\",\"policy\":" + TOTAL + "}";
      fold.pipeForwarded(namespace + "/", change, START, new ForwardMark(3, 40, -1, AT));
      fold.pipeForwarded(namespace + "/", change, START, new ForwardMark(3, 40, -1, AT));

      assertThat(fold.policyOf(namespace).version()).hasValue(40);
      assertThat(fold.forwarder.sent).isEmpty();
      assertThat(fold.heard.decisions).as("its home decides, and answers").isEmpty();
      assertThat(fold.reader().progress().applied(3, 40, Duration.ofHours(1))).isCompleted();
    }
  }

  @Test
  void shouldForwardAMisplacedChangeToItsHomeOnly() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      String namespace = Keys.namespaceIn(3, 4);
      fold.policy(namespace, TOTAL, START);

      assertThat(fold.forwarder.sent).extracting(Forwarder.Outgoing::partition).containsExactly(3);
      assertThat(fold.policyOf(namespace).version()).isEmpty();
    }
  }

  @Test
  void shouldDecideAChangeThatWasMisplacedElsewhereAndPassItOnAsItsOwn() {
    try (var fold = FoldFixture.ofPartitions(4)) {
      String namespace = Keys.namespaceIn(0, 4);
      String change = "{\"op\":\"policy\",\"policy\":" + TOTAL + "}";
      fold.pipeForwarded(namespace + "/", change, START, new ForwardMark(2, 40, -1, AT));

      assertThat(fold.policyOf(namespace).version()).hasValue(0);
      assertThat(fold.forwarder.sent).hasSize(3);
      assertThat(fold.forwarder.mark(1)).isEqualTo(new ForwardMark(0, 0, -1, AT));
    }
  }

  @Test
  void shouldKeepWhatIsCountedAndHowLongItLives() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "k", 1, START);
      fold.policy("n", "{\"kind\":\"expiring\",\"ttl\":\"5s\"}", START);
      fold.put("n", "k", 1, START);

      assertThat(fold.count("n", "k", START.plusSeconds(4))).isEqualTo(2);
      assertThat(fold.count("n", "k", START.plusSeconds(5))).isEqualTo(1);
      assertThat(fold.count("n", "k", START.plusSeconds(60))).isZero();
    }
  }

  @Test
  void shouldStartAgainWhereToldTo() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("n", TOTAL, START);
      fold.put("n", "k", 5, START);

      fold.policyAndReset("n", "{\"kind\":\"total\",\"initial\":2}", START);

      assertThat(fold.count("n", "k", START)).isEqualTo(2);
      assertThat(fold.put("n", "k", 1, START).count()).hasValue(3);
    }
  }

  @Test
  void shouldChangeTheKindOnlyWithAReset() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("n", TOTAL, START);
      fold.put("n", "k", 5, START);

      var refused = fold.policy("n", "{\"kind\":\"expiring\"}", START);
      assertThat(refused.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
      assertThat(refused.reason().orElseThrow()).contains("needs onChange reset");
      assertThat(fold.count("n", "k", START)).isEqualTo(5);

      fold.policyAndReset("n", "{\"kind\":\"expiring\"}", START);
      assertThat(fold.count("n", "k", START)).isZero();
      assertThat(fold.put("n", "k", 1, START).count()).hasValue(1);
    }
  }

  @Test
  void shouldStartAgainWhereTheFirstPolicyIsOfAnotherKindThanTheDefaultOne() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "k", 5, START);

      var first = fold.policy("n", TOTAL, START);

      assertThat(first.outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(fold.count("n", "k", START)).isZero();
    }
  }

  @Test
  void shouldGoBackToTheDefaultPolicy() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("n", "{\"kind\":\"expiring\",\"ttl\":\"1h\"}", START);
      fold.put("n", "k", 1, START);

      fold.policy("n", "null", START);
      fold.put("n", "k", 1, START);

      assertThat(fold.policyOf("n").version()).isEmpty();
      assertThat(fold.policyOf("n").counting().policy()).isEqualTo(Policy.DEFAULT);
      assertThat(fold.count("n", "k", START.plusSeconds(60))).isEqualTo(1);
    }
  }

  @Test
  void shouldLeaveOtherNamespacesAlone() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "k", 1, START);
      fold.put("nn", "k", 1, START);
      fold.put("", "n", 1, START);
      fold.policyAndReset("n", TOTAL, START);

      assertThat(fold.count("nn", "k", START)).isEqualTo(1);
      assertThat(fold.count("", "n", START)).isEqualTo(1);
      assertThat(fold.policyOf("nn").version()).isEmpty();
    }
  }

  @Test
  void shouldNotTakeThePolicyRecordForACounterNorAPutUnderItsKeyForAPolicy() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("n", TOTAL, START);
      assertThat(fold.keys("n")).isEmpty();

      fold.pipe("n/", null, START);
      assertThat(fold.keys("n")).containsExactly("");
      assertThat(fold.count("n", "", START)).isEqualTo(1);
    }
  }

  @Test
  void shouldLetTheDefaultPolicyBeSetForAllNamespacesWithoutTheirOwn() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("own", "{\"kind\":\"expiring\",\"ttl\":\"10s\"}", START);
      fold.put("seen", "k", 1, START);
      defaults(fold, "{\"kind\":\"expiring\",\"ttl\":\"1h\"}", "keep");

      for (String namespace : new String[] {"own", "seen", "unseen"}) {
        fold.put(namespace, "k", 1, START);
      }
      var later = START.plusSeconds(3000);
      assertThat(fold.count("own", "k", later)).isZero();
      assertThat(fold.count("seen", "k", later)).isEqualTo(1);
      assertThat(fold.count("unseen", "k", later)).isEqualTo(1);
      assertThat(fold.reader().defaults().version()).hasValue(2);
    }
  }

  @Test
  void shouldChangeTheKindOfTheDefaultPolicyOnlyWithAReset() {
    try (var fold = FoldFixture.inMemory()) {
      fold.policy("own", "{\"kind\":\"expiring\"}", START);
      fold.put("own", "k", 3, START);
      fold.put("seen", "k", 3, START);

      assertThat(defaults(fold, TOTAL, "keep").outcome()).isEqualTo(Outcome.IMPOSSIBLE);
      assertThat(fold.count("seen", "k", START)).isEqualTo(3);

      assertThat(defaults(fold, TOTAL, "reset").outcome()).isEqualTo(Outcome.ACCEPTED);
      assertThat(fold.count("seen", "k", START)).isZero();
      assertThat(fold.count("own", "k", START)).isEqualTo(3);
      assertThat(fold.put("seen", "k", -4, START).count()).hasValue(-4);
    }
  }

  @Test
  void shouldFollowAChangeOfTheDefaultPolicy() {
    try (var fold = FoldFixture.ofPartitions(5)) {
      int home = Partitions.of(utf8("/"), 5);
      fold.pipeForwarded("/", Keys.DEFAULTS_AND_RESET, START, new ForwardMark(home, 3, -1, AT));

      assertThat(fold.reader().defaults().version()).hasValue(3);
    }
  }

  private static Decision defaults(FoldFixture fold, String policy, String onChange) {
    fold.pipe(
        "/",
        "{\"op\":\"defaults\",\"policy\":" + policy + ",\"onChange\":\"" + onChange + "\"}",
        START);
    return fold.heard.decisions.get(fold.heard.decisions.size() - 1);
  }
}

package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.ByteString;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.codec.PolicyCodec;
import io.countess.fold.ForwardMark;
import io.countess.store.RestoredStore;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** All local state is lost, and comes back from the changelog: nothing shows the difference. */
class RestartTest {
  private static final long AT = START.toEpochMilli();
  private static final int PARTITIONS = 4;
  private static final String TOTAL = "{\"kind\":\"total\"}";

  @Test
  void shouldCountOnWhereItWas() {
    restart(
        fold -> {
          fold.put("n", key("n"), 2, START);
          fold.put("n", key("n"), 3, START.plusSeconds(10));
        },
        fold -> {
          assertThat(fold.count("n", key("n"), START.plusSeconds(59))).isEqualTo(5);
          assertThat(fold.count("n", key("n"), START.plusSeconds(60))).isEqualTo(3);
          assertThat(fold.put("n", key("n"), 1, START.plusSeconds(20)).count()).hasValue(6);
          assertThat(fold.reader().everything().countAt(AT + 20_000)).isEqualTo(6);
          assertThat(fold.reader().everything().keysAt(AT + 20_000)).isEqualTo(1);
        });
  }

  @Test
  void shouldKnowHowFarItHadFolded() {
    restart(
        fold -> {
          fold.put("n", key("n"), 1, START);
          fold.put("n", key("n"), 1, START);
        },
        fold -> {
          assertThat(fold.reader().progress().offset()).isEqualTo(1);
          assertThat(fold.reader().progress().reached(1, Duration.ofHours(1))).isCompleted();
        });
  }

  @Test
  void shouldKnowItsPoliciesAndLimits() {
    String own = Keys.namespaceIn(0, PARTITIONS);
    restart(
        fold -> {
          fold.policy(own, "{\"kind\":\"leaky\",\"rate\":\"1/m\",\"capacity\":2}", START);
          fold.put(own, key(own), 2, START);
          fold.pipe(
              "/",
              "{\"op\":\"defaults\",\"policy\":{\"kind\":\"expiring\",\"ttl\":\"1h\"}}",
              START);
        },
        fold -> {
          assertThat(fold.policyOf(own).version()).hasValue(0);
          var refused = fold.put(own, key(own), 1, START.plusSeconds(20));
          assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
          assertThat(refused.retryAfterMillis()).hasValue(40_000);
          assertThat(fold.policyOf("unseen").counting().policy())
              .isEqualTo(new Policy.Expiring(Duration.ofHours(1), OptionalLong.empty()));
          assertThat(fold.reader().defaults().version()).hasValue(2);
        });
  }

  @Test
  void shouldKnowHowMuchTimeHasPassed() {
    restart(
        fold -> fold.tick(START.plusSeconds(600)),
        fold -> assertThat(fold.put("n", key("n"), 1, START).outcome()).isEqualTo(Outcome.LATE));
  }

  @Test
  void shouldStillExpireWhatIsDead() {
    restart(
        fold -> {
          fold.put("n", key("n"), 1, START);
          fold.tick(START.plusSeconds(600));
        },
        fold -> {
          fold.wallClock(Duration.ofSeconds(1));
          assertThat(fold.keys("n")).isEmpty();
          assertThat(fold.reader().namespaces()).isEmpty();
        });
  }

  @Test
  void shouldStillMakeTimePassForWhatWaits() {
    restart(
        fold -> fold.put("n", key("n"), 1, START),
        fold -> {
          fold.wallClock(Duration.ofSeconds(130));
          assertThat(fold.forwarder.sent).hasSize(1);
        });
  }

  @Test
  void shouldStillHideAndSweepWhatAResetLeftBehind() {
    String own = Keys.namespaceIn(0, PARTITIONS);
    restart(
        fold -> {
          fold.policy(own, TOTAL, START);
          fold.put(own, key(own), 5, START);
          fold.policyAndReset(own, TOTAL, START);
        },
        fold -> {
          assertThat(fold.count(own, key(own), START)).isZero();
          assertThat(fold.store().state().hotRows()).isZero();
          fold.wallClock(Duration.ofSeconds(1));
          assertThat(fold.put(own, key(own), 1, START).count()).hasValue(1);
        });
  }

  @Test
  void shouldNotBringBackACounterThatWasReset() {
    restart(
        fold -> {
          fold.put("n", key("n"), 5, START);
          fold.apply("n", key("n"), new Event.Reset(), START);
        },
        fold -> assertThat(fold.keys("n")).isEmpty());
  }

  @Test
  void shouldPassOverWhatWasForwardedToItBeforeAndTakeWhatFollows() {
    var first = new ForwardMark(2, 17, -1, AT);
    restart(
        fold -> fold.pipeForwarded("n/" + key("n"), null, START, first),
        fold -> {
          fold.pipeForwarded("n/" + key("n"), null, START, first);
          fold.pipeForwarded("n/" + key("n"), null, START, new ForwardMark(2, 20, 17, AT));
          assertThat(fold.count("n", key("n"), START)).isEqualTo(2);
        });
  }

  @Test
  void shouldRememberIdsAndWhatIsLeftOfThem() {
    var put = Event.Put.of(2).withId(Optional.of("a"));
    var part = new Event.Release("a", OptionalLong.of(1), Optional.empty());
    restart(
        fold -> {
          fold.apply("n", key("n"), put, START);
          fold.apply("n", key("n"), part, START);
        },
        fold -> {
          var again = fold.apply("n", key("n"), put, START.plusSeconds(1));
          assertThat(again.details().replayed()).isTrue();
          assertThat(again.count()).hasValue(2);
          var rest = new Event.Release("a", OptionalLong.empty(), Optional.empty());
          var released = fold.apply("n", key("n"), rest, START.plusSeconds(1));
          assertThat(released.details().released()).hasValue(1);
          assertThat(released.count()).hasValue(0);
        });
  }

  @Test
  void shouldKnowTheHistoryOfItsPolicies() {
    String own = Keys.namespaceIn(0, PARTITIONS);
    restart(
        fold -> fold.policy(own, "{\"kind\":\"expiring\",\"ttl\":\"1h\"}", START),
        fold -> assertThat(fold.reader().history(ByteString.utf8(own))).hasSize(1));
  }

  @Test
  void shouldKnowThePoliciesThatLapse() {
    String bucket = "{'kind':'leaky','rate':'1/s','capacity':3,'lapses':true}";
    Policy lapsing = PolicyCodec.decode(FoldFixture.utf8(bucket.replace('\'', '"')));
    restart(
        fold -> {
          fold.policy("n", TOTAL, START);
          fold.apply("n", key("n"), Event.Put.of(1).bringing(lapsing), START);
        },
        fold -> {
          assertThat(fold.put("n", key("n"), 3, START).outcome()).isEqualTo(Outcome.REFUSED);
          assertThat(fold.put("n", key("n"), 9, START.plusSeconds(61)).count()).hasValue(9);
        });
  }

  @Test
  void shouldGoOnWithTheChainOfWhatItForwards() {
    String elsewhere = "n/" + Keys.keyIn("n", 3, PARTITIONS);
    restart(
        fold -> {
          fold.put("n", key("n"), 1, START);
          fold.pipe(elsewhere, null, START);
        },
        fold -> {
          fold.pipe(elsewhere, null, START);
          assertThat(fold.forwarder.mark(0).previous()).isEqualTo(1);
        });
  }

  private static String key(String namespace) {
    return Keys.keyIn(namespace, 0, PARTITIONS);
  }

  private static void restart(Consumer<FoldFixture> before, Consumer<FoldFixture> after) {
    RestoredStore restored;
    try (var fold = FoldFixture.ofPartitions(PARTITIONS)) {
      before.accept(fold);
      restored = new RestoredStore(fold.changelog());
    }
    try (var fold = FoldFixture.ofPartitions(PARTITIONS, restored)) {
      readAgainWhatIsFoldedAlready(fold);
      after.accept(fold);
    }
  }

  /** As Kafka does where it has forgotten how far the group had come; nothing may come of it. */
  private static void readAgainWhatIsFoldedAlready(FoldFixture fold) {
    long folded = fold.reader().progress().offset();
    for (long offset = 0; offset <= folded; offset++) {
      fold.put("again", "key", 1, START);
    }
    assertThat(fold.reader().namespaces()).doesNotContainKey(ByteString.utf8("again"));
  }
}

package io.countess.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.ByteString;
import io.countess.event.Decision;
import io.countess.event.Outcome;
import io.countess.store.SimulatedDisk;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.lifecycle.BeforeTry;

/** A partition has places for so many namespaces; which records that refuses, the log decides. */
class ManyNamespacesTest {
  private static final int PLACES = 3;
  private static final long START = FoldFixture.START.toEpochMilli();
  private static final String DROP = "{\"op\":\"policy\",\"policy\":null,\"onChange\":\"reset\"}";
  private static final List<String> CHANGES =
      List.of(
          DROP,
          "{\"op\":\"policy\",\"policy\":{\"kind\":\"total\"},\"onChange\":\"reset\"}",
          "{\"op\":\"policy\",\"policy\":{\"kind\":\"leaky\",\"rate\":\"1/s\"},"
              + "\"onChange\":\"reset\"}");
  private static final List<String> DEFAULTS =
      List.of(
          "{\"kind\":\"expiring\",\"ttl\":\"30s\"}",
          "{\"kind\":\"leaky\",\"rate\":\"1/s\"}",
          "{\"kind\":\"total\"}");

  private SimulatedLog log;
  private SimulatedPartition fold;
  private long now;

  @BeforeTry
  void startAnew() {
    log = new SimulatedLog(1);
    fold = partition();
    now = START;
  }

  private SimulatedPartition partition() {
    return new SimulatedPartition(0, log, new SimulatedDisk(PLACES));
  }

  @Property(tries = 200)
  void shouldDecideAllTheSameWhenItCommitsCrashesOrRemovesWhatIsDead(@ForAll long seed) {
    var random = new SplittableRandom(seed);
    for (int i = 0; i < 150; i++) {
      append(random);
    }

    foldAll(fold, random);

    var once = partition();
    while (once.isBehind()) {
      once.fold();
    }
    once.decisions.forEach(
        (offset, decisions) ->
            assertThat(fold.decisions.get(offset))
                .as("at %d, seed %d", offset, seed)
                .containsOnly(decisions.get(0)));
  }

  private void append(SplittableRandom random) {
    now += random.nextInt(12) == 0 ? random.nextInt(100_000) : random.nextInt(2000);
    String namespace = "n" + random.nextInt(6);
    int what = random.nextInt(40);
    if (what == 0) {
      String policy = DEFAULTS.get(random.nextInt(DEFAULTS.size()));
      append("/", "{\"op\":\"defaults\",\"policy\":" + policy + ",\"onChange\":\"reset\"}");
    } else if (what < 6) {
      String change = CHANGES.get(random.nextInt(CHANGES.size()));
      boolean keep = change.equals(DROP) && random.nextBoolean();
      append(namespace + "/", keep ? change.replace("reset", "keep") : change);
    } else if (what < 10) {
      append(namespace + "/k" + random.nextInt(2), "{\"op\":\"reset\"}");
    } else {
      append(namespace + "/k" + random.nextInt(2), "{\"n\":" + random.nextInt(4) + "}");
    }
  }

  private void append(String key, String value) {
    log.append(0, key, value, now);
  }

  private static void foldAll(SimulatedPartition fold, SplittableRandom random) {
    while (fold.isBehind()) {
      switch (random.nextInt(12)) {
        case 0 -> fold.commit();
        case 1 -> fold.housekeeping(START);
        case 2 -> fold.crash(0, 0);
        default -> fold.fold();
      }
    }
  }

  private Decision put(String namespace) {
    append(namespace + "/k", "");
    fold.fold();
    return fold.decisions.lastEntry().getValue().get(0);
  }

  @Example
  void shouldRefuseAPutThatNeedsAPlaceMoreThanThereAre() {
    for (String namespace : new String[] {"a", "b", "c"}) {
      assertThat(put(namespace).outcome()).isEqualTo(Outcome.ACCEPTED);
    }

    assertThat(put("d").outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    assertThat(put("a").outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  @Example
  void shouldHaveAPlaceAgainWhenTheKeysOfANamespaceHaveEnded() {
    put("a");
    now += 30_000;
    put("b");
    put("c");
    now = START + 119_000;
    append("/", "{\"op\":\"tick\"}");
    fold.fold();
    assertThat(put("d").outcome()).isEqualTo(Outcome.IMPOSSIBLE);

    now = START + 121_000;
    assertThat(put("d").outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(put("e").outcome()).isEqualTo(Outcome.IMPOSSIBLE);
  }

  @Example
  void shouldHaveAPlaceAgainWhenANamespaceIsResetOrLosesItsPolicy() {
    put("a");
    append("b/", "{\"op\":\"policy\",\"policy\":{\"kind\":\"total\"}}");
    fold.fold();
    put("c");
    assertThat(put("d").outcome()).isEqualTo(Outcome.IMPOSSIBLE);

    append("b/", DROP);
    fold.fold();
    assertThat(put("d").outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(put("e").outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    append("a/k", "{\"op\":\"reset\"}");
    fold.fold();
    assertThat(put("e").outcome()).isEqualTo(Outcome.ACCEPTED);
  }

  /** Else a put there would be counted by another policy than everywhere else. */
  @Example
  void shouldFindAPlaceForAPolicyThatAnotherPartitionHasAccepted() {
    var many = new SimulatedLog(4);
    var here = new SimulatedPartition(0, many, new SimulatedDisk(PLACES));
    for (int i = 0; i < PLACES; i++) {
      String namespace = "full" + i;
      many.append(0, namespace + "/" + Keys.keyIn(namespace, 0, 4), "", START);
      here.fold();
    }
    String namespace = Keys.namespaceIn(1, 4);
    var home = new SimulatedPartition(1, many, new SimulatedDisk(PLACES));
    many.append(1, namespace + "/", "{\"op\":\"policy\",\"policy\":{\"kind\":\"total\"}}", START);
    home.fold();
    home.commit();

    here.fold();

    var name = ByteString.utf8(namespace);
    assertThat(here.reader().policy(name).version()).hasValue(0);
  }
}

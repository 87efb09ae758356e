package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static io.countess.topology.FoldFixture.utf8;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.ByteString;
import io.countess.event.Decision;
import io.countess.event.Outcome;
import io.countess.fold.Skipped;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class FoldObserversTest {
  private static final Decision DECISION = new Decision(Outcome.LATE, Optional.empty(), 5);

  @Test
  void shouldTellEachObserverInItsTurn() {
    var told = new ArrayList<String>();
    var observers =
        new FoldObservers(
            List.of(
                (DecisionObserver) (partition, key, decision) -> told.add("first " + partition),
                (AnswerObserver) (caller, decision) -> told.add("answers"),
                (DecisionObserver) (partition, key, decision) -> told.add("second " + partition)));

    observers.decided(3, utf8("n/k"), DECISION);
    observers.answered(utf8("me"), DECISION);

    assertThat(told).containsExactly("first 3", "second 3", "answers");
  }

  @Test
  void shouldTellAnObserverWhateverItObserves() {
    var all = new RecordingObserver();
    var observers = new FoldObservers(List.of(all));

    observers.decided(0, utf8("n/k"), DECISION);
    observers.tell(it -> it.skipped(0, Skipped.GAP));

    assertThat(all.decisions).containsExactly(DECISION);
    assertThat(all.skipped).containsExactly(Skipped.GAP);
  }

  @Test
  void shouldTellWhichCounterOrNamespaceWasDecided() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "k", 1, START);
      fold.pipe("%6e/k", null, START); // the same counter, written otherwise
      fold.pipe("n/", "{\"op\":\"policy\",\"policy\":{\"kind\":\"total\"}}", START);
      fold.pipe("n/{k}a", "{\"op\":\"claim\",\"counters\":[{\"key\":\"{k}a\"}]}", START);
      fold.pipe("no counter", null, START);

      assertThat(fold.heard.decisions).hasSize(4);
      assertThat(fold.heard.keys).isEqualTo(keys("n/k", "n/k", "n/", "n/{k}a"));
    }
  }

  private static List<ByteString> keys(String... recordKeys) {
    return Stream.of(recordKeys).map(FoldFixture::utf8).map(ByteString::of).toList();
  }
}

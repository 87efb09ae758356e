package io.countess.topology;

import static io.countess.topology.FoldFixture.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The keys of a namespace, in order, by prefix and page by page. */
class KeysTest {
  @Test
  void shouldListKeysInTheOrderOfTheirBytes() {
    try (var fold = FoldFixture.inMemory()) {
      for (String key : new String[] {"b", "é", "", "a/b", "a", "Z", "ab", "~"}) {
        fold.put("n", key, 1, START);
      }
      assertThat(fold.keys("n")).containsExactly("", "Z", "a", "a/b", "ab", "b", "~", "é");
    }
  }

  @Test
  void shouldListKeysThatAreNotCommittedYetAndNoneThatAreGone() {
    try (var fold = FoldFixture.inMemory()) {
      fold.put("n", "a", 1, START);
      fold.put("n", "c", 1, START);
      var seen = new ArrayList<List<String>>();
      fold.heard.whenFolded(() -> seen.add(fold.keys("n")));

      fold.put("n", "b", 1, START);
      fold.apply("n", "a", new Event.Reset(), START);

      assertThat(seen).containsExactly(List.of("a", "b", "c"), List.of("b", "c"));
    }
  }

  @Test
  void shouldAnswerACountThatIsNotCommittedYet() {
    try (var fold = FoldFixture.inMemory()) {
      var seen = new ArrayList<Long>();
      fold.heard.whenFolded(() -> seen.add(fold.count("n", "k", START)));
      fold.put("n", "k", 2, START);
      fold.put("n", "k", 3, START);

      assertThat(seen).containsExactly(2L, 5L);
    }
  }

  @Test
  void shouldListThoseWithAPrefix() {
    try (var fold = FoldFixture.inMemory()) {
      for (String key : new String[] {"user:1", "user:2", "user", "users:1", "use", "v"}) {
        fold.put("n", key, 1, START);
      }
      assertThat(fold.keys("n", "", "user:", 100)).containsExactly("user:1", "user:2");
      assertThat(fold.keys("n", "user:2", "user:", 100)).containsExactly("user:2");
      assertThat(fold.keys("n", "z", "user:", 100)).isEmpty();
      assertThat(fold.keys("n", "", "w", 100)).isEmpty();
    }
  }

  @Test
  void shouldListThemPageByPage() {
    try (var fold = FoldFixture.inMemory()) {
      List<String> all = IntStream.range(100, 200).mapToObj(i -> "k" + i).toList();
      all.forEach(key -> fold.put("n", key, 1, START));

      var paged = new ArrayList<String>();
      List<String> page = fold.keys("n", "", "", 7);
      while (!page.isEmpty()) {
        paged.addAll(page);
        page = fold.keys("n", page.get(page.size() - 1) + "\0", "", 7);
      }
      assertThat(paged).isEqualTo(all);
    }
  }
}

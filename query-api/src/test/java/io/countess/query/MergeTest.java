package io.countess.query;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.Cursor;
import io.countess.answer.KeyPage;
import io.countess.answer.NamespacePage;
import io.countess.answer.NamespaceView;
import io.countess.answer.Totals;
import io.countess.answer.VersionedPolicy;
import io.countess.event.ByteString;
import io.countess.event.Glob;
import io.countess.event.Policy;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

/** What several instances answer comes to what one would that holds everything. */
class MergeTest {
  private static final ByteString LOGINS = ByteString.utf8("logins");

  @Property(tries = 300)
  void shouldGoThroughAllKeysPageByPage(
      @ForAll @Size(max = 60) List<@IntRange(max = 2) Integer> homes,
      @ForAll @IntRange(min = 1, max = 9) int limit) {
    var seen = new ArrayList<ByteString>();
    Optional<ByteString> after = Optional.empty();
    int pages = 0;
    do {
      var question = new Question.KeysOf(LOGINS, Glob.ALL, after, limit);
      List<Part<KeyPage>> parts = new ArrayList<>();
      for (int partition = 0; partition < 3; partition++) {
        parts.add(new Part<>(Set.of(partition), pageOf(partition, homes, question)));
      }
      KeyPage page = question.merge(parts, 3);
      assertThat(page.keys().size()).isLessThanOrEqualTo(limit);
      page.keys().forEach(entry -> seen.add(entry.key()));
      after = page.next().map(Cursor::name);
      pages++;
    } while (after.isPresent() && pages < 200);

    assertThat(seen).isEqualTo(IntStream.range(0, homes.size()).mapToObj(MergeTest::key).toList());
  }

  private static KeyPage pageOf(int partition, List<Integer> homes, Question.KeysOf question) {
    List<KeyPage.Entry> all =
        IntStream.range(0, homes.size())
            .filter(i -> homes.get(i) == partition)
            .mapToObj(i -> new KeyPage.Entry(key(i), i))
            .filter(e -> question.after().map(after -> e.key().compareTo(after) > 0).orElse(true))
            .toList();
    boolean more = all.size() > question.limit();
    List<KeyPage.Entry> page = all.stream().limit(question.limit()).toList();
    return new KeyPage(page, more ? next(page.get(page.size() - 1).key()) : Optional.empty());
  }

  @Test
  void shouldGoOnWhereTheFirstPartStopped() {
    var question = new Question.KeysOf(LOGINS, Glob.ALL, Optional.empty(), 5);
    // The first has looked at as much as it may, and found nothing beyond its first key.
    var first = new KeyPage(entries(1), next(key(3)));
    var second = new KeyPage(entries(2, 4), Optional.empty());

    KeyPage page = question.merge(List.of(part(0, first), part(1, second)), 2);

    assertThat(page.keys()).extracting(KeyPage.Entry::key).containsExactly(key(1), key(2));
    assertThat(page.next()).isEqualTo(next(key(3)));
  }

  @Test
  void shouldRankOverAllParts() {
    var question = new Question.TopOf(LOGINS, 3);
    var first = new KeyPage(entries(9, 5, 1), Optional.empty());
    var second = new KeyPage(entries(7, 6), Optional.empty());

    assertThat(question.merge(List.of(part(0, first), part(1, second)), 2).keys())
        .extracting(KeyPage.Entry::count)
        .containsExactly(9L, 7L, 6L);
  }

  @Test
  void shouldAddUpNamespacesUpToWhereTheFirstPartEnds() {
    var question = new Question.Namespaces(Optional.empty(), 2);
    var first = new NamespacePage(List.of(view("a", 1), view("b", 2)), name("b"));
    var second = new NamespacePage(List.of(view("b", 3), view("c", 4)), Optional.empty());

    NamespacePage page = question.merge(List.of(part(0, first), part(1, second)), 2);

    assertThat(page.namespaces())
        .extracting(it -> it.namespace().toString() + it.totals().count())
        .containsExactly("a1", "b5");
    assertThat(page.next()).isEqualTo(name("b"));
  }

  @Test
  void shouldTakeThePolicyFromItsHome() {
    var question = new Question.NamespaceOf(LOGINS);
    int home = NamespaceParts.home(LOGINS, 4);
    var old = view(Policy.DEFAULT, 1);
    var latest = view(Policy.Total.unbounded(), 2);
    var parts = new TreeMap<Integer, Part<NamespaceView>>(Comparator.reverseOrder());
    for (int partition = 0; partition < 4; partition++) {
      parts.put(partition, part(partition, partition == home ? latest : old));
    }

    NamespaceView merged = question.merge(List.copyOf(parts.values()), 4);

    assertThat(merged.policy()).isEqualTo(latest.policy());
    assertThat(merged.totals().count()).isEqualTo(5);
  }

  private static <A> Part<A> part(int partition, A value) {
    return new Part<>(Set.of(partition), value);
  }

  private static List<KeyPage.Entry> entries(int... counts) {
    return IntStream.of(counts).mapToObj(n -> new KeyPage.Entry(key(n), n)).toList();
  }

  private static ByteString key(int i) {
    return ByteString.utf8("key%03d".formatted(i));
  }

  private static Optional<Cursor> name(String name) {
    return next(ByteString.utf8(name));
  }

  private static Optional<Cursor> next(ByteString after) {
    return Optional.of(Cursor.after(after));
  }

  private static NamespaceView view(String name, long count) {
    return new NamespaceView(
        ByteString.utf8(name),
        new VersionedPolicy(Policy.DEFAULT, OptionalLong.empty()),
        new Totals(count, 1, false),
        7);
  }

  private static NamespaceView view(Policy policy, long count) {
    return new NamespaceView(
        LOGINS, new VersionedPolicy(policy, OptionalLong.empty()), new Totals(count, 1, false), 7);
  }
}

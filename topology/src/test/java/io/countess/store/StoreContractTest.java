package io.countess.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.store.OpenStore.Kind;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What holds for both stores, since the rest of Countess must not know which one it has. */
class StoreContractTest {
  private static final long NOW = 1_767_225_600_000L;
  private static final long LATER = NOW + 1;

  @TempDir Path directory;

  @ParameterizedTest
  @EnumSource
  void shouldCountBeforeAndAfterACommit(Kind kind) {
    try (var open = OpenStore.open(kind, directory, 100)) {
      open.put("logins", "alice", 2, NOW);
      assertThat(open.count("logins", "alice", LATER)).isEqualTo(2);

      open.commit();
      assertThat(open.count("logins", "alice", LATER)).isEqualTo(2);

      open.put("logins", "alice", 3, NOW);
      assertThat(open.count("logins", "alice", LATER)).isEqualTo(5);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldReadAgainWhatWasCommittedAndNothingElse(Kind kind) {
    try (var open = OpenStore.open(kind, directory, 100)) {
      open.put("logins", "alice", 2, NOW);
      open.commit();
      open.put("logins", "alice", 3, NOW);
      open.put("logins", "bob", 1, NOW);

      open.reopen();

      assertThat(open.count("logins", "alice", LATER)).isEqualTo(2);
      assertThat(open.scan("logins", "", "")).containsExactly("alice");
      assertThat(open.reader.everything().countAt(LATER)).isEqualTo(2);
      assertThat(open.reader.everything().keysAt(LATER)).isEqualTo(1);
      assertThat(open.reader.progress().offset()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldScanKeysInOrderWithThoseThatAreNewAndWithoutThoseThatAreGone(Kind kind) {
    try (var open = OpenStore.open(kind, directory, 100)) {
      for (String key : new String[] {"d", "b", "gone", "h"}) {
        open.put("n", key, 1, NOW);
      }
      open.commit();
      for (String key : new String[] {"a", "c", "i", "new and gone"}) {
        open.put("n", key, 1, NOW);
      }
      open.apply(CounterName.of("n", "gone"), new Event.Reset(), NOW);
      open.apply(CounterName.of("n", "new and gone"), new Event.Reset(), NOW);

      assertThat(open.scan("n", "", "")).containsExactly("a", "b", "c", "d", "h", "i");
      open.commit();
      assertThat(open.scan("n", "", "")).containsExactly("a", "b", "c", "d", "h", "i");
      open.reopen();
      assertThat(open.scan("n", "", "")).containsExactly("a", "b", "c", "d", "h", "i");
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldSeekToAPrefixAndToAKey(Kind kind) {
    try (var open = OpenStore.open(kind, directory, 100)) {
      for (String key : new String[] {"", "a", "ab", "abc", "abd", "ac", "b"}) {
        open.put("n", key, 1, NOW);
      }
      open.commit();
      open.put("n", "abb", 1, NOW);

      assertThat(open.scan("n", "", "ab")).containsExactly("ab", "abb", "abc", "abd");
      assertThat(open.scan("n", "abc", "ab")).containsExactly("abc", "abd");
      assertThat(open.scan("n", "abc\0", "")).containsExactly("abd", "ac", "b");
      assertThat(open.scan("n", "", "")).startsWith("", "a").hasSize(8);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldFindNothingBehindAllKeysOfAPrefix(Kind kind) {
    try (var open = OpenStore.open(kind, directory, 100)) {
      open.put("n", "ab", 1, NOW);
      open.commit();

      assertThat(open.scan("n", "b", "a")).isEmpty();
      assertThat(open.scan("n", "z", "ab")).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldKeepNamespacesApartWhoseNamesStartAlike(Kind kind) {
    try (var open = OpenStore.open(kind, directory, 100)) {
      open.put("a", "b/c", 1, NOW);
      open.put("a/b", "c", 2, NOW);
      open.put("ab", "/c", 3, NOW);
      open.put("", "a/b/c", 4, NOW);
      open.commit();

      assertThat(open.scan("a", "", "")).containsExactly("b/c");
      assertThat(open.scan("a/b", "", "")).containsExactly("c");
      assertThat(open.scan("ab", "", "")).containsExactly("/c");
      assertThat(open.scan("", "", "")).containsExactly("a/b/c");
      assertThat(open.count("a/b", "c", LATER)).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldTakeNamesOfAnyBytes(Kind kind) {
    try (var open = OpenStore.open(kind, directory, 100)) {
      byte[] bytes = {(byte) 0xff, 0, '/', '%', (byte) 0xff};
      var odd = new CounterName(ByteString.of(bytes), ByteString.of(bytes));
      var none = new CounterName(ByteString.EMPTY, ByteString.EMPTY);
      open.apply(odd, Event.Put.of(3), NOW);
      open.apply(none, Event.Put.of(4), NOW);
      open.commit();
      open.reopen();

      assertThat(open.count(odd, LATER)).isEqualTo(3);
      assertThat(open.count(none, LATER)).isEqualTo(4);
      assertThat(open.reader.namespaces()).containsOnlyKeys(ByteString.EMPTY, ByteString.of(bytes));
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldLeaveNothingBehindWhenAllHasExpired(Kind kind) {
    try (var open = OpenStore.open(kind, directory, 100)) {
      open.put("n", "a", 1, NOW);
      open.commit();
      open.expireAt(NOW + 70_000);
      open.commit();

      assertThat(open.scan("n", "", "")).isEmpty();
      assertThat(open.reader.namespaces()).isEmpty();
      assertThat(open.reader.everything().isEmpty()).isTrue();
      assertThat(open.store.state().hotRows()).isZero();
      open.reopen();
      assertThat(open.scan("n", "", "")).isEmpty();
      assertThat(open.reader.namespaces()).isEmpty();
      assertThat(open.store.state().isOverdue(Long.MIN_VALUE / 4)).as("something is due").isFalse();
    }
  }

  /** Three rows are kept decoded of fifty: each is read, evicted and read again all the time. */
  @ParameterizedTest
  @EnumSource
  void shouldCountExactlyWhileRowsAreEvicted(Kind kind) {
    try (var open = OpenStore.open(kind, directory, 3)) {
      var random = new SplittableRandom(7);
      var model = new TreeMap<String, Long>();
      for (int i = 0; i < 3000; i++) {
        String key = "k" + random.nextInt(50);
        if (random.nextInt(10) == 0) {
          open.apply(CounterName.of("n", key), new Event.Reset(), NOW);
          model.remove(key);
        } else {
          open.put("n", key, 1, NOW);
          model.merge(key, 1L, Long::sum);
        }
        if (random.nextInt(7) == 0) {
          open.commit();
          assertThat(open.store.state().hotRows()).isLessThanOrEqualTo(3);
        }
      }
      model.forEach((key, n) -> assertThat(open.count("n", key, LATER)).isEqualTo(n));
      assertThat(open.scan("n", "", "")).containsExactlyElementsOf(model.keySet());
      long sum = model.values().stream().mapToLong(n -> n).sum();
      assertThat(open.reader.everything().countAt(LATER)).isEqualTo(sum);
      assertThat(open.reader.everything().keysAt(LATER)).isEqualTo(model.size());
    }
  }

  @Test
  void shouldCountOnWhereItWasAfterARestartOnTheSameDisk() {
    try (var open = OpenStore.open(Kind.ROCKSDB, directory, 100)) {
      open.put("n", "a", 1, NOW);
      open.put("n", "b", 2, NOW);
      open.commit();
      open.put("n", "b", 4, NOW);
    }
    try (var open = OpenStore.open(Kind.ROCKSDB, directory, 100)) {
      assertThat(open.scan("n", "", "")).containsExactly("a", "b");
      assertThat(open.count("n", "b", LATER)).isEqualTo(2);
      assertThat(open.reader.everything().countAt(LATER)).isEqualTo(3);
      open.put("n", "b", 8, NOW);
      assertThat(open.count("n", "b", LATER)).isEqualTo(10);
    }
  }

  @ParameterizedTest
  @EnumSource
  void shouldDropWhatIsInMemoryWhenItIsClosed(Kind kind) {
    var open = OpenStore.open(kind, directory, 100);
    open.put("n", "a", 1, NOW);
    open.commit();
    open.put("n", "b", 1, NOW);
    var reader = open.reader;

    open.close();

    assertThat(reader.isClosed()).isTrue();
    assertThat(open.store.isOpen()).isFalse();
    assertThat(open.store.state().hotRows()).isZero();
    assertThat(reader.namespaces()).isEmpty();
    open.commit();
  }
}

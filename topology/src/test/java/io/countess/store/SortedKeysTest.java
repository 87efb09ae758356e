package io.countess.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.apache.kafka.common.utils.Bytes;

final class SortedKeysTest {
  private final Set<Bytes> store = ConcurrentHashMap.newKeySet();
  private final SortedKeys keys = new SortedKeys(store::contains);

  @Property(tries = 60)
  void shouldHaveTheKeysOfTheStoreInOrder(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 30_000) int changes,
      @ForAll @IntRange(min = 1, max = 20_000) int different,
      @ForAll @IntRange(min = 0, max = 100) int percentRemoved) {
    store.clear();
    keys.clear();
    var random = new Random(seed);
    var expected = new TreeSet<Bytes>();
    for (int i = 0; i < changes; i++) {
      Bytes key = key(random.nextInt(different));
      if (random.nextInt(100) < percentRemoved) {
        remove(key);
        expected.remove(key);
      } else {
        add(key);
        expected.add(key);
      }
    }

    Bytes from = key(random.nextInt(different));
    Bytes to = key(random.nextInt(different));
    assertThat(live(keys.iterator(null, null))).containsExactlyElementsOf(expected);
    assertThat(live(keys.iterator(from, null))).containsExactlyElementsOf(expected.tailSet(from));
    assertThat(live(keys.iterator(null, to))).containsExactlyElementsOf(expected.headSet(to, true));
    if (from.compareTo(to) <= 0) {
      assertThat(live(keys.iterator(from, to)))
          .containsExactlyElementsOf(expected.subSet(from, true, to, true));
    }
  }

  @Example
  void shouldForgetKeysThatHaveGone() {
    for (int round = 0; round < 50; round++) {
      for (int i = 0; i < 5000; i++) {
        add(key(round * 5000 + i));
      }
      for (int i = 0; i < 5000; i++) {
        remove(key(round * 5000 + i));
      }
    }

    int held = 0;
    for (var all = keys.iterator(null, null); all.hasNext(); all.next()) {
      held++;
    }
    assertThat(held).isLessThan(20_000);
  }

  @Example
  void shouldNeverMissAKeyWhileOthersCome() throws Exception {
    for (int i = 0; i < 1000; i++) {
      add(key(i * 1000));
    }
    var missed = new AtomicBoolean();
    var done = new AtomicBoolean();
    var reader =
        new Thread(
            () -> {
              while (!done.get()) {
                int seen = 0;
                for (var all = keys.iterator(null, null); all.hasNext(); ) {
                  seen += number(all.next()) % 1000 == 0 ? 1 : 0;
                }
                missed.compareAndSet(false, seen != 1000);
              }
            });
    reader.start();
    for (int i = 0; i < 200_000; i++) {
      if (i % 1000 != 0) {
        add(key(i));
      }
    }
    done.set(true);
    reader.join();
    assertThat(missed).isFalse();
  }

  private void add(Bytes key) {
    if (store.add(key)) {
      keys.add(key);
    }
  }

  private void remove(Bytes key) {
    if (store.remove(key)) {
      keys.removed();
    }
  }

  private List<Bytes> live(Iterator<Bytes> all) {
    var live = new ArrayList<Bytes>();
    all.forEachRemaining(
        key -> {
          if (store.contains(key)) {
            live.add(key);
          }
        });
    return live;
  }

  private static Bytes key(int i) {
    return Bytes.wrap(ByteBuffer.allocate(4).putInt(i).array());
  }

  private static int number(Bytes key) {
    return ByteBuffer.wrap(key.get()).getInt();
  }
}

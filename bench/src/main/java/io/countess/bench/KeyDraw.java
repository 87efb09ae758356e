package io.countess.bench;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.SplittableRandom;

/** How the keys of records are drawn. The same every time, so that rounds compare. */
enum KeyDraw {
  /** The k-th key comes with a probability proportional to 1/k. */
  ZIPF("Zipf(1.0) keys") {
    @Override
    int[] draw(int records, int keys) {
      double[] below = harmonicSums(keys);
      var random = new SplittableRandom(SEED);
      int[] drawn = new int[records];
      for (int i = 0; i < records; i++) {
        int found = Arrays.binarySearch(below, random.nextDouble() * below[keys]);
        drawn[i] = Math.min(keys - 1, found >= 0 ? found : -found - 2);
      }
      return drawn;
    }
  },

  /** All keys are alike. */
  UNIFORM("uniform keys") {
    @Override
    int[] draw(int records, int keys) {
      return new SplittableRandom(SEED).ints(records, 0, keys).toArray();
    }
  },

  /** Each key once, in random order, and again from the start where there are more records. */
  ONCE("each key once") {
    @Override
    int[] draw(int records, int keys) {
      int[] drawn = new int[records];
      Arrays.setAll(drawn, i -> i % keys);
      var random = new SplittableRandom(SEED);
      for (int i = records - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int other = drawn[j];
        drawn[j] = drawn[i];
        drawn[i] = other;
      }
      return drawn;
    }
  };

  /** The namespace of all keys. */
  static final String NAMESPACE = "bench";

  private static final long SEED = 20_260_101;

  private final String title;

  KeyDraw(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Draws keys, as numbers from 0 to {@code keys} - 1. */
  abstract int[] draw(int records, int keys);

  /** The name of a key within its namespace. */
  static String name(int key) {
    return "key" + key;
  }

  /** The record key of a key. */
  static byte[] recordKey(int key) {
    return recordKey(name(key));
  }

  /** The record key of the key with this name. */
  static byte[] recordKey(String name) {
    return (NAMESPACE + "/" + name).getBytes(StandardCharsets.ISO_8859_1);
  }

  /** The sums of 1/1 to 1/k for k from 0 to {@code keys}. */
  private static double[] harmonicSums(int keys) {
    double[] sums = new double[keys + 1];
    for (int k = 1; k <= keys; k++) {
      sums[k] = sums[k - 1] + 1.0 / k;
    }
    return sums;
  }
}

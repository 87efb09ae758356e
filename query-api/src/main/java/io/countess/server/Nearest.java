package io.countess.server;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds what was probably meant by a misspelt name. */
final class Nearest {
  private Nearest() {}

  /**
   * The name that is nearest to {@code misspelt}, if one is near: a third of its letters at most.
   */
  static Optional<String> to(String misspelt, Collection<String> names) {
    return names.stream()
        .min(Comparator.comparingInt(name -> distance(misspelt, name)))
        .filter(name -> distance(misspelt, name) <= Math.max(1, tail(name) / 3));
  }

  /** All names start alike, so only what follows the first separator counts. */
  private static int tail(String name) {
    return name.length() - name.split("[._]", 2)[0].length();
  }

  /** The Levenshtein distance: how many letters to insert, remove or replace. */
  private static int distance(String from, String to) {
    int[] row = new int[to.length() + 1];
    for (int j = 0; j <= to.length(); j++) {
      row[j] = j;
    }
    for (int i = 1; i <= from.length(); i++) {
      int diagonal = row[0];
      row[0] = i;
      for (int j = 1; j <= to.length(); j++) {
        int replaced = diagonal + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
        diagonal = row[j];
        row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
      }
    }
    return row[to.length()];
  }
}

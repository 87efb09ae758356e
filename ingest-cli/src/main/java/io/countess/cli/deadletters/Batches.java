package io.countess.cli.deadletters;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Gathers letters until there are enough to be dealt with at once. */
final class Batches {
  /** A batch is a transaction, which holds up the log for as long as it is open. */
  private static final int MAX_LETTERS = 1000;

  private static final long MAX_BYTES = 4 << 20;

  private final Consumer<List<DeadLetter>> work;
  private final List<DeadLetter> batch = new ArrayList<>();
  private long bytes;

  Batches(Consumer<List<DeadLetter>> work) {
    this.work = work;
  }

  /** Takes one more; always true. */
  boolean add(DeadLetter letter) {
    batch.add(letter);
    bytes += letter.bytes();
    if (batch.size() >= MAX_LETTERS || bytes >= MAX_BYTES) {
      finish();
    }
    return true;
  }

  /** Those are all. */
  void finish() {
    if (!batch.isEmpty()) {
      work.accept(List.copyOf(batch));
      batch.clear();
      bytes = 0;
    }
  }
}

package io.countess.bench;

import java.util.concurrent.CompletionStage;

/** Something that takes a put through a log and says what became of it. */
interface Decider extends AutoCloseable {
  /** Puts 1 to a key; the stage completes with the answer, and fails where there is none. */
  CompletionStage<?> decide(int key);

  @Override
  void close();
}

package io.countess.cli.bench;

import java.time.Duration;

/** Something that folds the log from its start, under a name that no other has. */
interface Folding extends AutoCloseable {
  /** How long folding may take to start. */
  Duration START_WITHIN = Duration.ofMinutes(1);

  /** What makes one. */
  interface Starter {
    /** Starts to fold {@code log}; returns when it runs. */
    Folding start(Workbench bench, BenchLog log);
  }

  /** What has been applied. */
  Applied applied();

  /** The group under which it commits; the names of its topics start with it. */
  String group();

  @Override
  void close();
}

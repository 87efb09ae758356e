package io.countess.cli.killed;

import java.util.List;

/** Counts at one door of a process that is killed meanwhile. */
interface Client extends AutoCloseable {
  /** What serve needs to be told so that the door is open. */
  List<String> flags();

  /** Whether the door answers now; it may throw where nobody listens. */
  boolean isServed() throws Exception;

  /** What has to be there before it counts. */
  default void prepare() throws Exception {}

  /** How many answers make it worth while to kill the process. */
  int enough();

  /** Counts once, or a pipeline, and books what is known of it. */
  void count(Books books) throws Exception;

  /** Whether what it was told still holds. */
  void check(Books books) throws Exception;

  @Override
  default void close() {}
}

package io.countess.store;

/**
 * The names of everything in the topology. They name changelogs and show in metrics: a renamed
 * store leaves its changelog behind, and the state in it.
 */
public final class Catalog {
  public static final String EVENTS = "events";

  public static final String FOLD = "fold";

  /** The one store of a partition. */
  public static final String STORE = "counters";

  /** The sink of records that can't be folded. */
  public static final String DEAD_LETTERS = "dead-letters";

  private Catalog() {}

  /** The changelog of the store, of the group with this id. */
  public static String changelog(String group) {
    return group + "-" + STORE + "-changelog";
  }
}

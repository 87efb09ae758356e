package io.countess.query;

import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.InvalidInputException;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A question about counters.
 *
 * @param <A> what answers it
 */
public sealed interface Question<A> {
  /** The most entries of one page. */
  int MAX_PAGE = 1000;

  /**
   * The count of one counter.
   *
   * @param atMillis the instant to count at; empty for now. It may not be earlier than the
   *     counter's last instant
   */
  record CountOf(CounterName counter, OptionalLong atMillis) implements Question<Count> {}

  /**
   * The live keys of a namespace that match, in order, with their counts.
   *
   * @param after only keys after this one
   * @param limit 1 to {@link #MAX_PAGE}
   */
  record KeysOf(ByteString namespace, Glob match, Optional<ByteString> after, int limit)
      implements Question<KeyPage> {
    /** Checks the limit. */
    public KeysOf {
      requirePage("limit", limit);
    }
  }

  /**
   * The keys of a namespace with the highest counts, highest first, equal counts in key order.
   *
   * @param k 1 to {@link #MAX_PAGE}
   */
  record TopOf(ByteString namespace, int k) implements Question<KeyPage> {
    /** Checks the number. */
    public TopOf {
      requirePage("k", k);
    }
  }

  /** A namespace: its policy and totals. One that was never seen has the default policy. */
  record NamespaceOf(ByteString namespace) implements Question<NamespaceView> {}

  /**
   * The namespaces that have live keys or a policy, in order, with their totals.
   *
   * @param after only namespaces after this one
   * @param limit 1 to {@link #MAX_PAGE}
   */
  record Namespaces(Optional<ByteString> after, int limit) implements Question<NamespacePage> {
    /** Checks the limit. */
    public Namespaces {
      requirePage("limit", limit);
    }
  }

  /** The policy of every namespace that has none of its own. */
  record DefaultPolicy() implements Question<VersionedPolicy> {}

  /** The totals of everything. */
  record Everything() implements Question<Totals> {}

  private static void requirePage(String field, int size) {
    if (size < 1 || size > MAX_PAGE) {
      throw new InvalidInputException(field, "is " + size + "; it must be from 1 to " + MAX_PAGE);
    }
  }
}

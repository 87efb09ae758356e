package io.countess.query;

import io.countess.answer.Answer;
import io.countess.answer.Cursor;
import io.countess.answer.NamespacePage;
import io.countess.answer.NamespaceView;
import io.countess.answer.PolicyHistory;
import io.countess.answer.Totals;
import io.countess.answer.VersionedPolicy;
import io.countess.count.State;
import io.countess.count.Tally;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Position;
import io.countess.event.RecordKey;
import io.countess.state.Namespace;
import io.countess.state.PartitionReader;
import io.countess.state.PolicyChange;
import io.countess.state.PolicyInForce;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Predicate;

/** One look at the partitions that a question concerns, at one instant. */
final class Reading {
  private final List<PartitionReader> readers;
  private final int partitions;
  private final Present present;

  /**
   * @param partitions in all, here and elsewhere
   */
  Reading(List<PartitionReader> readers, int partitions) {
    this.readers = readers;
    this.partitions = partitions;
    this.present = Present.of(readers);
  }

  /** A partition that left while it was read, if one did: what has been read is no good then. */
  OptionalInt left(Predicate<PartitionReader> isHeld) {
    return readers.stream()
        .filter(reader -> reader.isClosed() || !isHeld.test(reader))
        .mapToInt(PartitionReader::partition)
        .findFirst();
  }

  @SuppressWarnings("unchecked") // each question names its answer's type, which Java can't follow
  <A> Answer<A> answer(Question<A> question) {
    Position position = position(readers);
    if (question instanceof Question.CountOf one) {
      return (Answer<A>)
          at(one.counter(), one.atMillis(), it -> new Answer.Found<>(it.count(), position));
    }
    if (question instanceof Question.PeekOf one) {
      return (Answer<A>) at(one.counter(), one.atMillis(), it -> it.peek(one.put(), position));
    }
    return (Answer<A>) new Answer.Found<>(answerMany(question), position);
  }

  static Position position(List<PartitionReader> readers) {
    var offsets = new TreeMap<Integer, Long>();
    for (PartitionReader reader : readers) {
      long offset = reader.progress().offset();
      if (offset >= 0) {
        offsets.put(reader.partition(), offset);
      }
    }
    return new Position(offsets);
  }

  private Object answerMany(Question<?> question) {
    if (question instanceof Question.KeysOf keys) {
      return new KeyScan(readers, present).page(keys);
    }
    if (question instanceof Question.TopOf top) {
      return new KeyScan(readers, present).top(top);
    }
    if (question instanceof Question.NamespaceOf one) {
      return view(one.namespace());
    }
    if (question instanceof Question.Namespaces some) {
      return namespaces(some);
    }
    if (question instanceof Question.HistoryOf history) {
      var changes = readers.get(0).history(history.namespace());
      return history(Optional.of(history.namespace()), changes);
    }
    if (question instanceof Question.HistoryOfDefaults) {
      return history(Optional.empty(), readers.get(0).historyOfDefaults());
    }
    if (question instanceof Question.Applied) {
      return true;
    }
    if (question instanceof Question.DefaultPolicy) {
      return versioned(readers.get(0).defaults());
    }
    if (question instanceof Question.Everything) {
      return everything();
    }
    throw new IllegalArgumentException("no answer to " + question);
  }

  private <T> Answer<T> at(
      CounterName counter, OptionalLong atMillis, Function<CounterReading, Answer<T>> answer) {
    PartitionReader reader = readers.get(0);
    long nowMillis = present.at(reader);
    PolicyInForce policy = reader.policy(counter.namespace());
    State state = reader.state(RecordKey.of(counter), policy);
    long last = state == null ? 0 : state.atMillis();
    long at = atMillis.orElse(Math.max(nowMillis, last));
    if (at < last) {
      return new Answer.Invalid<>(
          "at", "is %d, before the counter's last instant, %d".formatted(at, last));
    }
    long from = atMillis.orElse(nowMillis);
    return answer.apply(new CounterReading(counter, policy.counting(), state, at, from));
  }

  private static PolicyHistory history(Optional<ByteString> namespace, List<PolicyChange> changes) {
    return new PolicyHistory(
        namespace,
        changes.stream()
            .map(
                it ->
                    new PolicyHistory.Change(
                        it.version(), it.atMillis(), it.policy(), it.onChange()))
            .toList());
  }

  private NamespaceView view(ByteString namespace) {
    PolicyInForce policy = home(namespace).policy(namespace);
    Totals totals = Totals.ZERO;
    for (PartitionReader reader : readers) {
      Namespace found = reader.namespaces().get(namespace);
      if (found != null) {
        totals = totals.and(totals(found, present.at(reader)));
      }
    }
    return new NamespaceView(namespace, versioned(policy), totals, present.latest());
  }

  /** Who decides on the policy of a namespace, if that is here, else any other. */
  private PartitionReader home(ByteString namespace) {
    int home = NamespaceParts.home(namespace, partitions);
    return readers.stream()
        .filter(reader -> reader.partition() == home)
        .findAny()
        .orElse(readers.get(0));
  }

  private NamespacePage namespaces(Question.Namespaces question) {
    var names = new TreeSet<ByteString>();
    for (PartitionReader reader : readers) {
      var all = reader.namespaces();
      var from = question.after().map(after -> all.tailMap(after, false)).orElse(all);
      from.values().stream()
          .filter(namespace -> isListed(namespace, present.at(reader)))
          .limit(question.limit() + 1L)
          .forEach(namespace -> names.add(namespace.name()));
    }
    List<NamespaceView> page = new ArrayList<>();
    for (ByteString name : names) {
      if (page.size() == question.limit()) {
        return new NamespacePage(
            page, Optional.of(Cursor.after(page.get(page.size() - 1).namespace())));
      }
      page.add(view(name));
    }
    return new NamespacePage(page, Optional.empty());
  }

  private static boolean isListed(Namespace namespace, long nowMillis) {
    return namespace.policy().version().isPresent() || namespace.tally().keysAt(nowMillis) > 0;
  }

  private Totals everything() {
    Totals totals = Totals.ZERO;
    for (PartitionReader reader : readers) {
      totals = totals.and(totalsAt(present.at(reader), reader.everything(), false));
    }
    return totals;
  }

  private static Totals totals(Namespace namespace, long nowMillis) {
    return totalsAt(nowMillis, namespace.tally(), namespace.policy().counting().drains());
  }

  private static Totals totalsAt(long millis, Tally tally, boolean approximate) {
    var sum = tally.sumAt(millis);
    return new Totals(sum.nearest(), tally.keysAt(millis), approximate, !sum.isExact());
  }

  private static VersionedPolicy versioned(PolicyInForce policy) {
    return new VersionedPolicy(policy.counting().policy(), policy.version());
  }
}

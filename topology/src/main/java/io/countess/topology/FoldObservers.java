package io.countess.topology;

import io.countess.event.Decision;
import io.countess.state.PartitionReader;
import java.util.List;
import java.util.function.Consumer;

/**
 * The observers of a fold, told in their order. What happens for each record is told without making
 * an object.
 */
public final class FoldObservers {
  private final DecisionObserver[] ofDecisions;
  private final AnswerObserver[] ofAnswers;
  private final List<IncidentObserver> ofIncidents;
  private final List<PartitionObserver> ofPartitions;

  /** Each is told whatever it is an observer of. */
  public FoldObservers(List<? extends FoldObserver> observers) {
    ofDecisions = among(observers, DecisionObserver.class).toArray(DecisionObserver[]::new);
    ofAnswers = among(observers, AnswerObserver.class).toArray(AnswerObserver[]::new);
    ofIncidents = among(observers, IncidentObserver.class);
    ofPartitions = among(observers, PartitionObserver.class);
  }

  private static <T> List<T> among(List<? extends FoldObserver> observers, Class<T> type) {
    return observers.stream().filter(type::isInstance).map(type::cast).toList();
  }

  void decided(int partition, byte[] key, Decision decision) {
    for (DecisionObserver observer : ofDecisions) {
      observer.decided(partition, key, decision);
    }
  }

  void answered(byte[] caller, Decision decision) {
    for (AnswerObserver observer : ofAnswers) {
      observer.answered(caller, decision);
    }
  }

  void opened(PartitionReader reader) {
    ofPartitions.forEach(observer -> observer.opened(reader));
  }

  void closed(PartitionReader reader) {
    ofPartitions.forEach(observer -> observer.closed(reader));
  }

  /** Tells of an incident. */
  void tell(Consumer<IncidentObserver> incident) {
    ofIncidents.forEach(incident);
  }
}

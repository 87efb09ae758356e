package io.countess.runtime;

import io.countess.event.InvalidInputException;
import java.util.Collection;
import java.util.Set;

/** What must not be set otherwise, since what Countess promises rests on it. */
final class Promises {
  /** Exactly once, on this log and no other, each record in turn, none passed over. */
  private static final Set<String> KEPT =
      Set.of(
          "application.id",
          "application.server",
          "auto.offset.reset",
          "bootstrap.servers",
          "default.deserialization.exception.handler",
          "default.production.exception.handler",
          "default.timestamp.extractor",
          "deserialization.exception.handler",
          "enable.auto.commit",
          "group.id",
          "group.protocol",
          "isolation.level",
          "processing.exception.handler",
          "processing.guarantee",
          "production.exception.handler",
          "rocksdb.config.setter",
          "state.dir",
          "statestore.cache.max.bytes",
          "transactional.id");

  /** In front of settings of one kind of client of Kafka Streams. */
  private static final Set<String> CLIENTS =
      Set.of("main.consumer.", "restore.consumer.", "global.consumer.", "consumer.", "producer.");

  private static final Set<String> KEPT_BY_PRODUCERS = Set.of("acks", "enable.idempotence");

  private Promises() {}

  /**
   * Checks settings that are passed on.
   *
   * @param prefix which they have where they are set
   * @throws InvalidInputException where one of them may not be set
   */
  static void requireKept(String prefix, Collection<String> names) {
    for (String name : names) {
      String plain =
          CLIENTS.stream()
              .filter(name::startsWith)
              .findFirst()
              .map(client -> name.substring(client.length()))
              .orElse(name);
      if (KEPT.contains(plain) || KEPT_BY_PRODUCERS.contains(plain)) {
        throw new InvalidInputException(
            prefix + name, "can't be set: what Countess promises rests on it");
      }
    }
  }
}

package io.countess.bench;

import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** Something that folds the log from its start, under a name that no other has. */
interface Folding extends AutoCloseable {
  /** How long folding may take to start. */
  Duration START_WITHIN = Duration.ofMinutes(1);

  /** The name under which Countess is shown. */
  String COUNTESS = "Countess";

  /** What is compared, by the name under which it is shown. */
  Map<String, Starter> CONTESTANTS = contestants();

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

  private static Map<String, Starter> contestants() {
    var inOrder = new LinkedHashMap<String, Starter>();
    inOrder.put(COUNTESS, CountessFold::start);
    inOrder.put("Kafka Streams DSL windowed count", DslCount::start);
    return Collections.unmodifiableMap(inOrder);
  }
}

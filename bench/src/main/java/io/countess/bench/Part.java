package io.countess.bench;

import java.util.List;
import java.util.function.BiFunction;

/** What can be measured. */
enum Part {
  /** Puts per second through log, fold and changelog. */
  BULK(BulkPart::new),

  /** Single puts that wait for their decision. */
  DECISIONS(DecisionsPart::new),

  /** Counts and puts over HTTP. */
  HTTP(HttpPart::new),

  /** Requests through the doors of other systems. */
  DOORS(DoorsPart::new),

  /** Bytes per key. */
  MEMORY(MemoryPart::new),

  /** Seconds to be ready. */
  START(StartPart::new),

  /** The first seconds of a server, beside the same one when it is warm. */
  COLD(ColdPart::new);

  private final BiFunction<Workbench, Plan, Measuring> measuring;

  Part(BiFunction<Workbench, Plan, Measuring> measuring) {
    this.measuring = measuring;
  }

  /** Measures a part. */
  interface Measuring {
    List<Comparison> run();
  }

  /** Measures it. */
  List<Comparison> measure(Workbench bench, Plan plan) {
    return measuring.apply(bench, plan).run();
  }
}

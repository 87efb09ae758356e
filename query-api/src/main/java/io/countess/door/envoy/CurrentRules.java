package io.countess.door.envoy;

import io.countess.door.envoy.RuleFiles.Stamp;
import io.countess.event.InvalidInputException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The rules in force: those of the files, also when these change. Files that have become wrong
 * change nothing.
 */
final class CurrentRules {
  private static final Logger LOG = LoggerFactory.getLogger(CurrentRules.class);

  private final Optional<RuleFiles> files;
  private final Counter read;
  private final Counter kept;
  private List<Stamp> stamps;
  private List<Stamp> seen;
  private volatile Optional<Rules> rules;

  /**
   * @param files empty for no rules at all
   * @throws InvalidInputException where there is something wrong with them
   */
  CurrentRules(Optional<RuleFiles> files, MeterRegistry registry) {
    this.files = files;
    this.read = loads(registry, "read");
    this.kept = loads(registry, "kept");
    this.stamps = files.map(RuleFiles::stamps).orElse(List.of());
    this.seen = stamps;
    this.rules = files.map(RuleFiles::read);
    files.ifPresent(it -> read.increment());
  }

  private static Counter loads(MeterRegistry registry, String outcome) {
    return Counter.builder("countess.envoy.config.loads")
        .description("how often the configuration was read, or found wrong and kept as it was")
        .tag("outcome", outcome)
        .register(registry);
  }

  /** The rules; empty where none are configured. */
  Optional<Rules> now() {
    return rules;
  }

  /**
   * Looks whether the files are others by now, and reads them again where they are and have not
   * changed since the last look: one that is being written is not read by half.
   */
  synchronized void look() {
    files.ifPresent(this::look);
  }

  private void look(RuleFiles from) {
    List<Stamp> now = from.stamps();
    boolean isStill = now.equals(seen);
    seen = now;
    if (now.equals(stamps) || !isStill) {
      return;
    }
    stamps = now;
    try {
      rules = Optional.of(from.read());
      read.increment();
      LOG.info("read {} again: {} domains", from.path(), rules.get().domains().size());
    } catch (InvalidInputException wrong) {
      kept.increment();
      LOG.warn("keeping the limits that there were: {}", wrong.getMessage());
    }
  }
}

package io.countess.topology;

import io.countess.event.Batch;
import io.countess.event.CounterName;
import io.countess.event.Durations;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.Write;
import io.countess.event.codec.PolicyCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/** Events in the words of docs/LOG.md; each part of an event has its words. */
final class EventWords {
  private final String counter;

  private EventWords(CounterName counter) {
    this.counter = counter.shown();
  }

  static String of(CounterName counter, Event event) {
    var words = new EventWords(counter);
    return words.withoutId(event) + event.id().map(id -> ", id " + id).orElse("");
  }

  private String withoutId(Event event) {
    if (event instanceof Event.Put put) {
      String policy = put.policy().map(it -> ", which has from then on " + json(it)).orElse("");
      return "put " + put.n() + ttl(put.ttl()) + " to " + counter + policy;
    } else if (event instanceof Event.SetValue set) {
      return "set " + counter + " to " + set.value() + absent(set.ifAbsent());
    } else if (event instanceof Write write) {
      return "write " + counter + ": " + WriteWords.of(write);
    } else if (event instanceof Event.Reset) {
      return "reset " + counter;
    } else if (event instanceof Event.Release release) {
      String most = release.n().isPresent() ? "at most " + release.n().getAsLong() : "all";
      String within = release.within().map(names -> " within " + names).orElse("");
      return "release " + most + " of " + release.of() + " from " + counter + within;
    } else if (event instanceof Event.Claim claim) {
      return claim.parts().stream()
          .map(part -> part.n() + ttl(part.ttl()) + " of " + part.counter().shown())
          .collect(Collectors.joining(" and ", "claim ", ""));
    } else if (event instanceof Batch batch) {
      return batch.parts().stream()
          .map(part -> EventWords.of(part.counter(), part.event()))
          .collect(
              Collectors.joining(
                  ", then ", batch.together() ? "together " : "batch: ", note(batch)));
    }
    return ofPolicies(event);
  }

  private String ofPolicies(Event event) {
    if (event instanceof Event.ChangePolicy change) {
      String namespace = counter.replace("/'", "'");
      String none = change.plan().map(plan -> "the plan " + plan).orElse("that by default");
      String policy = change.policy().map(EventWords::json).orElse(none);
      String how = onChange(change.onChange()) + version(change.ifVersion());
      return "policy of " + namespace + how + ": " + policy;
    } else if (event instanceof Event.ChangeDefaults change) {
      String how = onChange(change.onChange()) + version(change.ifVersion());
      return "default policy" + how + ": " + json(change.policy());
    } else if (event instanceof Event.Tick) {
      return "tick";
    }
    throw new IllegalStateException("no words for " + event);
  }

  private static String note(Batch batch) {
    return batch.note().map(note -> ", note " + note).orElse("");
  }

  private static String ttl(Optional<Duration> ttl) {
    return ttl.map(given -> ", ttl " + Durations.format(given) + ",").orElse("");
  }

  private static String absent(boolean ifAbsent) {
    return ifAbsent ? " if absent" : "";
  }

  private static String onChange(OnChange onChange) {
    return onChange == OnChange.RESET ? " with a reset" : "";
  }

  private static String version(OptionalLong ifVersion) {
    return ifVersion.isPresent() ? " if it is of version " + ifVersion.getAsLong() : "";
  }

  private static String json(Policy policy) {
    return new String(PolicyCodec.encode(policy), StandardCharsets.UTF_8);
  }
}

package io.countess.cli.policy;

import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.cli.console.AmountConverter;
import io.countess.event.Amount;
import io.countess.event.InvalidInputException;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.codec.Json;
import io.countess.event.codec.PolicyCodec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** A policy, field by field. */
@SuppressWarnings("unused") // picocli calls the setters
final class PolicyOptions {
  private final Map<String, Object> fields = new TreeMap<>();

  @Option(
      names = "--on-change",
      paramLabel = "keep|reset",
      defaultValue = "keep",
      description = "What becomes of live counters (default: ${DEFAULT-VALUE}).")
  private OnChange onChange;

  @Option(
      names = "--kind",
      paramLabel = "KIND",
      description =
          "expiring, leaky, window, total, gauge, value or limits; not needed where the other options tell it.")
  private void setKind(String kind) {
    fields.put("kind", kind);
  }

  @Option(names = "--ttl", paramLabel = "DURATION", description = "expiring: how long puts count.")
  private void setTtl(String ttl) {
    fields.put("ttl", ttl);
  }

  @Option(
      names = "--limit",
      paramLabel = "N",
      description = "expiring, window, total: the highest count.")
  private void setLimit(Long limit) {
    fields.put("limit", limit);
  }

  @Option(
      names = "--rate",
      paramLabel = "RATE",
      description = "leaky: how fast it drains, as 10/s.")
  private void setRate(String rate) {
    fields.put("rate", rate);
  }

  @Option(names = "--capacity", paramLabel = "N", description = "leaky: the highest level.")
  private void setCapacity(Long capacity) {
    fields.put("capacity", capacity);
  }

  @Option(names = "--initial", paramLabel = "N", description = "total: where a counter starts.")
  private void setInitial(Long initial) {
    fields.put("initial", initial);
  }

  @Option(
      names = "--period",
      paramLabel = "PERIOD",
      description = "window: minute, hour, day, week, month, quarter, year, or such as 15m.")
  private void setPeriod(String period) {
    fields.put("period", period);
  }

  @Option(
      names = "--zone",
      paramLabel = "ZONE",
      description = "window: whose clock and calendar, as Europe/Berlin (default: UTC).")
  private void setZone(String zone) {
    fields.put("zone", zone);
  }

  @Option(
      names = "--keep",
      paramLabel = "N",
      description = "window: how many windows stay after their end, 0 to 400 (default: 0).")
  private void setKeep(Long keep) {
    fields.put("keep", keep);
  }

  @Option(
      names = "--min",
      paramLabel = "N",
      converter = AmountConverter.class,
      description = "window, total, gauge: the least value.")
  private void setMin(Amount min) {
    fields.put("min", min);
  }

  @Option(
      names = "--max",
      paramLabel = "N",
      converter = AmountConverter.class,
      description = "total, gauge: the greatest value.")
  private void setMax(Amount max) {
    fields.put("max", max);
  }

  @Option(
      names = "--max-delta",
      paramLabel = "N",
      converter = AmountConverter.class,
      description = "window, total, gauge: the most a put may change.")
  private void setMaxDelta(Amount maxDelta) {
    fields.put("maxDelta", maxDelta);
  }

  @Option(
      names = "--journal",
      paramLabel = "DURATION",
      description = "total, gauge, value: how long each change is kept, 1s to 3650d.")
  private void setJournal(String journal) {
    fields.put("journal", journal);
  }

  @Option(
      names = "--description",
      paramLabel = "TEXT",
      description = "What is counted, or what for: free text.")
  private void setDescription(String description) {
    fields.put("description", description);
  }

  @Option(
      names = "--limits",
      paramLabel = "LIMIT",
      description =
          "limits: one of several, as 'rate=10/s capacity=10' or 'period=day limit=1000'; once for"
              + " each.")
  private List<String> limits = List.of();

  @Option(
      names = "--mode",
      paramLabel = "enforce|observe",
      description = "Whether limits refuse puts, or are only reported (default: enforce).")
  private void setMode(Policy.Mode mode) {
    fields.put("mode", mode == null ? null : mode.name().toLowerCase(Locale.ROOT));
  }

  @Option(
      names = "--dedupe",
      paramLabel = "DURATION",
      description = "How long ids are remembered, 1s to 400d (default: 10m).")
  private void setDedupe(String dedupe) {
    fields.put("dedupe", dedupe);
  }

  @Option(
      names = "--max-ids",
      paramLabel = "N",
      description = "How many ids a counter remembers at a time (default: 1000000).")
  private void setMaxIds(Long maxIds) {
    fields.put("maxIds", maxIds);
  }

  OnChange onChange() {
    return onChange;
  }

  /** Whether none of them describes a policy. */
  boolean isEmpty() {
    return limits.isEmpty() && fields.values().stream().allMatch(value -> value == null);
  }

  /**
   * The policy that the options, or instead of them {@code json}, describe.
   *
   * @param json null where none was given
   */
  Policy policy(String json) {
    return policy(json, Optional::empty);
  }

  /**
   * The same for a counter.
   *
   * @param namespaceKind that of its namespace, asked for only where the fields may be of several
   */
  Policy policy(String json, Supplier<Optional<String>> namespaceKind) {
    fields.values().removeIf(value -> value == null);
    if (!limits.isEmpty()) {
      fields.put("limits", limits.stream().map(LimitText::parse).toList());
    }
    if (json == null) {
      if (!fields.containsKey("kind") && !fields.isEmpty()) {
        fields.put("kind", Kinds.kindOf(fields.keySet(), namespaceKind));
      }
      return PolicyCodec.decode(Json.object(out -> write(fields, out)));
    } else if (!fields.isEmpty()) {
      throw new InvalidInputException(
          "policy", "is given twice, as JSON and as --" + fields.keySet().iterator().next());
    }
    return PolicyCodec.decode(json.getBytes(StandardCharsets.UTF_8));
  }

  private static void write(Map<String, Object> fields, JsonGenerator out) throws IOException {
    for (Map.Entry<String, Object> field : fields.entrySet()) {
      if (field.getValue() instanceof List<?> texts) {
        out.writeArrayFieldStart(field.getKey());
        for (Object text : texts) {
          ((LimitText) text).write(out);
        }
        out.writeEndArray();
      } else if (field.getValue() instanceof Long number) {
        out.writeNumberField(field.getKey(), number);
      } else if (field.getValue() instanceof Amount amount) {
        Json.writeAmount(out, field.getKey(), amount);
      } else {
        out.writeStringField(field.getKey(), field.getValue().toString());
      }
    }
  }
}

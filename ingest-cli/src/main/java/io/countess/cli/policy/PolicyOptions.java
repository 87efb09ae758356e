package io.countess.cli.policy;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.countess.event.InvalidInputException;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.codec.PolicyCodec;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import picocli.CommandLine.Option;

/** A policy, field by field. */
final class PolicyOptions {
  /** The kinds that a field is for. */
  private static final Map<String, Set<String>> KINDS =
      Map.of(
          "ttl", Set.of("expiring"),
          "limit", Set.of("expiring", "total"),
          "rate", Set.of("leaky"),
          "capacity", Set.of("leaky"),
          "initial", Set.of("total"),
          "min", Set.of("total"),
          "max", Set.of("total"),
          "maxDelta", Set.of("total"));

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
      description = "expiring, leaky or total; not needed where the other options tell it.")
  private void setKind(String kind) {
    fields.put("kind", kind);
  }

  @Option(names = "--ttl", paramLabel = "DURATION", description = "expiring: how long puts count.")
  private void setTtl(String ttl) {
    fields.put("ttl", ttl);
  }

  @Option(names = "--limit", paramLabel = "N", description = "expiring, total: the highest count.")
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

  @Option(names = "--min", paramLabel = "N", description = "total: the least value.")
  private void setMin(Long min) {
    fields.put("min", min);
  }

  @Option(names = "--max", paramLabel = "N", description = "total: the greatest value.")
  private void setMax(Long max) {
    fields.put("max", max);
  }

  @Option(
      names = "--max-delta",
      paramLabel = "N",
      description = "total: the most a put may change.")
  private void setMaxDelta(Long maxDelta) {
    fields.put("maxDelta", maxDelta);
  }

  OnChange onChange() {
    return onChange;
  }

  /**
   * The policy that the options, or instead of them {@code json}, describe.
   *
   * @param json null where none was given
   */
  Policy policy(String json) {
    fields.values().removeIf(value -> value == null);
    if (json == null) {
      if (!fields.containsKey("kind") && !fields.isEmpty()) {
        fields.put("kind", kind());
      }
      return PolicyCodec.decode(write(fields));
    } else if (!fields.isEmpty()) {
      throw new InvalidInputException(
          "policy", "is given twice, as JSON and as --" + fields.keySet().iterator().next());
    }
    return PolicyCodec.decode(json.getBytes(StandardCharsets.UTF_8));
  }

  /** The one kind that has all the fields that are given. */
  private String kind() {
    var kinds = new TreeSet<>(KINDS.get(fields.keySet().iterator().next()));
    fields.keySet().forEach(field -> kinds.retainAll(KINDS.get(field)));
    if (kinds.isEmpty()) {
      throw new InvalidInputException(
          "kind", "is missing, and there is none that has both or all of: " + given());
    } else if (kinds.size() > 1) {
      throw new InvalidInputException(
          "kind",
          "is missing; with %s it may be %s: --kind says which"
              .formatted(given(), String.join(" or ", kinds)));
    }
    return kinds.first();
  }

  private String given() {
    return String.join(", ", fields.keySet());
  }

  private static byte[] write(Map<String, Object> fields) {
    var bytes = new ByteArrayOutputStream();
    try (JsonGenerator json = new JsonFactory().createGenerator(bytes)) {
      json.writeStartObject();
      for (Map.Entry<String, Object> field : fields.entrySet()) {
        if (field.getValue() instanceof Long number) {
          json.writeNumberField(field.getKey(), number);
        } else {
          json.writeStringField(field.getKey(), field.getValue().toString());
        }
      }
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }
}

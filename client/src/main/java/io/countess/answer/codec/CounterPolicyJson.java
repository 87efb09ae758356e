package io.countess.answer.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.answer.CounterPolicy;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.codec.Json;
import io.countess.event.codec.Names;
import java.io.IOException;
import java.util.Optional;

/**
 * What counters count by as JSON: {@code namespace}, {@code key}, {@code policy}, {@code version},
 * {@code plan}.
 */
public final class CounterPolicyJson implements Fields<CounterPolicy> {
  private final VersionedPolicyJson policy = new VersionedPolicyJson();
  private ByteString namespace = ByteString.EMPTY;
  private ByteString key = ByteString.EMPTY;
  private Optional<String> plan = Optional.empty();

  /** Writes the fields of a counter's policy into an object that has been opened. */
  public static void write(CounterPolicy it, JsonGenerator out) throws IOException {
    Names.write("namespace", it.counter().namespace(), out);
    Names.write("key", it.counter().key(), out);
    VersionedPolicyJson.write(it.policy(), out);
    Json.writeIfPresent(out, "plan", it.plan());
  }

  @Override
  public void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "namespace", "namespaceBase64" -> namespace = Names.read(field, in);
      case "key", "keyBase64" -> key = Names.read(field, in);
      case "plan" -> plan = Optional.of(Json.text(field, in));
      default -> policy.take(field, in);
    }
  }

  @Override
  public CounterPolicy value() {
    return new CounterPolicy(new CounterName(namespace, key), policy.value(), plan);
  }
}

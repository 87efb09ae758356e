package io.countess.answer.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.countess.answer.Lag;
import io.countess.answer.OpenTransaction;
import io.countess.answer.Readiness;
import io.countess.event.codec.Json;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Readiness as JSON: {@code ready}, {@code state}, {@code lag} and {@code lagSeconds} by partition,
 * {@code zoneData}, and where there is something to tell {@code openTransactions} and {@code
 * clockBehindMillis}.
 */
public final class ReadinessJson implements Fields<Readiness> {
  /** Less than that is what clocks of well-kept machines differ by. */
  private static final long NOTABLE_MILLIS = 1000;

  private final TreeMap<Integer, Long> records = new TreeMap<>();
  private final TreeMap<Integer, Duration> ages = new TreeMap<>();
  private boolean ready;
  private String state = "";
  private List<OpenTransaction> open = List.of();
  private long clockBehindMillis;
  private Optional<String> zoneData = Optional.empty();

  /** Writes the fields of readiness into an object that has been opened. */
  public static void write(Readiness now, JsonGenerator out) throws IOException {
    out.writeBooleanField("ready", now.ready());
    out.writeStringField("state", now.state());
    out.writeObjectFieldStart("lag");
    for (var lag : now.lag().entrySet()) {
      out.writeNumberField(lag.getKey().toString(), lag.getValue().records());
    }
    out.writeEndObject();
    out.writeObjectFieldStart("lagSeconds");
    for (var lag : now.lag().entrySet()) {
      out.writeNumberField(lag.getKey().toString(), lag.getValue().seconds());
    }
    out.writeEndObject();
    Json.writeIfPresent(out, "zoneData", now.zoneData());
    if (!now.openTransactions().isEmpty()) {
      Json.writeList(out, "openTransactions", now.openTransactions(), ReadinessJson::write);
    }
    if (now.clockBehindMillis() >= NOTABLE_MILLIS) {
      out.writeNumberField("clockBehindMillis", now.clockBehindMillis());
    }
  }

  private static void write(OpenTransaction open, JsonGenerator out) throws IOException {
    out.writeStringField("topic", open.topic());
    out.writeNumberField("partition", open.partition());
    out.writeNumberField("fromOffset", open.startOffset());
    out.writeNumberField("producerId", open.producerId());
    out.writeNumberField("producerEpoch", open.producerEpoch());
    Json.writeIfPresent(out, "transactionalId", open.transactionalId());
    out.writeNumberField("heldUpSeconds", open.heldUp().toSeconds());
    out.writeBooleanField("hanging", open.hanging());
  }

  @Override
  public void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "ready" -> ready = in.currentToken() == JsonToken.VALUE_TRUE;
      case "state" -> state = Json.text(field, in);
      case "lag" -> Json.readFields(field, in, this::takeLag);
      case "lagSeconds" -> Json.readFields(field, in, this::takeAge);
      case "openTransactions" ->
          open = Json.list(field, in, it -> Fields.read(field, it, new OpenFields()));
      case "clockBehindMillis" -> clockBehindMillis = Json.wholeNumber(field, in);
      case "zoneData" -> zoneData = Optional.of(Json.text(field, in));
      default -> in.skipChildren();
    }
  }

  private void takeLag(String partition, JsonParser in) throws IOException {
    records.put(Json.partition("lag", partition), Json.wholeNumber("lag", in));
  }

  private void takeAge(String partition, JsonParser in) throws IOException {
    double seconds = Json.amount("lagSeconds", in).real();
    ages.put(Json.partition("lagSeconds", partition), Duration.ofMillis(Math.round(seconds * 1e3)));
  }

  @Override
  public Readiness value() {
    var lag = new TreeMap<Integer, Lag>();
    records.forEach(
        (partition, many) ->
            lag.put(partition, new Lag(many, ages.getOrDefault(partition, Duration.ZERO))));
    return new Readiness(ready, state, lag, open, clockBehindMillis, zoneData);
  }

  private static final class OpenFields implements Fields<OpenTransaction> {
    private String topic = "";
    private long partition;
    private long fromOffset;
    private long producerId;
    private long producerEpoch;
    private Optional<String> transactionalId = Optional.empty();
    private long heldUpSeconds;
    private boolean hanging;

    @Override
    public void take(String field, JsonParser in) throws IOException {
      switch (field) {
        case "topic" -> topic = Json.text(field, in);
        case "partition" -> partition = Json.wholeNumber(field, in);
        case "fromOffset" -> fromOffset = Json.wholeNumber(field, in);
        case "producerId" -> producerId = Json.wholeNumber(field, in);
        case "producerEpoch" -> producerEpoch = Json.wholeNumber(field, in);
        case "transactionalId" -> transactionalId = Optional.of(Json.text(field, in));
        case "heldUpSeconds" -> heldUpSeconds = Json.wholeNumber(field, in);
        case "hanging" -> hanging = in.currentToken() == JsonToken.VALUE_TRUE;
        default -> in.skipChildren();
      }
    }

    @Override
    public OpenTransaction value() {
      return new OpenTransaction(
          topic,
          (int) partition,
          producerId,
          (int) producerEpoch,
          transactionalId,
          fromOffset,
          Duration.ofSeconds(heldUpSeconds),
          hanging);
    }
  }
}

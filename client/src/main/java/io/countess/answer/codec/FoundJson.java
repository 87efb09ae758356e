package io.countess.answer.codec;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import io.countess.answer.Answer;
import io.countess.answer.Coverage;
import io.countess.event.InvalidInputException;
import io.countess.event.Position;
import io.countess.event.codec.Json;
import java.io.IOException;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Answers as JSON: the fields of the value, and where it is not all there or from a standby {@code
 * missing}, the partitions that are not in it, and {@code behind}, those that a standby answered
 * for, each with how many records it had still to come to. The position is not in it.
 *
 * @param <A> the value
 */
public final class FoundJson<A> implements Fields<Answer.Found<A>> {
  private final Fields<A> value;
  private final Position position;
  private final SortedSet<Integer> missing = new TreeSet<>();
  private final SortedMap<Integer, Long> behind = new TreeMap<>();

  /** Collects an answer by a state that had folded {@code position}. */
  public FoundJson(Fields<A> value, Position position) {
    this.value = value;
    this.position = position;
  }

  /** Writes an answer into an object that has been opened. */
  public static <A> void write(Answer.Found<A> found, Json.ValueWriter<A> value, JsonGenerator out)
      throws IOException {
    value.write(found.value(), out);
    Coverage coverage = found.coverage();
    if (!coverage.missing().isEmpty()) {
      Json.writePartitions(out, "missing", coverage.missing());
    }
    if (!coverage.behind().isEmpty()) {
      out.writeObjectFieldStart("behind");
      for (var behind : coverage.behind().entrySet()) {
        out.writeNumberField(behind.getKey().toString(), behind.getValue());
      }
      out.writeEndObject();
    }
  }

  /**
   * Reads an answer.
   *
   * @param position what the state that answered had folded
   * @throws InvalidInputException where it is none
   */
  public static <A> Answer.Found<A> read(byte[] json, Position position, Fields<A> value) {
    return Json.read(json, in -> Fields.read("answer", in, new FoundJson<>(value, position)));
  }

  @Override
  public void take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "missing" -> missing.addAll(Json.list(field, in, Json::partition));
      case "behind" -> Json.readFields(field, in, this::takeBehind);
      default -> value.take(field, in);
    }
  }

  private void takeBehind(String partition, JsonParser in) throws IOException {
    behind.put(Json.partition("behind", partition), Json.wholeNumber("behind", in));
  }

  @Override
  public Answer.Found<A> value() {
    return new Answer.Found<>(value.value(), position, new Coverage(missing, behind));
  }
}

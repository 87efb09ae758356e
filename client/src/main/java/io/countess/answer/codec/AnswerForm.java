package io.countess.answer.codec;

import io.countess.event.codec.Json;
import java.util.function.Supplier;

/**
 * How the value of an answer stands in JSON.
 *
 * @param writer writes its fields
 * @param fields makes what collects them
 */
public record AnswerForm<A>(Json.ValueWriter<A> writer, Supplier<Fields<A>> fields) {}

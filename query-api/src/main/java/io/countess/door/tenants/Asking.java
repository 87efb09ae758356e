package io.countess.door.tenants;

import io.countess.door.Told;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** How steps become an answer: what could not be told ends them. */
final class Asking {
  private Asking() {}

  /** Goes on with what was told. */
  static <V> CompletionStage<ApiReply> then(
      CompletionStage<Told<V>> asked, Function<V, CompletionStage<ApiReply>> next) {
    return asked.thenCompose(
        told -> told.value().map(next).orElseGet(() -> ApiReply.failed(told).now()));
  }

  /** Goes on with what was found, or says that there is none. */
  static <V> CompletionStage<ApiReply> found(
      CompletionStage<Told<Optional<V>>> asked,
      ApiReply none,
      Function<V, CompletionStage<ApiReply>> next) {
    return then(asked, found -> found.map(next).orElseGet(none::now));
  }

  /** Answers with what was told. */
  static <V> CompletionStage<ApiReply> reply(
      CompletionStage<Told<V>> asked, Function<V, ApiReply> reply) {
    return asked.thenApply(told -> told.value().map(reply).orElseGet(() -> ApiReply.failed(told)));
  }
}

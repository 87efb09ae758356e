package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** What a caller is told of what went wrong inside. */
class FailuresTest {
  @Test
  void shouldSayThatItStoppedWhereTheAnswerComesAfterTheDoorHasClosed() {
    var closed = Executors.newSingleThreadExecutor();
    closed.shutdown();
    var answer = new CompletableFuture<String>();
    var sent = answer.whenCompleteAsync((value, failure) -> {}, closed).handle((it, why) -> why);
    answer.complete("late");

    assertThat(sent.join()).isInstanceOf(CompletionException.class);
    assertThat(Failures.reply(sent.join())).isSameAs(Failures.STOPPED);
  }

  @Test
  void shouldTellNothingOfWhatNobodyForesaw() {
    assertThat(Failures.reply(new IllegalStateException("secret"))).isSameAs(Failures.UNTOLD);
  }
}

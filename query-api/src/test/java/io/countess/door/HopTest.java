package io.countess.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

class HopTest {
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final Hop hop = new Hop(tasks::add);
  private final AtomicReference<String> seen = new AtomicReference<>();

  @Test
  void shouldLeaveTheThreadThatBringsAnAnswer() {
    var stage = new CompletableFuture<String>();
    hop.after(stage).thenAccept(seen::set);

    stage.complete("answer");

    assertThat(seen).hasNullValue();
    tasks.remove().run();
    assertThat(seen).hasValue("answer");
  }

  @Test
  void shouldGoOnAtOnceWithWhatIsThere() {
    hop.after(CompletableFuture.completedStage("answer")).thenAccept(seen::set);

    assertThat(seen).hasValue("answer");
    assertThat(tasks).isEmpty();
  }

  @Test
  void shouldHandFailuresOnToo() {
    var stage = new CompletableFuture<String>();
    hop.after(stage).exceptionally(failure -> "failed").thenAccept(seen::set);

    stage.completeExceptionally(new IllegalStateException());

    tasks.remove().run();
    assertThat(seen).hasValue("failed");
  }
}

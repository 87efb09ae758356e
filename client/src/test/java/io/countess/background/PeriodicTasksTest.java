package io.countess.background;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** A task goes on after a run that has failed, and the log says what failed. */
class PeriodicTasksTest {
  private static final Duration PAUSE = Duration.ofMillis(1);
  private static final Duration LONG = Duration.ofHours(1);

  private final Logger logger = (Logger) LoggerFactory.getLogger(PeriodicTasks.class);
  private final ListAppender<ILoggingEvent> told = new ListAppender<>();
  private final AtomicInteger runs = new AtomicInteger();
  private final PeriodicTasks tasks = new PeriodicTasks("countess-test");

  @BeforeEach
  void listen() {
    told.list = new CopyOnWriteArrayList<>();
    told.start();
    logger.setLevel(Level.INFO);
    logger.addAppender(told);
  }

  @AfterEach
  void stop() {
    tasks.close();
    logger.detachAppender(told);
  }

  @Test
  void shouldRunAgainAfterARunThatFailed() {
    tasks.every(PAUSE, this::failOnce);

    await().until(() -> runs.get() > 3);
    assertThat(messages())
        .containsExactly("A run of a task of countess-test has failed; it goes on.");
    assertThat(told.list.get(0).getThrowableProxy().getMessage()).isEqualTo("run 1");
  }

  @Test
  void shouldNotHinderOtherTasksOfTheThread() {
    tasks.every(PAUSE, () -> fail(new IllegalStateException()));
    var other = new AtomicInteger();
    tasks.every(PAUSE, other::incrementAndGet);

    await().until(() -> other.get() > 3 && runs.get() > 3);
  }

  @Test
  void shouldRunAtOnceWhereThatIsAsked() {
    tasks.every(LONG, () -> runs.addAndGet(100));
    tasks.nowAndEvery(LONG, runs::incrementAndGet);

    await().until(() -> runs.get() > 0);
    assertThat(runs).hasValue(1);
  }

  @Test
  void shouldWarnOnceAMinuteOfATaskThatAlwaysFails() {
    Runnable guarded = PeriodicTasks.guarded("it", () -> fail(new IllegalStateException()));
    guarded.run();
    guarded.run();
    PeriodicTasks.guarded("another", () -> fail(new IllegalStateException())).run();

    assertThat(runs).hasValue(3);
    assertThat(messages())
        .containsExactly(
            "A run of a task of it has failed; it goes on.",
            "A run of a task of another has failed; it goes on.");
  }

  @Test
  void shouldNotSwallowAnError() {
    var failure = new OutOfMemoryError("drill");
    Runnable guarded = PeriodicTasks.guarded("it", () -> fail(failure));

    assertThatThrownBy(guarded::run).isSameAs(failure);
    assertThatThrownBy(guarded::run).isSameAs(failure);
    assertThat(told.list)
        .extracting(ILoggingEvent::getLevel)
        .containsExactly(Level.ERROR, Level.ERROR);
    assertThat(messages()).contains("A task of it has failed, and is run no more.");
  }

  @Test
  void shouldSayNothingOfARunThatTheCloseInterrupts() throws InterruptedException {
    var running = new CountDownLatch(1);
    var over = new CountDownLatch(1);
    Runnable guarded = PeriodicTasks.guarded("it", () -> waitForever(running));
    tasks.every(
        PAUSE,
        () -> {
          guarded.run();
          over.countDown();
        });
    running.await();

    tasks.close();

    over.await();
    assertThat(told.list).isEmpty();
  }

  private void failOnce() {
    if (runs.incrementAndGet() == 1) {
      throw new IllegalStateException("run 1");
    }
  }

  private void fail(RuntimeException failure) {
    runs.incrementAndGet();
    throw failure;
  }

  private void fail(Error failure) {
    throw failure;
  }

  private static void waitForever(CountDownLatch running) {
    running.countDown();
    try {
      new CountDownLatch(1).await();
    } catch (InterruptedException closing) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(closing);
    }
  }

  private List<String> messages() {
    return told.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }
}

package io.countess.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.client.Submission;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.query.Command;
import io.countess.query.Demand;
import io.countess.server.Alone;
import io.countess.server.Countess;
import io.countess.server.Setting;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values as clients of Redis write them, and all others see them. */
class ThroughRedisTest implements ValueContract {
  @TempDir static Path data;
  private static Countess countess;

  @BeforeAll
  static void start() throws InterruptedException {
    var settings =
        Map.of(Setting.REDIS, "true", Setting.REDIS_PORT, "0", Setting.REDIS_NAMESPACE, ":");
    countess = Alone.start(data, "memory", settings);
  }

  @AfterAll
  static void stop() {
    countess.close();
  }

  /** Commands go through the door, on a connection each; the rest straight to the ports. */
  @Override
  public Caller caller() {
    var ports = new InProcessCaller(countess.queries(), countess.commands(), Demand.NONE);
    return (Caller)
        Proxy.newProxyInstance(
            Caller.class.getClassLoader(),
            new Class<?>[] {Caller.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("decide")) {
                try (var redis = new RedisCaller(countess.redis().orElseThrow().port())) {
                  return redis.decide((Submission) arguments[0]);
                }
              }
              try {
                return method.invoke(ports, arguments);
              } catch (InvocationTargetException thrown) {
                throw thrown.getCause();
              }
            });
  }

  /** By the words of Redis. */
  @Override
  @Test
  public void shouldTakeNoWriteForACounterOfAnotherKind() {
    Counters total = counters("{'kind':'total'}");
    countess
        .commands()
        .submit(Command.of(total.named("a"), Event.Put.of(1)))
        .toCompletableFuture()
        .join();

    var decision = total.write("a", "'add':1");

    assertThat(decision.outcome()).isEqualTo(Outcome.IMPOSSIBLE);
    assertThat(decision.reason().orElseThrow()).startsWith("WRONGTYPE");
  }
}

package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.answer.Readiness;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.Policy;
import io.countess.event.Terms;
import io.countess.query.Command;
import io.countess.query.Commands;
import io.countess.query.Demand;
import io.countess.query.Queries;
import io.countess.query.Question;
import io.countess.query.Response;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DefaultTtlTest {
  private static final Duration TTL = Duration.ofMinutes(5);
  private static final List<CounterName> COUNTERS =
      IntStream.range(0, 16)
          .mapToObj(i -> new CounterName(ByteString.utf8("clicks"), ByteString.utf8("k" + i)))
          .toList();

  @Test
  void shouldKeepAllButTheTimeToLive() {
    var terms = Terms.DEFAULT.in(Policy.Mode.OBSERVE).remembering(Duration.ofHours(1));
    var now = new Policy.Expiring(Duration.ofSeconds(60), OptionalLong.of(5), terms);

    assertThat(DefaultTtl.with(TTL, now))
        .isEqualTo(new Policy.Expiring(TTL, OptionalLong.of(5), terms));
    assertThat(DefaultTtl.with(TTL, Policy.Total.unbounded()))
        .isEqualTo(new Policy.Expiring(TTL, OptionalLong.empty()));
  }

  @Test
  void shouldBeInForceForTheFirstPut(@TempDir Path data) throws Exception {
    var flags = new EnumMap<Setting, String>(Setting.class);
    flags.put(Setting.DATA, data.toString());
    flags.put(Setting.HTTP_PORT, "0");
    flags.put(Setting.KAFKA_PORT, "0");
    flags.put(Setting.DEFAULT_TTL, "1h");
    try (var countess = Countess.start(CountessConfig.of(Settings.read(flags, Map.of())))) {
      Map<CounterName, Response.Decided> first = new HashMap<>();
      while (first.size() < COUNTERS.size()) {
        for (CounterName counter : COUNTERS) {
          put(countess, counter).ifPresent(decided -> first.putIfAbsent(counter, decided));
        }
      }

      long inHalfAnHour = System.currentTimeMillis() + Duration.ofMinutes(30).toMillis();
      for (CounterName counter : COUNTERS) {
        var question = new Question.CountOf(counter, OptionalLong.of(inHalfAnHour));
        var answer = countess.queries().ask(question, Demand.NONE).toCompletableFuture().join();
        assertThat(((Answer.Found<Count>) answer).value().count()).as("%s", counter).isPositive();
      }
    }
  }

  private static Optional<Response.Decided> put(Countess countess, CounterName counter) {
    var put = Command.of(counter, Event.Put.of(1));
    Response response = countess.commands().submit(put).toCompletableFuture().join();
    return response instanceof Response.Decided decided ? Optional.of(decided) : Optional.empty();
  }

  @Test
  void shouldLetCommandsInWhereItsHomeIsAwayForLong() {
    var service = new Away();
    var defaultTtl = new DefaultTtl(service, service, TTL, Duration.ofMillis(100));
    try {
      var set = defaultTtl.set();
      assertThat(set).isNotDone();
      service.isReady = true;
      assertThat(set).succeedsWithin(Duration.ofSeconds(20));
      int asked = service.asked.get();
      await().until(() -> service.asked.get() > asked);
    } finally {
      defaultTtl.close();
    }
  }

  /** Several instances, of which the one is away that could say what the default policy is. */
  private static final class Away implements Queries, Commands {
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean isReady;

    @Override
    public <A> CompletionStage<Answer<A>> ask(Question<A> question, Demand demand) {
      asked.incrementAndGet();
      return CompletableFuture.completedStage(new Answer.Elsewhere<>(0, "http://10.0.0.1:8080"));
    }

    @Override
    public Readiness readiness() {
      return new Readiness(isReady, "running", new TreeMap<>());
    }

    @Override
    public CompletionStage<Response> submit(Command command) {
      throw new AssertionError("nothing is to be changed");
    }
  }
}

package io.countess.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Event.Claim;
import io.countess.event.InvalidInputException;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClaimsTest {
  private static final int CALLERS = 32;
  private static final int NEVER = Integer.MAX_VALUE;
  private static final CounterName CPU = CounterName.of("cpu", "{u1}");
  private static final CounterName MEMORY = CounterName.of("memory", "{u1}x");
  private static final String CPU_PATH = "/v1/namespaces/cpu/keys/{u1}";
  private static final String MEMORY_PATH = "/v1/namespaces/memory/keys/{u1}x";

  private final FakeServer server = new FakeServer();
  private final Counts counts = Counts.open(CountsConfig.of(server.url()));
  private final Claims claims = counts.claims();
  private final ExecutorService callers = Executors.newFixedThreadPool(CALLERS);
  private final AtomicInteger asked = new AtomicInteger();

  @AfterEach
  void close() {
    callers.shutdownNow();
    counts.close();
    server.close();
  }

  @Test
  void shouldClaimUnderANewId() {
    server.answer("{'outcome':'accepted','count':2,'at':17}");
    var claimed = claims.claim(CPU, 2);
    assertThat(claimed.isGranted()).isTrue();
    assertThat(server.asked().line()).startsWith("POST /v1/namespaces/cpu/keys/%7Bu1%7D?");
    assertThat(server.asked().header("Idempotency-key")).isEqualTo(claimed.id());
    assertThat(server.asked().body()).isEqualTo("{\"n\":2}");
  }

  @Test
  void shouldClaimAndReleaseUnderAGivenId() {
    server.answer("{'outcome':'accepted','count':2,'at':17}");
    assertThat(claims.claim(CPU, 2, "order-7").id()).isEqualTo("order-7");
    assertThat(server.asked().header("Idempotency-key")).isEqualTo("order-7");
    server.answer("{'outcome':'accepted','at':17,'released':1}");
    claims.release(CPU, "order-7", 1, "return-7");
    assertThat(server.all().get(1).header("Idempotency-key")).isEqualTo("return-7");
    assertThat(server.all().get(1).body()).isEqualTo("{\"of\":\"order-7\",\"n\":1}");
  }

  @Test
  void shouldGiveBackWhereTheWorkFails() {
    server.answer("{'outcome':'accepted','count':2,'at':17}");
    var claimed = claims.claim(CPU, 2, "order-7");
    server.answer("{'outcome':'accepted','at':17,'released':2}");
    var broken = new IOException("no paper");

    assertThatThrownBy(
            () ->
                claimed.orGiveBack(
                    () -> {
                      throw broken;
                    }))
        .isSameAs(broken)
        .hasNoSuppressedExceptions();

    assertThat(server.all()).hasSize(2);
    assertThat(server.all().get(1).body()).isEqualTo("{\"of\":\"order-7\"}");
  }

  @Test
  void shouldKeepWhatTheWorkWasDoneFor() {
    server.answer("{'outcome':'accepted','count':2,'at':17}");
    String printed = claims.claim(CPU, 2).orGiveBack(() -> "printed");
    assertThat(printed).isEqualTo("printed");
    assertThat(server.all()).hasSize(1);
  }

  @Test
  void shouldDoNothingUnderAClaimThatWasNotGranted() {
    server.problem(
        429,
        "{'type':'urn:countess:problem:refused','outcome':'refused','at':17,"
            + "'reason':'the limit of 5 would be passed'}");
    var claimed = claims.claim(CPU, 2);
    assertThatThrownBy(() -> claimed.orGiveBack(asked::incrementAndGet))
        .isInstanceOf(NotGrantedException.class)
        .hasMessage("refused: the limit of 5 would be passed");
    assertThat(asked).hasValue(0);
    assertThat(server.all()).hasSize(1);
  }

  @Test
  void shouldSayThatTheClaimCouldNotBeGivenBack() {
    server.answer("{'outcome':'accepted','count':2,'at':17}");
    var claimed = claims.claim(CPU, 2);
    server.problem(403, "{'type':'urn:countess:problem:forbidden','title':'no'}");
    assertThatThrownBy(() -> claimed.orGiveBack(() -> Integer.parseInt("x")))
        .isInstanceOf(NumberFormatException.class)
        .satisfies(
            failure -> assertThat(failure.getSuppressed()[0]).isInstanceOf(ProblemException.class));
  }

  @Test
  void shouldTellWhatBecomesOfClaims() {
    List<String> heard = new ArrayList<>();
    Claims told = claims.telling(new Heard(heard));
    server.answer("{'outcome':'accepted','count':2,'at':17}");
    var claimed = told.claim(CPU, 2, "a");
    server.answer("{'outcome':'accepted','at':17,'released':2}");
    claimed.giveBack();
    server.problem(429, "{'type':'urn:countess:problem:refused','outcome':'refused','at':17}");
    told.claim(CPU, 2, "b");
    server.problem(403, "{'type':'urn:countess:problem:forbidden','title':'no'}");
    assertThatThrownBy(() -> told.claim(CPU, 2, "c")).isInstanceOf(ProblemException.class);

    assertThat(heard)
        .containsExactly("granted a", "gave back 2 of a", "not granted b", "unknown c");
  }

  private record Heard(List<String> all) implements ClaimListener {
    @Override
    public void granted(Claimed claimed) {
      all.add("granted " + claimed.id());
    }

    @Override
    public void notGranted(Claimed claimed) {
      all.add("not granted " + claimed.id());
    }

    @Override
    public void gaveBack(CounterName counter, String id, Decision release) {
      all.add("gave back %d of %s".formatted(release.details().released().orElse(0), id));
    }

    @Override
    public void unknown(CounterName counter, String id, RuntimeException failure) {
      all.add("unknown " + id);
    }
  }

  @Test
  void shouldBringTheQuotaThatAClaimIsDecidedBy() {
    server.answer("{'outcome':'accepted','count':2,'at':17}");
    Policy vouchers = new Policy.Expiring(Duration.ofHours(1), OptionalLong.of(5));
    claims.under(vouchers).claim(CPU, 2);
    assertThat(server.asked().body())
        .isEqualTo("{\"n\":2,\"policy\":{\"kind\":\"expiring\",\"ttl\":\"1h\",\"limit\":5}}");
  }

  @Test
  void shouldNotGrantWhatCameTooLate() {
    server.answer("{'outcome':'late','count':2,'at':17}");
    assertThat(claims.claim(CPU, 2).isGranted()).isFalse();
  }

  @Test
  void shouldClaimFromSeveralAtOnce() {
    server.problem(
        429,
        "{'type':'urn:countess:problem:refused','outcome':'refused','at':17,'parts':["
            + "{'namespace':'cpu','key':'{u1}','outcome':'accepted','count':1,'at':17},"
            + "{'namespace':'memory','key':'{u1}x','outcome':'refused','count':9,'at':17}]}");
    var claimed = claims.claim(both(Optional.of("order-7")));
    assertThat(claimed.id()).isEqualTo("order-7");
    assertThat(claimed.isGranted()).isFalse();
    assertThat(claimed.decision().details().parts())
        .extracting(part -> part.counter() + " " + part.decision().outcome())
        .containsExactly(CPU + " " + Outcome.ACCEPTED, MEMORY + " " + Outcome.REFUSED);
    assertThat(server.asked().line()).isEqualTo("POST /v1/claims?ack=applied");
    assertThat(server.asked().header("Idempotency-key")).isEqualTo("order-7");
    assertThat(server.asked().body())
        .isEqualTo(
            "{\"counters\":[{\"namespace\":\"cpu\",\"key\":\"{u1}\"},"
                + "{\"namespace\":\"memory\",\"key\":\"{u1}x\",\"n\":2}]}");
  }

  @Test
  void shouldSayHowCountersAreClaimedTogether() {
    var apart =
        new Claim(
            List.of(Claim.Part.of(CPU, 1), Claim.Part.of(CounterName.of("memory", "u1"), 1)),
            Optional.empty());
    assertThatThrownBy(() -> claims.claim(apart))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("must carry the same hash tag");
    assertThatThrownBy(() -> claims.claim(apart, counter -> 0))
        .hasMessageContaining("must carry the same hash tag");
    assertThat(server.all()).isEmpty();
  }

  @Test
  void shouldRelease() {
    server.answer("{'outcome':'accepted','at':17,'released':2}");
    assertThat(claims.release(CPU, "order-7").details().released()).hasValue(2);
    assertThat(server.asked().line())
        .isEqualTo("POST /v1/namespaces/cpu/keys/%7Bu1%7D/release?ack=applied");
    assertThat(server.asked().body()).isEqualTo("{\"of\":\"order-7\"}");
    assertThat(server.asked().header("Idempotency-key")).isNotEqualTo("order-7").isNotEmpty();
  }

  @Test
  void shouldReleaseAPart() {
    server.answer("{'outcome':'accepted','at':17,'released':1}");
    claims.release(new CounterName(CPU.namespace(), CounterName.of("", "").key()), "x", 1);
    assertThat(server.asked().line())
        .startsWith("POST /v1/counter/release?nsBase64=Y3B1&keyBase64=");
    assertThat(server.asked().body()).isEqualTo("{\"of\":\"x\",\"n\":1}");
  }

  @Test
  void shouldLoadTheUsageOnceHoweverManyCallersRace() throws Exception {
    var quotas = new FakeQuotas(100, NEVER);
    server.handle(quotas);
    var all = race(() -> claims.claim(CPU, 3, this::usage));
    assertThat(asked).hasValue(1);
    assertThat(quotas.sets()).isEqualTo(1);
    assertThat(all).filteredOn(Claimed::isGranted).hasSize(20);
    assertThat(quotas.value(CPU_PATH)).isEqualTo(100);
  }

  @Test
  void shouldCountExactlyWhereManyProcessesRaceAndConnectionsBreak() throws Exception {
    var quotas = new FakeQuotas(100, 3);
    server.handle(quotas);
    var all =
        race(
            () -> {
              try (var other = Counts.open(CountsConfig.of(server.url()))) {
                return other.claims().claim(CPU, 3, this::usage);
              }
            });
    assertThat(asked).hasValueBetween(1, CALLERS);
    assertThat(quotas.sets()).isEqualTo(1);
    assertThat(all).filteredOn(Claimed::isGranted).hasSize(20);
    assertThat(quotas.value(CPU_PATH)).isEqualTo(100);
  }

  @Test
  void shouldLoadTheUsageOfEachOfSeveral() throws Exception {
    var quotas = new FakeQuotas(100, 5);
    server.handle(quotas);
    counts.claims().claim(MEMORY, 10, () -> 50);
    var all = race(() -> claims.claim(both(Optional.empty()), counter -> usage()));
    assertThat(asked).hasValue(1);
    assertThat(quotas.sets()).isEqualTo(2);
    assertThat(all).filteredOn(Claimed::isGranted).hasSize(20);
    assertThat(quotas.value(CPU_PATH)).isEqualTo(60);
    assertThat(quotas.value(MEMORY_PATH)).isEqualTo(100);
  }

  @Test
  void shouldNotAskForTheUsageOfACounterThatExists() {
    server.handle(new FakeQuotas(100, NEVER));
    claims.claim(CPU, 1, () -> 0);
    assertThat(claims.claim(CPU, 1, this::usage).isGranted()).isTrue();
    assertThat(asked).hasValue(0);
    assertThat(server.all()).extracting(it -> it.line().substring(0, 4)).endsWith("GET ", "POST");
  }

  @Test
  void shouldNotClaimWhereTheUsageCantBeSet() {
    var quotas = new FakeQuotas(30, NEVER);
    server.handle(quotas);
    var claimed = claims.claim(CPU, 1, this::usage);
    assertThat(claimed.decision().outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(quotas.value(CPU_PATH)).isNull();
  }

  @Test
  void shouldShareTheFailureOfTheOneThatLoads() throws Exception {
    server.handle(new FakeQuotas(100, NEVER));
    var loading = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var first =
        callers.submit(
            () ->
                claims.claim(
                    CPU,
                    1,
                    () -> {
                      loading.countDown();
                      awaitQuietly(goOn);
                      throw new IllegalStateException("the database is gone");
                    }));
    loading.await();
    var second = new FutureTask<>(() -> claims.claim(CPU, 1, this::usage));
    var waiting = new Thread(second);
    waiting.start();
    await().until(() -> isFollowing(waiting));
    goOn.countDown();
    assertThatThrownBy(first::get).rootCause().hasMessage("the database is gone");
    assertThatThrownBy(second::get).rootCause().hasMessage("the database is gone");
    assertThat(claims.claim(CPU, 1, this::usage).isGranted()).isTrue();
  }

  @Test
  void shouldWaitForAnotherCallersUsageWithinTheOwnTimeOutOnly() throws Exception {
    server.handle(new FakeQuotas(100, NEVER));
    var loading = new CountDownLatch(1);
    var goOn = new CountDownLatch(1);
    var shortly = counts.within(Duration.ofMillis(1500)).claims();
    var first =
        callers.submit(
            () ->
                shortly.claim(
                    CPU,
                    1,
                    () -> {
                      loading.countDown();
                      awaitQuietly(goOn);
                      return usage();
                    }));
    loading.await();
    assertThatThrownBy(() -> shortly.claim(CPU, 1, this::usage))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessage("another call did not load the initial usage within 1500ms");
    goOn.countDown();
    // What the supplier took was not the server's.
    assertThat(first.get().isGranted()).isTrue();
    assertThat(asked).hasValue(1);
  }

  private static boolean isFollowing(Thread thread) {
    return thread.getState() == Thread.State.TIMED_WAITING
        && Arrays.stream(thread.getStackTrace())
            .anyMatch(frame -> frame.getMethodName().equals("follow"));
  }

  private long usage() {
    asked.incrementAndGet();
    return 40;
  }

  private List<Claimed> race(Callable<Claimed> call)
      throws InterruptedException, ExecutionException {
    var start = new CountDownLatch(1);
    var results = new ArrayList<Future<Claimed>>();
    for (int i = 0; i < CALLERS; i++) {
      results.add(
          callers.submit(
              () -> {
                start.await();
                return call.call();
              }));
    }
    start.countDown();
    var all = new ArrayList<Claimed>();
    for (Future<Claimed> result : results) {
      all.add(result.get());
    }
    return all;
  }

  private static Event.Claim both(Optional<String> id) {
    return new Claim(List.of(Claim.Part.of(CPU, 1), Claim.Part.of(MEMORY, 2)), id);
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException closed) {
      Thread.currentThread().interrupt();
    }
  }
}

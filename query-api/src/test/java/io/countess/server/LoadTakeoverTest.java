package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.LineOutcome;
import io.countess.answer.LoadOutcomes;
import io.countess.client.Counts;
import io.countess.client.LoadOptions;
import io.countess.client.LoadSummary;
import io.countess.event.ByteString;
import io.countess.event.OnChange;
import io.countess.event.codec.PolicyCodec;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A load through one of two instances, of which the other one goes while it runs. */
class LoadTakeoverTest {
  private static final int LINES = 60_000;
  private static final ByteString STOCK = ByteString.utf8("stock");

  @TempDir private Path data;

  @Test
  void shouldAccountForEveryLineAndCountEachOnce() throws Exception {
    try (var group = new Group(data)) {
      var one = group.start("one");
      var two = group.start("two");
      Group.awaitShared(one, two);
      var policy = PolicyCodec.decode("{\"kind\":\"total\"}".getBytes(StandardCharsets.UTF_8));
      one.counts().setPolicy(STOCK, policy, OnChange.KEEP);
      var begun = new CountDownLatch(1);
      var options = LoadOptions.APPLIED.under("job").telling(soFar -> begun.countDown());

      var loading = CompletableFuture.supplyAsync(() -> load(one.counts(), options));
      assertThat(begun.await(60, TimeUnit.SECONDS)).isTrue();
      group.stop(two);
      LoadSummary loaded = loading.join();

      LoadOutcomes outcomes = loaded.outcomes().orElseThrow();
      assertThat(loaded.rejected()).as(loaded.errors().toString()).isZero();
      assertThat(loaded.settled()).isEqualTo(LINES);
      assertThat(
              outcomes.count(LineOutcome.ACCEPTED)
                  + outcomes.count(LineOutcome.REPLAYED)
                  + outcomes.count(LineOutcome.UNKNOWN))
          .isEqualTo(LINES);
      LoadSummary again = load(one.counts(), LoadOptions.APPLIED.under("job"));
      assertThat(again.outcomes().orElseThrow().count(LineOutcome.REPLAYED))
          .isGreaterThanOrEqualTo(LINES - outcomes.count(LineOutcome.UNKNOWN));
      assertThat(again.logged()).isEqualTo(LINES);
      assertThat(one.counts().namespace(STOCK).totals().count()).isEqualTo(LINES);
    }
  }

  private static LoadSummary load(Counts counts, LoadOptions options) {
    String lines =
        IntStream.range(0, LINES)
            .mapToObj(i -> "{\"namespace\":\"stock\",\"key\":\"k%d\"}\n".formatted(i % 500))
            .collect(Collectors.joining());
    return counts.load(new ByteArrayInputStream(lines.getBytes(StandardCharsets.UTF_8)), options);
  }
}

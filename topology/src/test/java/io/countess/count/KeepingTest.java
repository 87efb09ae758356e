package io.countess.count;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Terms;
import io.countess.event.WindowPeriod;
import io.countess.event.WindowSpan;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Windows that stay, against a model that keeps the sum of each window for ever. */
class KeepingTest {
  private static final OptionalLong NONE = OptionalLong.empty();

  /** Before clocks go back in Berlin and forward on Lord Howe. */
  private static final long START = Instant.parse("2026-10-23T00:00:00Z").toEpochMilli();

  @Property(tries = 300)
  void shouldCountInEachKeptWindowAsIfAllWereKept(@ForAll long seed) {
    var run = new Run(new SplittableRandom(seed));
    for (int i = 0; i < 300; i++) {
      run.step();
    }
  }

  @Example
  void shouldTakeFewBytesForAWindow() {
    KeptWindows months = KeptWindows.NONE;
    var policy = policy("month", "Europe/Berlin", NONE, 12, Policy.Mode.ENFORCE);
    long at = START;
    for (int i = 0; i < 12; i++) {
      WindowSpan span = Windows.of(policy).holding(at);
      months = months.with(span, 1000 + i);
      at = span.endMillis();
    }
    var out = new VarOutput(10);
    months.write(out);

    assertThat(out.size()).isLessThan(12 * 7);
    assertThat(KeptWindows.read(new VarInput(out.toBytes()))).isEqualTo(months);
  }

  @Example
  void shouldLeaveOldBytesOfAWindowAsTheyWere() {
    var out = new VarOutput(10);
    new WindowState(5_000, 4_000, 9_000, -3).write(out);

    assertThat(out.toBytes())
        .isEqualTo(new VarOutput(10).write(1_000).write(4_000).writeSigned(-3).toBytes());
  }

  private static Policy.Window policy(
      String period, String zone, OptionalLong limit, int keep, Policy.Mode mode) {
    return new Policy.Window(
        WindowPeriod.parse(period),
        ZoneId.of(zone),
        NONE,
        NONE,
        limit,
        keep,
        Terms.DEFAULT.in(mode));
  }

  /** One counter, and beside it the sums of all its windows. */
  private static final class Run {
    private final SplittableRandom random;
    private final Policy.Window policy;
    private final Counting counting;
    private final Keeping keeping;
    private final Windows windows;
    private final Map<Long, WindowSpan> spans = new TreeMap<>();
    private final Map<WindowSpan, Long> sums = new TreeMap<>(Run::byEnd);
    private final List<Put> puts = new ArrayList<>();
    private long now = START;
    private long lastInstant;
    private State state;
    private KeptWindows kept = KeptWindows.NONE;

    /** What can be released, and from where. */
    private record Put(WindowSpan span, Added added, long n) {}

    Run(SplittableRandom random) {
      this.random = random;
      var limit = random.nextBoolean() ? OptionalLong.of(random.nextInt(1, 20)) : NONE;
      var mode = random.nextInt(4) == 0 ? Policy.Mode.OBSERVE : Policy.Mode.ENFORCE;
      String zone = one("UTC", "Europe/Berlin", "Australia/Lord_Howe", "Asia/Kathmandu");
      policy = policy(one("15m", "1h", "2h", "6h", "day"), zone, limit, random.nextInt(1, 9), mode);
      counting = Counting.of(policy);
      keeping = counting.keeping();
      windows = Windows.of(policy);
    }

    private static int byEnd(WindowSpan one, WindowSpan other) {
      return Long.compare(one.endMillis(), other.endMillis());
    }

    private String one(String... some) {
      return some[random.nextInt(some.length)];
    }

    void step() {
      now = later();
      int what = random.nextInt(20);
      if (what == 0 && random.nextInt(4) == 0) {
        reset();
      } else if (what < 5 && !puts.isEmpty()) {
        release(puts.remove(random.nextInt(puts.size())));
      } else {
        put(random.nextInt(-4, 9), instantOfPut());
      }
      check();
    }

    /** Often just after a window has begun, and so just after the oldest has gone. */
    private long later() {
      return switch (random.nextInt(6)) {
        case 0, 1 -> now + random.nextLong(8 * 3_600_000L);
        case 2 -> windows.holding(now).endMillis() + random.nextLong(30_000);
        default -> now + random.nextLong(60_000);
      };
    }

    private long instantOfPut() {
      return switch (random.nextInt(6)) {
        case 0, 1 -> now - random.nextLong(40 * 3_600_000L);
        case 2 -> horizon(now - 60_000) + random.nextLong(3_600_000L);
        default -> now;
      };
    }

    private Keeping.Past past(long instant) {
      return new Keeping.Past(state, kept, keeping.horizonMillis(instant));
    }

    private Folded fold(Event event, long at) {
      Folded folded = counting.apply(state, event, at, now - 60_000);
      return keeping.concerns(state, event, folded)
          ? keeping.complete(past(folded.decision().atMillis()), event, folded, at)
          : folded;
    }

    private void take(Folded folded) {
      state = folded.after();
      kept = folded.kept() != null ? folded.kept() : kept;
    }

    private void put(long n, long at) {
      long instant = Math.max(Math.max(at, now - 60_000), lastInstant);
      Event put = Event.Put.of(n);
      Folded folded = fold(put, at);
      Decision told = folded.decision();
      WindowSpan span = windows.holding(at);
      long before = sums.getOrDefault(span, 0L);
      boolean ended = span.endMillis() <= instant;

      assertThat(told.atMillis()).isEqualTo(instant);
      if (n == 0) {
        assertThat(told.outcome()).isEqualTo(Outcome.ACCEPTED);
      } else if (ended && span.endMillis() <= horizon(instant)) {
        assertThat(told.outcome()).isEqualTo(Outcome.LATE);
      } else {
        boolean fits = n > 0 ? before + n <= policy.highest() : before + n >= policy.lowest();
        boolean taken = fits || policy.terms().mode() == Policy.Mode.OBSERVE;
        assertThat(told.outcome() == Outcome.ACCEPTED).as("%s", told).isEqualTo(taken);
        assertThat(told.details().wouldRefuse()).isEqualTo(taken && !fits);
        assertThat(told.count()).hasValue(taken ? before + n : before);
        assertThat(told.details().window()).isEqualTo(ended ? Optional.of(span) : Optional.empty());
        assertThat(told.retryAfterMillis().isPresent() && ended).isFalse();
        if (taken) {
          sums.put(span, before + n);
          Added.of(put, folded).ifPresent(added -> puts.add(new Put(span, added, n)));
          lastInstant = ended ? lastInstant : instant;
        }
      }
      take(folded);
      lastInstant = state == null ? 0 : state.atMillis();
    }

    private void release(Put put) {
      long instant = Math.max(now, lastInstant);
      boolean concerns = keeping.concerns(state, put.added, instant);
      Released released =
          concerns
              ? keeping.release(past(instant), put.added, NONE, instant)
              : counting.release(state, put.added, NONE, now, now - 60_000);
      Decision told = released.folded().decision();
      boolean isThere = put.span.endMillis() > horizon(instant);
      long before = sums.getOrDefault(put.span, 0L);
      long less = before - put.n;
      boolean fits = put.n > 0 ? less >= policy.lowest() : less <= policy.highest();
      boolean taken = isThere && (fits || policy.terms().mode() == Policy.Mode.OBSERVE);

      assertThat(told.details().released().orElse(0)).as("%s", told).isEqualTo(taken ? put.n : 0);
      assertThat(told.outcome() == Outcome.ACCEPTED).isEqualTo(taken || !isThere);
      assertThat(concerns).isEqualTo(instant >= put.span.endMillis());
      if (taken) {
        sums.put(put.span, less);
      }
      take(released.folded());
      lastInstant = state == null ? 0 : state.atMillis();
    }

    private void reset() {
      take(fold(new Event.Reset(), now));
      sums.clear();
      puts.clear();
      lastInstant = 0;
      assertThat(kept.isEmpty()).isTrue();
    }

    private void check() {
      long instant = Math.max(now, lastInstant);
      long after = horizon(instant);
      Map<WindowSpan, Long> there = new TreeMap<>(Run::byEnd);
      kept.all().forEach(it -> there.put(it.span(), it.n()));
      assertThat(there).hasSize(kept.all().size());
      if (state instanceof WindowState last) {
        assertThat(there.put(last.span(), last.n())).isNull();
      }
      assertThat(kept.all()).hasSizeLessThanOrEqualTo(policy.keep());
      forget();
      assertThat(since(after, there)).isEqualTo(since(after, sums));
      var out = new VarOutput(9);
      kept.write(out);
      assertThat(KeptWindows.read(new VarInput(out.toBytes()))).isEqualTo(kept);
    }

    /** What is gone at the earliest instant that the next put may be of. */
    private void forget() {
      long gone = horizon(Math.max(now - 60_000, lastInstant));
      sums.keySet().removeIf(span -> span.endMillis() <= gone);
    }

    private static Map<WindowSpan, Long> since(long millis, Map<WindowSpan, Long> windows) {
      Map<WindowSpan, Long> later = new TreeMap<>(Run::byEnd);
      windows.forEach(
          (span, n) -> {
            if (span.endMillis() > millis) {
              later.put(span, n);
            }
          });
      return later;
    }

    /** Window by window back from the one that holds an instant. */
    private long horizon(long instant) {
      WindowSpan span = spans.computeIfAbsent(instant, windows::holding);
      for (int i = 0; i < policy.keep(); i++) {
        span = windows.holding(span.startMillis() - 1);
        assertThat(keeping.keptUntilMillis(span.endMillis())).isGreaterThan(instant);
      }
      WindowSpan gone = windows.holding(span.startMillis() - 1);
      assertThat(keeping.keptUntilMillis(gone.endMillis())).isLessThanOrEqualTo(instant);
      return span.startMillis();
    }
  }
}

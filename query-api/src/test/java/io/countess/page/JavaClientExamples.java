package io.countess.page;

import io.countess.answer.Count;
import io.countess.answer.KeyPage;
import io.countess.answer.LineOutcome;
import io.countess.answer.LineResult;
import io.countess.answer.LoadOutcomes;
import io.countess.client.BrokenLoadException;
import io.countess.client.Claimed;
import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import io.countess.client.Limiter;
import io.countess.client.LimiterConfig;
import io.countess.client.LoadOptions;
import io.countess.client.LoadSummary;
import io.countess.client.Page;
import io.countess.client.ProblemException;
import io.countess.client.Puts;
import io.countess.client.PutsConfig;
import io.countess.client.Submission;
import io.countess.client.Verdict;
import io.countess.event.Batch;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.HeldChange;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Position;
import io.countess.event.WindowName;
import io.countess.event.Write;
import io.countess.event.codec.EventLine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;

/** The examples of docs/JAVA-CLIENT.md: what stands there is what stands here between the marks. */
final class JavaClientExamples {
  private final String url;
  private final String kafka;
  final List<String> log = new ArrayList<>();

  JavaClientExamples(String url, String kafka) {
    this.url = url;
    this.kafka = kafka;
  }

  void limit() {
    // page: limit
    try (var counts = Counts.open(CountsConfig.of(url))) {
      var policy = new Policy.Expiring(Duration.ofMinutes(1), OptionalLong.of(5));
      counts.setPolicy(ByteString.utf8("logins"), policy, OnChange.KEEP);

      var alice = CounterName.of("logins", "alice");
      Decision decision = counts.put(alice, 1);
      if (decision.outcome() == Outcome.ACCEPTED) {
        log.add("welcome, " + decision.remaining().getAsLong() + " left");
      } else {
        log.add("wait for " + decision.retryAfterMillis().getAsLong() + " ms");
      }
      Count now = counts.count(alice);
      log.add(now.count() + " of " + now.limit().getAsLong());
    }
    // end
  }

  void failures(Counts counts, CounterName alice) {
    // page: failures
    try {
      counts.put(alice, 1);
    } catch (ProblemException no) {
      log.add("the server says " + no.problem().status() + ": " + no.getMessage());
    } catch (UncheckedIOException silent) {
      log.add("no answer: " + silent.getMessage());
    }
    // end
  }

  void ids(Counts counts, CounterName alice) {
    // page: ids
    var put = new Event.Put(1, Optional.empty(), Optional.of("order-4711"));
    Decision first = counts.decide(Submission.of(alice, put));
    Decision again = counts.decide(Submission.of(alice, put));
    log.add(again.details().replayed() + ", still " + first.count().getAsLong());
    // end
  }

  void limiter(Counts counts, CounterName alice) {
    // page: limiter
    var config = LimiterConfig.failOpen(Duration.ofMillis(250));
    try (var limiter = Limiter.open(counts, config, this::measure)) {
      Verdict verdict = limiter.ask(alice, 1);
      if (!verdict.mayPass()) {
        log.add("429 Too Many Requests");
      }
      log.add(limiter.tally().toString());
    }
    // end
  }

  // page: measure
  void measure(Verdict verdict) {
    verdict.unheard().ifPresent(why -> log.add("decided here: " + why.reason()));
  }

  // end

  void claims(Counts counts) {
    // page: claims
    var seats = CounterName.of("seats", "{flight-7}");
    var meals = CounterName.of("meals", "{flight-7}");
    var both =
        new Event.Claim(
            List.of(Event.Claim.Part.of(seats, 2), Event.Claim.Part.of(meals, 2)),
            Optional.of("booking-1"));
    Claimed booked = counts.claims().claim(both);
    if (booked.isGranted() && !paid()) {
      counts.claims().release(seats, booked.id()); // gives both back
    }
    // end
  }

  void batch(Counts counts) {
    // page: batch
    var hall = CounterName.of("rooms", "{museum}hall");
    var garden = CounterName.of("rooms", "{museum}garden");
    var wentOut =
        Batch.together(
            List.of(
                new Batch.Part(hall, Event.Put.of(-1)), new Batch.Part(garden, Event.Put.of(1))));
    Decision decided = counts.decide(Submission.of(wentOut));
    // end
    log.add(decided.outcome() + " " + decided.details().parts().size());
  }

  String giveBack(Counts counts) throws IOException {
    // page: giveBack
    var vouchers = CounterName.of("vouchers", "summer");
    return counts.claims().claim(vouchers, 1).orGiveBack(() -> sendVoucher());
    // end
  }

  void quota(Counts counts) {
    // page: quota
    var oneUser = CounterName.of("exports", "user-1");
    var tenADay = new Policy.Expiring(Duration.ofDays(1), OptionalLong.of(10));
    Claimed claimed = counts.claims().under(tenADay).claim(oneUser, 1);
    // end
    log.add("granted " + claimed.isGranted());
  }

  void usage(Counts counts) {
    // page: usage
    var storage = CounterName.of("storage", "user-1");
    Claimed claimed = counts.claims().claim(storage, 10, () -> usedSoFar("user-1"));
    // end
    log.add("granted " + claimed.isGranted());
  }

  void puts(Counts counts) {
    // page: puts
    try (var puts = Puts.open(PutsConfig.of(kafka))) {
      var views = CounterName.of("views", "front page");
      CompletableFuture<Position> logged = puts.put(views, 3);
      Position position = logged.join(); // it is in the log
      long count = counts.including(position).count(views).count(); // and counted
      log.add("views: " + count);
    }
    // end
  }

  void load(Counts counts, List<String> visitors) {
    // page: load
    var lines =
        visitors.stream()
            .map(key -> CounterName.of("visits", key))
            .map(name -> new EventLine(name, Event.Put.of(1), OptionalLong.empty()));
    try {
      LoadSummary summary = counts.load(lines.iterator());
      log.add(summary.logged() + " logged, " + summary.rejected() + " rejected");
    } catch (BrokenLoadException broken) {
      log.add("at least " + broken.soFar().logged() + " are logged");
    }
    // end
  }

  void outcomes(Counts counts, List<String> visitors) {
    // page: outcomes
    var refused = new ArrayList<LineResult>();
    var options = LoadOptions.APPLIED.under("visits-2026-11-09").listing(refused::add);
    var events =
        visitors.stream()
            .map(key -> CounterName.of("visits", key))
            .map(name -> new EventLine(name, Event.Put.of(1), OptionalLong.empty()));
    LoadOutcomes became = counts.load(events.iterator(), options).outcomes().orElseThrow();
    log.add(became.count(LineOutcome.ACCEPTED) + " accepted, " + refused.size() + " not counted");
    became.first().forEach(line -> log.add("line " + line.line() + ": " + line.outcome()));
    // end
  }

  void pages(Counts counts) {
    // page: pages
    var visits = ByteString.utf8("visits");
    var page = Optional.of(Page.first(2)); // at most 1000
    while (page.isPresent()) {
      KeyPage found = counts.keys(visits, Optional.of("v*"), page.get()).value();
      found.keys().forEach(key -> log.add(key.key() + "=" + key.count()));
      page = found.next().map(Page.first(2)::from);
    }
    // end
  }

  void windows(Counts counts) {
    // page: windows
    var bills = ByteString.utf8("bills");
    var lastMonth = WindowName.parse(YearMonth.now(ZoneOffset.UTC).minusMonths(1).toString());
    Count alice = counts.windows().count(CounterName.of("bills", "alice"), lastMonth).value();
    var all = counts.windows().namespace(bills, lastMonth).value().totals();
    log.add(alice.window().get().name() + ": " + alice.count() + " of " + all.count());
    // end
  }

  void values(Counts counts) {
    // page: values
    var hits = CounterName.of("cache", "hits");
    var minute = new Write.Expiry(new Write.After(Duration.ofMinutes(1)), Write.EndIf.ABSENT);
    var oneMore = Write.of(new Write.Add(1)).ending(minute);
    Decision decision = counts.decide(Submission.of(hits, oneMore));
    HeldChange change = decision.details().value().get();
    log.add("hits in this minute: " + change.after().get().number());

    var lock = Write.of(new Write.Replace(4711)).ending(minute).onlyIf(Write.If.ABSENT);
    boolean isMine = counts.decide(Submission.of(hits, lock)).outcome() == Outcome.ACCEPTED;
    log.add("locked: " + isMine);
    // end
  }

  private String sendVoucher() throws IOException {
    throw new IOException("no printer");
  }

  private boolean paid() {
    return false;
  }

  private long usedSoFar(String user) {
    log.add("usage of " + user);
    return 95;
  }
}

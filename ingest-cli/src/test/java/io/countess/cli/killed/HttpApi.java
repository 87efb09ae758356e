package io.countess.cli.killed;

import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import io.countess.client.ProblemException;
import io.countess.event.CounterName;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.util.List;

/** Puts over the HTTP API, by the Java client. */
final class HttpApi implements Client {
  private static final CounterName CALLS = CounterName.of("calls", "all");
  private static final int NOT_SENT = 503;

  private final int port;
  private final Counts counts;

  HttpApi(int port) {
    this.port = port;
    counts = Counts.open(CountsConfig.of("http://127.0.0.1:" + port));
  }

  @Override
  public List<String> flags() {
    return List.of("--http-port=" + port);
  }

  @Override
  public boolean isServed() {
    return counts.totals() != null;
  }

  @Override
  public void prepare() {
    counts.setPolicy(CALLS.namespace(), Policy.Total.unbounded(), OnChange.KEEP);
  }

  @Override
  public int enough() {
    return 200;
  }

  @Override
  public void count(Books books) {
    try {
      counts.put(CALLS, 1);
      books.answer();
    } catch (ProblemException problem) {
      tell(books, problem.problem().status() == NOT_SENT);
    } catch (UncheckedIOException noAnswer) {
      tell(books, noAnswer.getCause().getCause() instanceof ConnectException);
    }
  }

  private static void tell(Books books, boolean isUndone) {
    if (isUndone) {
      books.pause();
    } else {
      books.lose(1);
    }
  }

  @Override
  public void check(Books books) {
    books.check(counts.count(CALLS).count());
  }

  @Override
  public void close() {
    counts.close();
  }
}

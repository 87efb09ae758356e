package io.countess.door.dracula;

import io.countess.answer.Cursor;
import io.countess.answer.KeyPage;
import io.countess.answer.NamespacePage;
import io.countess.background.DaemonThreads;
import io.countess.door.Admission;
import io.countess.door.DoorOutcome;
import io.countess.door.Told;
import io.countess.door.dracula.KeyPattern.NoPatternException;
import io.countess.event.ByteString;
import io.countess.event.Glob;
import io.countess.query.Demand;
import io.countess.query.Queries;
import io.countess.query.Question;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Lists of keys and of namespaces, which take many pages. They are made on threads of their own,
 * few at a time, in bounded time and memory.
 */
final class Lists implements AutoCloseable {
  /** The longest list, in bytes. */
  static final int MAX_BYTES = 4 * 1024 * 1024;

  private static final int THREADS = 2;
  private static final int PLACES = 8;
  private static final Duration WITHIN = Demand.DEFAULT_DEADLINE;

  private final Admission places = new Admission(PLACES);
  private final ExecutorService threads =
      Executors.newFixedThreadPool(THREADS, new DaemonThreads("dracula-lists"));
  private final Queries queries;

  Lists(Queries queries) {
    this.queries = queries;
  }

  /** A bound of time and bytes. */
  private static final class Budget {
    private final long deadline = System.nanoTime() + WITHIN.toNanos();
    private final int maxBytes;
    private int bytes;

    Budget(int maxBytes) {
      this.maxBytes = maxBytes;
    }

    Duration left() {
      return Duration.ofNanos(Math.max(1, deadline - System.nanoTime()));
    }

    void requireTime() throws NoListException {
      if (System.nanoTime() > deadline) {
        throw new NoListException(
            DoorOutcome.UNAVAILABLE, "timed out: the list took longer than 5 s");
      }
    }

    void add(ByteString name) throws NoListException {
      bytes += name.size() + 1;
      if (bytes > maxBytes) {
        throw new NoListException(
            DoorOutcome.INVALID, "the list is too long: it has more than " + maxBytes + " bytes");
      }
    }
  }

  private static final class NoListException extends Exception {
    private static final long serialVersionUID = 1L;

    private final DoorOutcome outcome;

    NoListException(DoorOutcome outcome, String why) {
      super(why, null, false, false);
      this.outcome = outcome;
    }
  }

  private interface Making {
    List<ByteString> make(Budget budget)
        throws NoListException,
            NoPatternException,
            InterruptedException,
            ExecutionException,
            TimeoutException;
  }

  /**
   * The live keys that match, in order; or as the only one why the pattern is none, as clients show
   * it.
   *
   * @param text of a {@link KeyPattern}
   */
  CompletableFuture<Told<List<ByteString>>> keys(
      ByteString namespace, ByteString text, int maxBytes) {
    return soon(
        maxBytes,
        budget -> {
          var pattern = KeyPattern.of(text);
          return pages(
              after -> new Question.KeysOf(namespace, Glob.ALL, after, Question.MAX_PAGE),
              Lists::keys,
              pattern::matches,
              budget);
        });
  }

  /** The namespaces that have live keys, in order. */
  CompletableFuture<Told<List<ByteString>>> namespaces(int maxBytes) {
    return soon(
        maxBytes,
        budget ->
            pages(
                after -> new Question.Namespaces(after, Question.MAX_PAGE),
                Lists::namespaces,
                name -> true,
                budget));
  }

  /** Whether one more may be made. It has a place until {@link #leave}: when it is written. */
  boolean enter() {
    return places.enter();
  }

  void leave() {
    places.leave();
  }

  private CompletableFuture<Told<List<ByteString>>> soon(int maxBytes, Making making) {
    return CompletableFuture.supplyAsync(() -> make(new Budget(maxBytes), making), threads);
  }

  private static Told<List<ByteString>> make(Budget budget, Making making) {
    try {
      return Told.of(making.make(budget));
    } catch (NoListException no) {
      return Told.error(no.outcome, no.getMessage());
    } catch (NoPatternException invalid) {
      return Told.of(List.of(ByteString.utf8(invalid.getMessage())));
    } catch (InterruptedException | TimeoutException late) {
      return Told.error(DoorOutcome.UNAVAILABLE, "timed out: nobody answered in time");
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed.getCause());
    }
  }

  /** A page of names, and where the next one starts. */
  private record Page(List<ByteString> names, Optional<Cursor> next) {}

  private static Page keys(KeyPage page) {
    return new Page(page.keys().stream().map(KeyPage.Entry::key).toList(), page.next());
  }

  private static Page namespaces(NamespacePage page) {
    var live = page.namespaces().stream().filter(it -> it.totals().keys() > 0);
    return new Page(live.map(it -> it.namespace()).toList(), page.next());
  }

  private <A> List<ByteString> pages(
      Function<Optional<ByteString>, Question<A>> question,
      Function<A, Page> names,
      Predicate<ByteString> wanted,
      Budget budget)
      throws NoListException, InterruptedException, ExecutionException, TimeoutException {
    var all = new ArrayList<ByteString>();
    Optional<ByteString> after = Optional.empty();
    do {
      Page page = page(question.apply(after), names, budget);
      for (ByteString name : page.names()) {
        budget.requireTime();
        if (wanted.test(name)) {
          budget.add(name);
          all.add(name);
        }
      }
      after = page.next().map(Cursor::name);
    } while (after.isPresent());
    return all;
  }

  private <A> Page page(Question<A> question, Function<A, Page> names, Budget budget)
      throws NoListException, InterruptedException, ExecutionException, TimeoutException {
    Duration left = budget.left();
    var asked = queries.ask(question, Demand.NONE.in(left)).toCompletableFuture();
    Told<Page> told = Told.of(asked.get(left.toMillis() + 1000, TimeUnit.MILLISECONDS), names);
    if (told.value().isEmpty()) {
      throw new NoListException(told.outcome(), told.error());
    }
    return told.value().get();
  }

  /** Names with a line feed between them, as they are sent. */
  static byte[] joined(List<ByteString> names) {
    int bytes = Math.max(0, names.size() - 1);
    for (ByteString name : names) {
      bytes += name.size();
    }
    byte[] all = new byte[bytes];
    Arrays.fill(all, (byte) '\n');
    int at = 0;
    for (ByteString name : names) {
      System.arraycopy(name.toBytes(), 0, all, at, name.size());
      at += name.size() + 1;
    }
    return all;
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}

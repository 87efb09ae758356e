package io.countess.http;

import io.countess.event.ByteOrderMark;
import io.countess.event.InvalidInputException;
import io.countess.event.codec.GunzipStream;
import io.countess.query.Commands;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Semaphore;
import java.util.function.BooleanSupplier;

/** Takes events by the line, from bodies of any length. */
final class EventRoutes {
  static final String PATH = "/v1/events";

  private static final String FIRST_LINE = "firstLine";

  /** How many such bodies may be read at a time: each takes a thread. */
  private static final int MAX_LOADS = 16;

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Commands commands;
  private final BooleanSupplier stopping;
  private final MeterRegistry registry;
  private final Semaphore loads = new Semaphore(MAX_LOADS);

  /**
   * @param stopping whether the server is about to stop
   */
  EventRoutes(Commands commands, BooleanSupplier stopping, MeterRegistry registry) {
    this.commands = commands;
    this.stopping = stopping;
    this.registry = registry;
  }

  List<Route> routes() {
    return List.of(Route.post(PATH, this::load, FIRST_LINE));
  }

  private void load(Call call) throws IOException {
    if (!loads.tryAcquire()) {
      String detail = MAX_LOADS + " loads are under way; nothing was read";
      Reply reply = Problem.of(ProblemType.OVERLOADED, detail).reply().retryAfter(RETRY);
      throw new ProblemException(detail, reply);
    }
    try {
      call.exchange().expectEndlessBody();
      var lines = new LineReader(body(call.exchange().request()), firstLine(call));
      var report = new LoadReport(registry);
      var key = new Preconditions(call.exchange().request()).idempotencyKey();
      var load = new EventLoad(commands, call.caller(), key, stopping, report);
      call.exchange().answer(load(lines, load, report));
    } finally {
      loads.release();
    }
  }

  private static int firstLine(Call call) {
    int number = call.query().number(FIRST_LINE, 1);
    if (number < 1) {
      throw new InvalidInputException(FIRST_LINE, "is " + number + "; it must be 1 or more");
    }
    return number;
  }

  private static Reply load(LineReader lines, EventLoad load, LoadReport report) {
    try {
      boolean complete = readAll(lines, load);
      Reply reply =
          complete
              ? Reply.json(200, report::write)
              : Problem.of(ProblemType.STOPPING, "the server stops; not all lines were read")
                  .with(report::write)
                  .reply();
      return reply.at(report.position());
    } catch (IOException broken) {
      return Failures.unreadable(broken).with(report::write).reply().at(report.position());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return Problem.of(ProblemType.STOPPING, "the server stopped").with(report::write).reply();
    }
  }

  private static boolean readAll(LineReader lines, EventLoad load)
      throws IOException, InterruptedException {
    try {
      return load.read(lines);
    } finally {
      load.awaitAll();
    }
  }

  private static InputStream body(HttpServletRequest request) throws IOException {
    BodyType.requireJson(request);
    InputStream body = request.getInputStream();
    return ByteOrderMark.without(BodyType.isGzip(request) ? new GunzipStream(body) : body);
  }
}

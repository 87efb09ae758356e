package io.countess.door.http;

import io.countess.answer.ProblemType;
import io.countess.door.Floor;
import io.countess.door.LineReader;
import io.countess.event.ByteOrderMark;
import io.countess.event.InvalidInputException;
import io.countess.event.codec.GunzipStream;
import io.countess.query.Command;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.eclipse.jetty.server.Request;

/** Takes events by the line, from bodies of any length. */
final class EventRoutes {
  static final String PATH = "/v1/events";

  private static final String FIRST_LINE = "firstLine";
  private static final String LINES = "lines";
  private static final String AS_OF_LOG = "asOfLog";

  private static final Duration RETRY = Duration.ofSeconds(1);

  private final Floor floor;
  private final Loads loads;

  EventRoutes(Floor floor, Loads loads) {
    this.floor = floor;
    this.loads = loads;
  }

  List<Route> routes() {
    return List.of(Route.post(PATH, this::load, FIRST_LINE, "ack", LINES, AS_OF_LOG));
  }

  private void load(Call call) throws IOException {
    if (!loads.enter()) {
      String detail = Loads.MAX_OPEN + " loads are open; nothing was read";
      Reply reply = Problem.of(ProblemType.OVERLOADED, detail).reply().retryAfter(RETRY);
      throw new ProblemException(detail, reply);
    }
    boolean runs = false;
    try {
      Request request = call.exchange().request();
      call.exchange().expectEndlessBody();
      BodyType.requireJson(request);
      boolean isGzip = BodyType.isGzip(request);
      int firstLine = firstLine(call);
      Optional<DecidedLines> decided = decided(call);
      var report = new LoadReport(floor.registry(), decided);
      var key = new Preconditions(request).idempotencyKeyOfLines();
      var ack = decided.isPresent() ? Command.Ack.APPLIED_IN_BULK : Command.Ack.LOGGED;
      var commands = new LineCommands(key, ack, call.query().flag(AS_OF_LOG));
      var load = new EventLoad(floor.commands(call.caller()), commands, loads, report);
      var body = new LoadBody(loads, request);
      InputStream text = ByteOrderMark.without(isGzip ? new GunzipStream(body) : body);
      var lines = new LineReader(text, firstLine);
      runs = true;
      call.exchange().answerThere(loads.run(() -> load(lines, load, report)), Function.identity());
    } finally {
      if (!runs) {
        loads.leave();
      }
    }
  }

  private static int firstLine(Call call) {
    int number = call.query().number(FIRST_LINE, 1);
    if (number < 1) {
      throw new InvalidInputException(FIRST_LINE, "is " + number + "; it must be 1 or more");
    }
    return number;
  }

  /** Where what became of lines is told: of a load that waits for it. */
  private Optional<DecidedLines> decided(Call call) {
    boolean waits = call.ack(Command.Ack.LOGGED) == Command.Ack.APPLIED;
    int most = call.query().number(LINES, 0);
    if (most < 0 || most > DecidedLines.MAX_LISTED) {
      throw new InvalidInputException(
          LINES, "is %d; it must be 0 to %d".formatted(most, DecidedLines.MAX_LISTED));
    }
    if (most > 0 && !waits) {
      throw new InvalidInputException(
          LINES,
          "is for ack=applied: a load that is only logged does not know what becomes of them");
    }
    return waits ? Optional.of(new DecidedLines(most, loads.listRoom())) : Optional.empty();
  }

  private Reply load(LineReader body, EventLoad load, LoadReport report) {
    try (LineReader lines = body) {
      boolean complete = readAll(lines, load);
      Reply reply = complete ? Reply.json(200, report::write) : stopped(report);
      return reply.at(report.position());
    } catch (IOException broken) {
      if (loads.isStopping()) {
        return stopped(report);
      }
      return Failures.unreadable(broken).with(report::write).reply().at(report.position());
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      return stopped(report);
    } finally {
      report.close();
    }
  }

  private static Reply stopped(LoadReport report) {
    return Problem.of(ProblemType.STOPPING, "the server stops; not all lines were read")
        .with(report::write)
        .reply()
        .at(report.position());
  }

  private static boolean readAll(LineReader lines, EventLoad load)
      throws IOException, InterruptedException {
    try {
      return load.read(lines);
    } finally {
      load.awaitAll();
    }
  }
}

package io.countess.door.line;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countess.cluster.wire.Wire;
import io.countess.door.Admission;
import io.countess.door.Caller;
import io.countess.door.Door;
import io.countess.door.DoorMeters;
import io.countess.door.DoorOutcome;
import io.countess.door.Floor;
import io.countess.door.LineReader;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.query.Command;
import io.countess.query.Demand;
import io.countess.query.Question;
import io.countess.query.Share;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A door of one request a line: {@code AUTH key}, {@code PUT ns key n} and {@code COUNT ns key},
 * and the whole of questions and commands as {@code ASK} and {@code DO} with the JSON that
 * instances speak. A connection has a thread, which answers one request after the other.
 */
final class LineDoor implements Door {
  private static final Duration DRAIN = Duration.ofSeconds(2);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Floor floor;
  private final Admission admission;
  private final DoorMeters meters;

  LineDoor(Floor floor, Admission admission) throws IOException {
    this.floor = floor;
    this.admission = admission;
    this.meters = floor.meters("line");
    threads.execute(this::accept);
  }

  int port() {
    return socket.getLocalPort();
  }

  @Override
  public void close() {
    try {
      admission.close(DRAIN);
      socket.close();
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(failure);
    }
  }

  private void accept() {
    try {
      while (true) {
        Socket peer = socket.accept();
        threads.execute(() -> serve(peer));
      }
    } catch (IOException closed) {
      threads.shutdown();
    }
  }

  private void serve(Socket peer) {
    Caller caller = floor.keys().isEmpty() ? Caller.ANYONE : Caller.NOBODY;
    try (peer) {
      var lines = new LineReader(peer.getInputStream(), 1);
      for (var line = lines.next(); line != null; line = lines.next()) {
        String[] words = new String(line.bytes(), UTF_8).split(" ", 2);
        if (words[0].equals("AUTH")) {
          caller = floor.keys().find(words[1]).orElse(Caller.NOBODY);
        }
        peer.getOutputStream().write((answer(words, caller) + "\n").getBytes(UTF_8));
      }
    } catch (IOException gone) {
      // Whoever hangs up waits for nothing.
    }
  }

  private String answer(String[] words, Caller caller) {
    if (!admission.enter()) {
      return "ERR not now";
    }
    long start = System.nanoTime();
    DoorOutcome outcome = DoorOutcome.FAILED;
    try {
      String reply = reply(words[0], words[1], caller);
      outcome = reply.startsWith("ERR") ? DoorOutcome.FORBIDDEN : DoorOutcome.DONE;
      return reply;
    } catch (InvalidInputException invalid) {
      outcome = DoorOutcome.INVALID;
      return "ERR " + invalid.getMessage();
    } finally {
      meters.answered(start, words[0], outcome);
      admission.leave();
    }
  }

  private String reply(String command, String rest, Caller caller) {
    String[] words = rest.split(" ");
    byte[] json = rest.getBytes(UTF_8);
    return switch (command) {
      case "AUTH" -> "OK " + caller.name();
      case "PUT" -> {
        var put = Command.of(counter(words), Event.Put.of(Long.parseLong(words[2])));
        yield join(floor.commands(caller).submit(put)).match(LineReplies.OF_COMMANDS);
      }
      case "COUNT" -> {
        var question = new Question.CountOf(counter(words), OptionalLong.empty());
        yield join(floor.queries(caller).ask(question, Demand.NONE)).match(LineReplies.OF_COUNTS);
      }
      case "DO" -> text(Wire.encode(join(floor.commands(caller).submit(Wire.decodeCommand(json)))));
      case "ASK" -> ask(Wire.decodeShare(json), caller);
      default -> throw new InvalidInputException("command", "is " + command);
    };
  }

  private <A> String ask(Share<A> share, Caller caller) {
    var answer = join(floor.queries(caller).ask(share.question(), share.demand()));
    return text(Wire.encode(answer, share.question()));
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }

  private static CounterName counter(String[] words) {
    return CounterName.of(words[0], words[1]);
  }

  private static String text(byte[] json) {
    return new String(json, UTF_8);
  }
}

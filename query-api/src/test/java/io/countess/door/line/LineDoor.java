package io.countess.door.line;

import io.countess.cluster.wire.Wire;
import io.countess.door.Admission;
import io.countess.door.Caller;
import io.countess.door.Door;
import io.countess.door.Floor;
import io.countess.door.LineReader;
import io.countess.door.RequestMeters;
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
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * A door of one request a line: {@code AUTH key}, {@code PUT ns key n} and {@code COUNT ns key},
 * and the whole of questions and commands as {@code ASK} and {@code DO} with the JSON that
 * instances speak. A connection may send on before it is answered; replies come in order.
 */
final class LineDoor implements Door {
  private static final Duration DRAIN = Duration.ofSeconds(2);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final Floor floor;
  private final Admission admission;
  private final RequestMeters meters;

  LineDoor(Floor floor, Admission admission) throws IOException {
    this.floor = floor.on(threads);
    this.admission = admission;
    this.meters = new RequestMeters(floor.registry(), "countess.door.requests", "door", "command");
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
        var connection = new Connection(socket.accept());
        threads.execute(connection::serve);
      }
    } catch (IOException closed) {
      threads.shutdown();
    }
  }

  private final class Connection {
    private final Socket peer;
    private Caller caller = floor.keys().isEmpty() ? Caller.ANYONE : Caller.NOBODY;
    private CompletionStage<Void> answered = CompletableFuture.completedStage(null);

    Connection(Socket peer) {
      this.peer = peer;
    }

    void serve() {
      try (peer) {
        var lines = new LineReader(peer.getInputStream(), 1);
        for (var line = lines.next(); line != null; line = lines.next()) {
          answer(new String(line.bytes(), StandardCharsets.UTF_8));
        }
        answered.toCompletableFuture().join();
      } catch (IOException gone) {
        // Whoever hangs up waits for nothing.
      }
    }

    private void answer(String line) {
      long start = System.nanoTime();
      String[] words = line.split(" ", 2);
      boolean admitted = admission.enter();
      CompletionStage<String> reply =
          admitted ? attempt(words) : CompletableFuture.completedStage("ERR not now");
      answered =
          answered.thenCombine(
              reply,
              (before, said) -> {
                meters.answered(System.nanoTime() - start, List.of("line", words[0]));
                if (admitted) {
                  admission.leave();
                }
                return send(said);
              });
    }

    private CompletionStage<String> attempt(String[] words) {
      try {
        return carryOut(words[0], words[1]);
      } catch (InvalidInputException invalid) {
        return CompletableFuture.completedStage("ERR " + invalid.getMessage());
      }
    }

    private CompletionStage<String> carryOut(String command, String rest) {
      if (command.equals("AUTH")) {
        caller = floor.keys().find(rest).orElse(Caller.NOBODY);
        return CompletableFuture.completedStage("OK " + caller.name());
      }
      byte[] json = rest.getBytes(StandardCharsets.UTF_8);
      String[] words = rest.split(" ");
      return switch (command) {
        case "PUT" ->
            floor
                .commands(caller)
                .submit(Command.of(counter(words), Event.Put.of(Long.parseLong(words[2]))))
                .thenApply(response -> response.match(LineReplies.OF_COMMANDS));
        case "COUNT" ->
            floor
                .queries(caller)
                .ask(new Question.CountOf(counter(words), OptionalLong.empty()), Demand.NONE)
                .thenApply(answer -> answer.match(LineReplies.OF_COUNTS));
        case "DO" ->
            floor
                .commands(caller)
                .submit(Wire.decodeCommand(json))
                .thenApply(it -> text(Wire.encode(it)));
        case "ASK" -> ask(Wire.decodeShare(json));
        default -> throw new InvalidInputException("command", "is " + command);
      };
    }

    private <A> CompletionStage<String> ask(Share<A> share) {
      return floor
          .queries(caller)
          .ask(share.question(), share.demand())
          .thenApply(answer -> text(Wire.encode(answer, share.question())));
    }

    private Void send(String line) {
      try {
        peer.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
      } catch (IOException gone) {
        // The next read ends the connection.
      }
      return null;
    }
  }

  private static CounterName counter(String[] words) {
    return CounterName.of(words[0], words[1]);
  }

  private static String text(byte[] json) {
    return new String(json, StandardCharsets.UTF_8);
  }
}

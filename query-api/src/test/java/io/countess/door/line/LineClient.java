package io.countess.door.line;

import io.countess.answer.Answer;
import io.countess.answer.Readiness;
import io.countess.cluster.wire.Wire;
import io.countess.query.Command;
import io.countess.query.Commands;
import io.countess.query.Demand;
import io.countess.query.Queries;
import io.countess.query.Question;
import io.countess.query.Response;
import io.countess.query.Share;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The two ports at the other end of the line, a connection for each request. */
public record LineClient(int port) implements Queries, Commands {
  /** Sends lines, one after the other, and reads a reply to each. */
  public String say(String... lines) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket
          .getOutputStream()
          .write((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
      socket.shutdownOutput();
      var in = new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8);
      return String.join("\n", new BufferedReader(in).lines().toList());
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public <A> CompletionStage<Answer<A>> ask(Question<A> question, Demand demand) {
    byte[] answer = say("ASK ", Wire.encode(new Share<>(question, Set.of(), demand)));
    return CompletableFuture.completedStage(Wire.decodeAnswer(answer, question));
  }

  @Override
  public CompletionStage<Response> submit(Command command) {
    byte[] response = say("DO ", Wire.encode(command));
    return CompletableFuture.completedStage(Wire.decodeResponse(response));
  }

  @Override
  public Readiness readiness() {
    throw new UnsupportedOperationException("the line door does not tell");
  }

  private byte[] say(String word, byte[] json) {
    String reply = say(word + new String(json, StandardCharsets.UTF_8));
    if (reply.startsWith("ERR ")) {
      throw new IllegalStateException(reply);
    }
    return reply.getBytes(StandardCharsets.UTF_8);
  }
}

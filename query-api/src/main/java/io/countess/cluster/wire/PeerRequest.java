package io.countess.cluster.wire;

import io.countess.query.Instance;
import io.countess.query.KeyedCommand;
import io.countess.query.Share;
import java.util.List;
import java.util.concurrent.CompletionStage;

/**
 * What one instance asks of another over HTTP, as POST: a share of a question, or commands for
 * partitions that the other holds. It is never passed on. No part of the public API: other versions
 * may speak another way.
 */
public enum PeerRequest {
  /** A share of a question. */
  QUESTION("questions") {
    @Override
    public CompletionStage<byte[]> answer(byte[] body, Instance here) {
      return ask(Wire.decodeShare(body), here);
    }
  },

  /** A command. */
  COMMAND("commands") {
    @Override
    public CompletionStage<byte[]> answer(byte[] body, Instance here) {
      return here.submit(KeyedCommand.of(Wire.decodeCommand(body))).thenApply(Wire::encode);
    }
  },

  /** Commands in bulk, answered when all of them are. */
  BULK("bulk") {
    @Override
    public CompletionStage<byte[]> answer(byte[] body, Instance here) {
      List<KeyedCommand> commands = Wire.decodeBulk(body).stream().map(KeyedCommand::of).toList();
      return here.submitAll(commands).thenApply(Wire::encodeResponses);
    }
  };

  /** What the paths of all of them start with. */
  public static final String PREFIX = "/internal/";

  /** The largest body: a record of the log with its key, in Base64 and JSON, has room in it. */
  public static final int MAX_BYTES = 512 * 1024;

  private final String path;

  PeerRequest(String name) {
    path = "/internal/v1/" + name;
  }

  /** Where it is taken. */
  public String path() {
    return path;
  }

  /**
   * What {@code here} answers to the request {@code body}, as JSON.
   *
   * @throws io.countess.event.InvalidInputException where the body is none that is known here
   */
  public abstract CompletionStage<byte[]> answer(byte[] body, Instance here);

  private static <A> CompletionStage<byte[]> ask(Share<A> share, Instance here) {
    return here.ask(share).thenApply(answer -> Wire.encode(answer, share.question()));
  }
}

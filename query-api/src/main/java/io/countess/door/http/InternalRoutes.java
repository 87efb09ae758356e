package io.countess.door.http;

import io.countess.answer.ProblemType;
import io.countess.door.Access;
import io.countess.door.Hop;
import io.countess.query.Instance;
import io.countess.query.KeyedCommand;
import io.countess.query.Share;
import io.countess.query.codec.Wire;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What other instances ask: a share of a question, or a command for a partition that is here. It is
 * never passed on. No part of the public API: other versions may speak another way.
 */
final class InternalRoutes {
  /** A record of the log with its key, in Base64 and JSON, has room in it. */
  static final int MAX_BYTES = 512 * 1024;

  /** What the paths of all of them start with. */
  static final String PREFIX = "/internal/";

  private final Supplier<Optional<Instance>> here;
  private final Hop hop;

  /**
   * @param hop to where answers are written
   */
  InternalRoutes(Supplier<Optional<Instance>> here, Hop hop) {
    this.here = here;
    this.hop = hop;
  }

  List<Route> routes() {
    return List.of(
        Route.post(Wire.QUESTIONS_PATH, this::ask).needing(Access.ADMIN),
        Route.post(Wire.COMMANDS_PATH, this::submit).needing(Access.ADMIN));
  }

  private void ask(Call call) throws IOException {
    ask(call, Wire.decodeShare(RequestBody.read(call.exchange().request(), MAX_BYTES)));
  }

  private <A> void ask(Call call, Share<A> share) {
    call.exchange()
        .answerWhen(
            hop.after(here().ask(share)), answer -> reply(Wire.encode(answer, share.question())));
  }

  private void submit(Call call) throws IOException {
    byte[] body = RequestBody.read(call.exchange().request(), MAX_BYTES);
    var command = KeyedCommand.of(Wire.decodeCommand(body));
    call.exchange()
        .answerWhen(hop.after(here().submit(command)), response -> reply(Wire.encode(response)));
  }

  private Instance here() {
    return here.get()
        .orElseThrow(
            () ->
                new ProblemException(
                    Problem.of(
                        ProblemType.NOT_READY, "the service is starting; nothing was done")));
  }

  private static Reply reply(byte[] json) {
    return new Reply(200, Reply.JSON, json);
  }
}

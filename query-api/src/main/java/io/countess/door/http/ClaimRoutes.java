package io.countess.door.http;

import io.countess.door.Floor;
import io.countess.event.Event;
import io.countess.event.codec.EventBody;
import java.io.IOException;
import java.util.List;

/** Claims of several counters together, and batches. */
final class ClaimRoutes {
  private final Floor floor;

  ClaimRoutes(Floor floor) {
    this.floor = floor;
  }

  List<Route> routes() {
    return List.of(
        Route.post("/v1/claims", call -> submit(call, "claim"), "ack", "timeout").quick(),
        Route.post("/v1/batches", call -> submit(call, "batch"), "ack", "timeout").quick());
  }

  /** A claim or a batch stands in the log under the key of its first counter. */
  private void submit(Call call, String op) throws IOException {
    EventBody body = call.body(op);
    Event event = body.event();
    event.requireTogether();
    var command = call.command(event.first().orElseThrow(), event, body.atMillis());
    call.exchange().answerWhen(floor.commands(call.caller()).submit(command), Replies::of);
  }
}

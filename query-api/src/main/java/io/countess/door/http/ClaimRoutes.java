package io.countess.door.http;

import io.countess.door.Floor;
import io.countess.event.Event;
import io.countess.event.codec.EventBody;
import java.io.IOException;
import java.util.List;

/** Claims of several counters together. */
final class ClaimRoutes {
  private final Floor floor;

  ClaimRoutes(Floor floor) {
    this.floor = floor;
  }

  List<Route> routes() {
    return List.of(Route.post("/v1/claims", this::claim, "ack", "timeout"));
  }

  /** A claim stands in the log under the key of its first counter. */
  private void claim(Call call) throws IOException {
    EventBody body = call.body("claim");
    var claim = (Event.Claim) body.event();
    claim.requireTogether();
    var command = call.command(claim.counter(), claim, body.atMillis());
    call.exchange().answerWhen(floor.commands(call.caller()).submit(command), Replies::of);
  }
}

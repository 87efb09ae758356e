package io.countess.door.http;

import io.countess.answer.ProblemType;
import io.countess.cluster.wire.PeerRequest;
import io.countess.door.Access;
import io.countess.door.Hop;
import io.countess.query.Instance;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Lets other instances in.
 *
 * @param here what they ask; empty until the service has started
 * @param hop to where answers are written
 */
record PeerRoutes(Supplier<Optional<Instance>> here, Hop hop) {
  List<Route> routes() {
    return Arrays.stream(PeerRequest.values())
        .map(request -> Route.post(request.path(), call -> answer(call, request)))
        .map(route -> route.needing(Access.ADMIN))
        .toList();
  }

  private void answer(Call call, PeerRequest request) throws IOException {
    byte[] body = RequestBody.read(call.exchange().request(), PeerRequest.MAX_BYTES);
    Instance asked = here.get().orElseThrow(PeerRoutes::starting);
    call.exchange()
        .answerThere(
            request.answer(body, hop.over(asked)), json -> new Reply(200, Reply.JSON, json));
  }

  private static ProblemException starting() {
    return new ProblemException(
        Problem.of(ProblemType.NOT_READY, "the service is starting; nothing was done"));
  }
}

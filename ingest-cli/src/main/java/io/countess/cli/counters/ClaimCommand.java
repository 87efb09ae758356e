package io.countess.cli.counters;

import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import io.countess.client.ProblemException;
import io.countess.client.Submission;
import io.countess.event.Event;
import io.countess.event.Event.Claim;
import io.countess.event.codec.EventBody;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Takes from one quota or several, from all of them or from none. */
@Command(
    name = "claim",
    description = "Take from one or several counters, from all of them or from none.",
    footer = {
      "",
      "Counters that are claimed together have the same text in braces in their "
          + "keys. Under the id that is shown, or was given, 'countess release' gives "
          + "the claim back. Exits with 3 where one of them refused it or it came too "
          + "late for one, and with 5 where the id was used for something else: nothing "
          + "was changed then.",
      "",
      "Examples:",
      "  countess claim licences/acme=3",
      "  countess claim 'seats/{order-7}hall=2' 'meals/{order-7}hall=2' --id order-7",
      "  countess claim - < claim.json"
    })
public final class ClaimCommand implements Callable<Integer> {
  @Mixin private final Session session;

  @Parameters(
      arity = "1..*",
      paramLabel = "NS/KEY=N",
      description =
          "A counter and how much to take of it. In NS, %% and / are written as %%25 and %%2F."
              + " Or -: the claim in JSON from standard input.")
  private List<String> counters;

  @Option(
      names = "--ttl",
      paramLabel = "DURATION",
      description = "How long it counts, in expiring counters.")
  private String ttl;

  @Mixin private final IdOption id = new IdOption();
  @Mixin private final SendingOptions sending = new SendingOptions();

  public ClaimCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() throws IOException {
    EventBody given = claim();
    var claim = (Claim) given.event();
    String known = claim.id().orElseGet(() -> UUID.randomUUID().toString());
    var submission = submission(claim, known, given.atMillis());
    var shown = new PartsOutput(session);
    try (var counts = session.server()) {
      return sending.isLogOnly()
          ? shown.showLogged(known, counts.log(submission))
          : shown.showClaim(known, claim.counter(), counts.decide(submission));
    } catch (ProblemException | UncheckedIOException open) {
      String hint = "countess: the id of the claim is %s; --id repeats it".formatted(known);
      session.terminal().err().println(hint);
      throw open;
    }
  }

  private EventBody claim() throws IOException {
    if (counters.equals(List.of("-"))) {
      var in = session.terminal().in();
      return ClaimText.read(in, id.given(), Optional.ofNullable(ttl), sending.at());
    }
    var parts = new ArrayList<Claim.Part>();
    for (String counter : counters) {
      parts.add(ClaimText.part(counter, Optional.ofNullable(ttl)));
    }
    var at = sending.at().map(Instant::toEpochMilli).map(OptionalLong::of);
    return new EventBody(new Claim(parts, id.given()), at.orElse(OptionalLong.empty()));
  }

  /** On one counter it is a put, which can be released in parts. */
  private static Submission submission(Claim claim, String known, OptionalLong atMillis) {
    Optional<Instant> at =
        atMillis.isPresent()
            ? Optional.of(Instant.ofEpochMilli(atMillis.getAsLong()))
            : Optional.empty();
    Claim.Part first = claim.parts().get(0);
    Event event =
        claim.parts().size() > 1
            ? claim.withId(Optional.of(known))
            : new Event.Put(first.n(), first.ttl(), Optional.of(known));
    return new Submission(first.counter(), event, at);
  }
}

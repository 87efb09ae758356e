package io.countess.cli.counters;

import io.countess.cli.console.Session;
import io.countess.cli.console.Terminal;
import io.countess.client.Counts;
import io.countess.client.ProblemException;
import io.countess.client.Submission;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Event.Claim;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
      "Counters that are claimed together have the same text in braces in their",
      "keys. Under the id that is shown, or was given, 'countess release' gives",
      "the claim back. Exits with 3 where one of them refused it, and with 5 where",
      "the id was used for something else: nothing was changed then.",
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

  /** A command on {@code terminal}. */
  public ClaimCommand(Terminal terminal) {
    this.session = new Session(terminal);
  }

  @Override
  public Integer call() throws IOException {
    Claim claim = claim();
    String known = claim.id().orElseGet(() -> UUID.randomUUID().toString());
    try (var counts = session.server()) {
      Decision decision = decide(counts, claim, known);
      return new PartsOutput(session).showClaim(known, claim.counter(), decision);
    } catch (ProblemException | UncheckedIOException open) {
      String hint = "countess: the id of the claim is %s; --id repeats it".formatted(known);
      session.terminal().err().println(hint);
      throw open;
    }
  }

  private Claim claim() throws IOException {
    if (counters.equals(List.of("-"))) {
      return ClaimText.read(session.terminal().in(), id.given(), Optional.ofNullable(ttl));
    }
    var parts = new ArrayList<Claim.Part>();
    for (String counter : counters) {
      parts.add(ClaimText.part(counter, Optional.ofNullable(ttl)));
    }
    return new Claim(parts, id.given());
  }

  /** On one counter it is a put, which can be released in parts. */
  private static Decision decide(Counts counts, Claim claim, String known) {
    if (claim.parts().size() > 1) {
      return counts.claims().claim((Claim) claim.withId(Optional.of(known))).decision();
    }
    Claim.Part only = claim.parts().get(0);
    var put = new Event.Put(only.n(), only.ttl(), Optional.of(known));
    return counts.decide(Submission.of(only.counter(), put));
  }
}

package io.countess.cli.counters;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countess.cli.console.Printable;
import io.countess.event.ByteOrderMark;
import io.countess.event.CounterName;
import io.countess.event.Durations;
import io.countess.event.Event.Claim;
import io.countess.event.InvalidInputException;
import io.countess.event.LogFormat;
import io.countess.event.Numbers;
import io.countess.event.RecordKey;
import io.countess.event.codec.EventBody;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/** How claims are typed and piped. */
final class ClaimText {
  private ClaimText() {}

  /**
   * Reads {@code NS/KEY=N}. The first slash ends the namespace, as in record keys, and the last
   * equals sign the key; so both may stand in keys.
   */
  static Claim.Part part(String text, Optional<String> ttl) {
    int equals = text.lastIndexOf('=');
    if (equals < 0 || text.indexOf('/') < 0 || text.indexOf('/') > equals) {
      throw new InvalidInputException("claim", "is '" + text + "'; it must look like NS/KEY=N");
    }
    var counter = RecordKey.parse(text.substring(0, equals).getBytes(UTF_8));
    var ownTtl = ttl.map(given -> Durations.parse("ttl", given));
    return new Claim.Part(counter, amount(text.substring(equals + 1), text), ownTtl);
  }

  /** Reads a claim as {@code POST /v1/claims} takes it. */
  static EventBody read(
      InputStream in, Optional<String> id, Optional<String> ttl, Optional<Instant> at)
      throws IOException {
    if (ttl.isPresent()) {
      throw new InvalidInputException("ttl", "stands in the JSON, at each counter");
    }
    byte[] json = in.readNBytes(LogFormat.MAX_RECORD_BYTES + 1);
    if (json.length > LogFormat.MAX_RECORD_BYTES) {
      throw new InvalidInputException(
          "claim", "has more than %d bytes".formatted(LogFormat.MAX_RECORD_BYTES));
    }
    EventBody body = EventBody.decode("claim", ByteOrderMark.without("claim", json));
    var given = at.isPresent() ? OptionalLong.of(at.get().toEpochMilli()) : body.atMillis();
    if (body.atMillis().isPresent() && !body.atMillis().equals(given)) {
      throw new InvalidInputException("at", "is given twice, in the JSON and as --at");
    }
    var claim = (Claim) body.event();
    if (id.isPresent() && claim.id().isPresent() && !id.equals(claim.id())) {
      throw new InvalidInputException("id", "is given twice, in the JSON and as --id");
    }
    return new EventBody(new Claim(claim.parts(), id.or(claim::id)), given);
  }

  /** A counter in the form in which it can be claimed, so far as it is text. */
  static String show(CounterName counter) {
    var namespace = new String(RecordKey.encodeNamespace(counter.namespace()), UTF_8);
    return Printable.of(namespace + "/" + counter.key());
  }

  private static long amount(String text, String all) {
    return Numbers.whole(text)
        .orElseThrow(
            () ->
                new InvalidInputException(
                    "n",
                    "in '"
                        + all
                        + "' is '"
                        + text
                        + "'; it must be a whole number, also of a gauge"));
  }
}

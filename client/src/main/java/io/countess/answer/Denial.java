package io.countess.answer;

import io.countess.event.ByteString;
import java.util.List;
import java.util.Optional;

/**
 * Why a key does not allow something. It is known from the key alone, and says nothing of whether
 * the namespace exists.
 *
 * @param caller whose key it is, as the file of keys names it
 * @param scope that is needed
 * @param patterns of the namespaces for which the key has it; empty where it has it for none
 * @param namespace for which it has not; empty where the service as a whole is concerned
 */
public record Denial(
    String caller, String scope, List<String> patterns, Optional<ByteString> namespace) {
  /** Copies the patterns. */
  public Denial {
    patterns = List.copyOf(patterns);
  }

  /** The same in a sentence. */
  public String sentence() {
    if (patterns.isEmpty()) {
      return "the key of %s has not the scope %s".formatted(caller, scope);
    }
    String only =
        "the key of %s has the scope %s for namespaces that match %s"
            .formatted(caller, scope, String.join(",", patterns));
    return namespace
        .map(outside -> only + ", and '" + outside + "' does not")
        .orElse(only + "; this needs the scope for the whole service");
  }
}

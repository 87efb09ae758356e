package io.countess.cli.policy;

import io.countess.cli.console.NamespaceParameter;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.InvalidInputException;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** What gets a policy, and the policy in JSON where it is given so. */
final class SetTarget {
  /** An object with fields, an empty one, or the beginning of one: no hash tag looks like that. */
  private static final Pattern JSON = Pattern.compile("\\s*\\{\\s*(\".*|}?\\s*)", Pattern.DOTALL);

  @Mixin private final NamespaceParameter namespace = new NamespaceParameter();

  @Parameters(
      index = "1..2",
      arity = "0..1",
      paramLabel = "[KEY] [JSON]",
      hideParamSyntax = true,
      description = {
        "A counter's key, where the policy is for that one only;",
        "the policy in JSON, instead of the options that describe it."
      })
  private List<String> rest = List.of();

  ByteString namespace() {
    return namespace.name();
  }

  /** The counter, if one is named. */
  Optional<CounterName> counter() {
    boolean named = rest.size() == 2 || rest.size() == 1 && !isJson(rest.get(0));
    return named ? Optional.of(namespace.counter(rest.get(0))) : Optional.empty();
  }

  /** The policy in JSON, or null. */
  String json() {
    String last = rest.isEmpty() ? null : rest.get(rest.size() - 1);
    if (rest.size() == 2 && !isJson(last)) {
      throw new InvalidInputException(
          "policy", "is '" + last + "'; behind a key it must be JSON, as {\"kind\":\"total\"}");
    }
    return last != null && isJson(last) ? last : null;
  }

  private static boolean isJson(String text) {
    return JSON.matcher(text).matches();
  }
}

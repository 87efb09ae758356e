package io.countess.cli.apikey;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.OutputOptions;
import io.countess.cli.console.Terminal;
import io.countess.event.Grants;
import io.countess.event.InvalidInputException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Makes a key. */
@Command(
    name = "new",
    description = "Make a key: show it, this once, and the line for the file of keys.",
    footer = {
      "",
      "The line holds a hash of the key, from which the key can't be had.",
      "",
      "Examples:",
      "  countess api-key new checkout --scopes read,write",
      "  countess api-key new shop --grant 'read@billing/*' --grant 'write@logins'"
    })
final class NewCommand implements Callable<Integer> {
  private static final int KEY_BYTES = 32;
  private static final Pattern NAME = Pattern.compile("[^\\s#]\\S{0,63}");
  private static final Pattern BLANK = Pattern.compile("\\s");

  private final SecureRandom random = new SecureRandom();

  @Mixin private final OutputOptions output;

  @Parameters(index = "0", paramLabel = "NAME", description = "Who gets it: stands in logs.")
  private String name;

  @Option(
      names = "--scopes",
      paramLabel = "read,write,admin",
      split = ",",
      description = "What the key allows everywhere; admin is for policies.")
  private List<String> scopes = List.of();

  @Option(
      names = "--grant",
      paramLabel = "SCOPES@PATTERNS",
      description =
          "What the key allows in the namespaces that match, as read,write@billing/*,logins. Can"
              + " be given several times.")
  private List<String> grants = List.of();

  NewCommand(Terminal terminal) {
    this.output = new OutputOptions(terminal);
  }

  @Override
  public Integer call() {
    if (!NAME.matcher(name).matches()) {
      throw new InvalidInputException("name", "must be 1 to 64 characters, no blanks, no # first");
    }
    String key = newKey();
    String line = name + " " + checkedGrants() + " sha256:" + HexFormat.of().formatHex(hash(key));
    output
        .open()
        .line(
            json -> {
              json.writeStringField("key", key);
              json.writeStringField("line", line);
            },
            "key:  " + key + "\nline: " + line);
    return ExitCode.OK;
  }

  private String checkedGrants() {
    if (scopes.isEmpty() && grants.isEmpty()) {
      throw new InvalidInputException("scopes", "is missing, or a grant for some namespaces");
    }
    for (String grant : grants) {
      if (!grant.contains("@") || BLANK.matcher(grant).find()) {
        throw new InvalidInputException(
            "grant", "is '" + grant + "'; it must be as read@billing/*, with %20 for a blank");
      }
    }
    List<String> all = new ArrayList<>(scopes.isEmpty() ? List.of() : List.of(checkedScopes()));
    all.addAll(grants);
    try {
      Grants.parse(all);
    } catch (InvalidInputException none) {
      throw new InvalidInputException("grant", "is wrong: " + none.getMessage());
    }
    return String.join(" ", all);
  }

  private String checkedScopes() {
    for (String scope : scopes) {
      if (!Grants.SCOPES.contains(scope)) {
        throw new InvalidInputException(
            "scopes", "has '" + scope + "' in it; there are read, write and admin");
      }
    }
    return Grants.SCOPES.stream().filter(scopes::contains).collect(Collectors.joining(","));
  }

  private String newKey() {
    byte[] bytes = new byte[KEY_BYTES];
    random.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  private static byte[] hash(String key) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
    } catch (NoSuchAlgorithmException impossible) {
      throw new IllegalStateException(impossible);
    }
  }
}

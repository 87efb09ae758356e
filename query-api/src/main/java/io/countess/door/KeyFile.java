package io.countess.door;

import io.countess.event.ByteOrderMark;
import io.countess.event.Grants;
import io.countess.event.InvalidInputException;
import io.countess.event.NamespacePatterns;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * Reads a file of hashed keys, a line each: {@code NAME GRANT… sha256:HEX}, with {@link Grants} of
 * the scopes read, write and admin. Empty lines and lines that start with {@code #} are passed
 * over.
 */
final class KeyFile {
  private static final int MAX_KEYS = 1000;
  private static final long MAX_BYTES = 1 << 20;
  private static final int MAX_NAME = 64;
  private static final String HASH = "sha256:";
  private static final int HASH_BYTES = 32;

  private KeyFile() {}

  /** A key that was given out, as far as it is known here. */
  record Key(Caller caller, byte[] sha256) {}

  /**
   * Reads all keys.
   *
   * @throws InvalidInputException naming the line and the rule that it breaks
   */
  static List<Key> read(Path file) {
    var keys = new ArrayList<Key>();
    var names = new HashSet<String>();
    List<String> lines = lines(file);
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (line.isEmpty() || line.startsWith("#")) {
        continue;
      }
      Key key = key(line, file + " line " + (i + 1) + ": ");
      if (!names.add(key.caller().name())) {
        throw invalid(file + " line " + (i + 1) + ": this name stood there already");
      }
      keys.add(key);
    }
    if (keys.isEmpty() || keys.size() > MAX_KEYS) {
      throw invalid(file + " holds " + keys.size() + " keys; there must be 1 to " + MAX_KEYS);
    }
    return keys;
  }

  private static List<String> lines(Path file) {
    try {
      if (Files.size(file) > MAX_BYTES) {
        throw invalid(file + " has more than " + MAX_BYTES + " bytes");
      }
      return ByteOrderMark.readFile(file).lines().toList();
    } catch (IOException unreadable) {
      throw invalid(file + " can't be read: " + FileProblems.reason(unreadable));
    }
  }

  private static Key key(String line, String where) {
    String[] parts = line.split("\\s+", -1);
    int last = parts.length - 1;
    if (last < 2) {
      throw invalid(where + "must be a name, scopes and a hash");
    }
    List<String> grants = Arrays.asList(parts).subList(1, last);
    return new Key(
        new Caller(name(parts[0], where), grants(grants, where)), hash(parts[last], where));
  }

  private static String name(String name, String where) {
    if (name.length() > MAX_NAME) {
      throw invalid(where + "a name may have at most " + MAX_NAME + " characters");
    }
    return name;
  }

  private static Map<Access, Optional<NamespacePatterns>> grants(
      List<String> grants, String where) {
    try {
      return Access.of(grants);
    } catch (InvalidInputException none) {
      throw invalid(where + none.getMessage());
    }
  }

  private static byte[] hash(String text, String where) {
    try {
      if (text.startsWith(HASH)) {
        String digits = text.substring(HASH.length()).toLowerCase(Locale.ROOT);
        byte[] hash = HexFormat.of().parseHex(digits);
        if (hash.length == HASH_BYTES) {
          return hash;
        }
      }
    } catch (IllegalArgumentException malformed) {
      // The message below says what is wrong, without what might be a key.
    }
    throw invalid(where + "the hash must be sha256: and 64 hexadecimal digits");
  }

  private static InvalidInputException invalid(String rule) {
    return new InvalidInputException("api-keys", rule);
  }
}

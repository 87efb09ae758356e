package io.countess.door.redis;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Reads JSON objects of a few fields. Errors have the words and places of serde's, since the
 * original hands those on. Fields that nobody asks for are passed over.
 */
final class CaptchaJson {
  private static final long MAX_U32 = 0xFFFF_FFFFL;
  private static final int MOST_DEEP = 32;

  private final byte[] text;
  private int at;

  private CaptchaJson(String text) {
    this.text = text.getBytes(StandardCharsets.UTF_8);
  }

  /** What is no such object, in serde's words. */
  static final class NoJsonException extends Exception {
    private static final long serialVersionUID = 1L;

    NoJsonException(String message) {
      super(message, null, false, false);
    }
  }

  /** A captcha, as its levels and its duration in seconds, of which nothing is checked yet. */
  record Captcha(List<CaptchaConfig.Level> levels, long duration) {}

  /** A challenge, with its duration in seconds. */
  record Challenge(long difficulty, long duration, String challenge) {}

  static Captcha captcha(String text) throws NoJsonException {
    var reader = new CaptchaJson(text);
    Map<String, Object> fields = reader.document(Set.of("levels", "duration"));
    reader.require(fields, "levels", "duration");
    var levels = new ArrayList<CaptchaConfig.Level>();
    for (Object level : (List<?>) fields.get("levels")) {
      levels.add((CaptchaConfig.Level) level);
    }
    return new Captcha(levels, (Long) fields.get("duration"));
  }

  static Challenge challenge(String text) throws NoJsonException {
    var reader = new CaptchaJson(text);
    Map<String, Object> fields = reader.document(Set.of("difficulty", "duration", "challenge"));
    reader.require(fields, "difficulty", "duration", "challenge");
    return new Challenge(
        (Long) fields.get("difficulty"),
        (Long) fields.get("duration"),
        (String) fields.get("challenge"));
  }

  private Map<String, Object> document(Set<String> known) throws NoJsonException {
    Map<String, Object> fields = object(known);
    int end = at;
    skipBlanks();
    if (at < text.length) {
      at++;
      throw error("trailing characters");
    }
    at = end;
    return fields;
  }

  private void require(Map<String, Object> fields, String... names) throws NoJsonException {
    for (String name : names) {
      if (!fields.containsKey(name)) {
        throw error("missing field `" + name + "`");
      }
    }
  }

  private Map<String, Object> object(Set<String> known) throws NoJsonException {
    if (peek("a value") != '{') {
      throw other("an object");
    }
    at++;
    var fields = new HashMap<String, Object>();
    boolean isFirst = true;
    while (peek("an object") != '}') {
      separate(isFirst, '}');
      isFirst = false;
      String name = name();
      if (fields.containsKey(name)) {
        throw error("duplicate field `" + name + "`");
      }
      colon();
      if (known.contains(name)) {
        fields.put(name, field(name));
      } else {
        skip(0);
      }
    }
    at++;
    return fields;
  }

  /** Passes over the comma before anything but the first. */
  private void separate(boolean isFirst, char end) throws NoJsonException {
    if (isFirst) {
      return;
    }
    boolean isComma = text[at] == ',';
    at++;
    if (!isComma) {
      throw error("expected `,` or `" + end + "`");
    }
    if (peek(end == '}' ? "an object" : "a list") == end) {
      at++;
      throw error("trailing comma");
    }
  }

  private String name() throws NoJsonException {
    if (peek("an object") != '"') {
      at++;
      throw error("key must be a string");
    }
    return string();
  }

  private void colon() throws NoJsonException {
    boolean isColon = peek("an object") == ':';
    at++;
    if (!isColon) {
      throw error("expected `:`");
    }
  }

  private Object field(String name) throws NoJsonException {
    return switch (name) {
      case "levels" -> levels();
      case "challenge" -> {
        if (peek("a value") != '"') {
          throw other("a string");
        }
        yield string();
      }
      case "duration" -> number("u64", Long.MAX_VALUE);
      default -> number("u32", MAX_U32);
    };
  }

  private List<CaptchaConfig.Level> levels() throws NoJsonException {
    if (peek("a value") != '[') {
      throw other("a sequence");
    }
    at++;
    var levels = new ArrayList<CaptchaConfig.Level>();
    boolean isFirst = true;
    while (peek("a list") != ']') {
      separate(isFirst, ']');
      isFirst = false;
      Map<String, Object> level = object(Set.of("visitor_threshold", "difficulty_factor"));
      require(level, "visitor_threshold", "difficulty_factor");
      levels.add(
          new CaptchaConfig.Level(
              (Long) level.get("visitor_threshold"), (Long) level.get("difficulty_factor")));
    }
    at++;
    return levels;
  }

  private long number(String type, long most) throws NoJsonException {
    byte first = peek("a value");
    if (first != '-' && (first < '0' || first > '9')) {
      throw other(type);
    }
    String digits = numberText();
    if (digits.matches("-?\\d+")) {
      long value = Args.whole(Args.bytes(digits)).orElse(-1);
      if (value < 0 || value > most) {
        throw error("invalid value: integer `" + digits + "`, expected " + type);
      }
      return value;
    }
    throw error("invalid type: floating point `" + digits + "`, expected " + type);
  }

  private String numberText() {
    int start = at;
    while (at < text.length && "+-.eE0123456789".indexOf(text[at]) >= 0) {
      at++;
    }
    return new String(text, start, at - start, StandardCharsets.US_ASCII);
  }

  private String string() throws NoJsonException {
    int start = ++at;
    while (at < text.length && text[at] != '"') {
      at += text[at] == '\\' ? 2 : 1;
    }
    if (at >= text.length) {
      at = text.length;
      throw error("EOF while parsing a string");
    }
    at++;
    String raw = new String(text, start, at - 1 - start, StandardCharsets.UTF_8);
    if (raw.indexOf('\\') >= 0) {
      throw error("escapes in strings are not known here");
    }
    return raw;
  }

  /** Passes over a value of any type. */
  private void skip(int depth) throws NoJsonException {
    if (depth > MOST_DEEP) {
      throw error("recursion limit exceeded");
    }
    byte first = peek("a value");
    if (first == '"') {
      string();
    } else if (first == '{' || first == '[') {
      skipAll(first == '{' ? (byte) '}' : (byte) ']', depth);
    } else if (first == '-' || first >= '0' && first <= '9') {
      numberText();
    } else {
      word();
    }
  }

  private void skipAll(byte end, int depth) throws NoJsonException {
    at++;
    boolean isFirst = true;
    while (peek(end == '}' ? "an object" : "a list") != end) {
      separate(isFirst, (char) end);
      isFirst = false;
      if (end == '}') {
        name();
        colon();
      }
      skip(depth + 1);
    }
    at++;
  }

  /** Passes over true, false or null. */
  private void word() throws NoJsonException {
    for (String word : new String[] {"true", "false", "null"}) {
      if (text[at] == word.charAt(0)) {
        for (int i = 0; i < word.length(); i++) {
          if (at >= text.length) {
            throw error("EOF while parsing a value");
          } else if (text[at++] != word.charAt(i)) {
            throw error("expected ident");
          }
        }
        return;
      }
    }
    at++;
    throw error("expected value");
  }

  /** That a value is there, but of another type. */
  private NoJsonException other(String expected) throws NoJsonException {
    int start = at;
    skip(0);
    String value = new String(text, start, at - start, StandardCharsets.UTF_8);
    return error("invalid type: " + value + ", expected " + expected);
  }

  private byte peek(String within) throws NoJsonException {
    skipBlanks();
    if (at >= text.length) {
      throw error("EOF while parsing " + within);
    }
    return text[at];
  }

  private void skipBlanks() {
    while (at < text.length && " \t\r\n".indexOf(text[at]) >= 0) {
      at++;
    }
  }

  private NoJsonException error(String what) {
    int line = 1;
    int column = 0;
    for (int i = 0; i < Math.min(at, text.length); i++) {
      line += text[i] == '\n' ? 1 : 0;
      column = text[i] == '\n' ? 0 : column + 1;
    }
    return new NoJsonException(what + " at line " + line + " column " + column);
  }
}

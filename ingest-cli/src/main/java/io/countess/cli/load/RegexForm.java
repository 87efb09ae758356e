package io.countess.cli.load;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countess.event.ByteString;
import io.countess.event.InvalidInputException;
import io.countess.event.codec.EventLine;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Lines of text in which a pattern finds the fields. The pattern may match anywhere in the line.
 * Without a group {@code at} the time, if it is asked for, stands where such logs have it.
 */
final class RegexForm implements LineForm {
  private static final String REPLACEMENT = "\ufffd";

  private final Pattern pattern;
  private final Set<EventField> groups;
  private final PutFields puts;

  /**
   * @param pattern with the groups that {@link #groups} finds
   */
  RegexForm(Pattern pattern, PutFields puts) {
    this.pattern = pattern;
    this.groups = groups(pattern);
    this.puts = puts;
  }

  /**
   * Compiles a pattern.
   *
   * @throws InvalidInputException where it is none, or has no group {@code key}
   */
  static Pattern compile(String regex) {
    try {
      var pattern = Pattern.compile(regex);
      if (!groups(pattern).contains(EventField.KEY)) {
        throw new InvalidInputException("regex", "needs a group (?<key>…)");
      }
      return pattern;
    } catch (PatternSyntaxException malformed) {
      String where = malformed.getIndex() < 0 ? "" : " at character " + malformed.getIndex();
      String what = malformed.getDescription().strip();
      throw new InvalidInputException("regex", "'" + regex + "' is no pattern: " + what + where);
    }
  }

  /** The fields that are groups of a pattern. */
  static Set<EventField> groups(Pattern pattern) {
    var groups = EnumSet.noneOf(EventField.class);
    for (EventField field : EventField.values()) {
      if (hasGroup(pattern, field)) {
        groups.add(field);
      }
    }
    return groups;
  }

  /** Java 17 does not tell the names of groups, but refuses references to those that are not. */
  private static boolean hasGroup(Pattern pattern, EventField field) {
    try {
      Pattern.compile(pattern.pattern() + "\\k<" + field.text() + ">");
      return pattern.pattern().contains("(?<" + field.text() + ">");
    } catch (PatternSyntaxException noSuchGroup) {
      return false;
    }
  }

  @Override
  public Optional<EventLine> read(byte[] line) {
    var text = new String(line, UTF_8);
    var matcher = pattern.matcher(text);
    if (!isFound(matcher, text)) {
      return Optional.empty();
    }
    boolean isUtf8 = !text.contains(REPLACEMENT) || ByteString.of(line).text().isPresent();
    return puts.put(
        field -> {
          String found =
              groups.contains(field) ? matcher.group(field.text()) : puts.times().startingIn(text);
          return isUtf8 ? found : requireUtf8(field, found);
        });
  }

  /** Java's matcher calls itself for each turn of a repeated group. */
  private static boolean isFound(Matcher matcher, String text) {
    try {
      return matcher.find();
    } catch (StackOverflowError tooDeep) {
      throw new InvalidInputException(
          "pattern",
          "needs too much stack for this line of %d characters: it repeats a group, as (a|b)* does"
              .formatted(text.length()));
    }
  }

  /** Of a line that is not. */
  private static String requireUtf8(EventField field, String found) {
    if (found != null && found.contains(REPLACEMENT)) {
      throw new InvalidInputException(field.text(), "is not UTF-8");
    }
    return found;
  }
}

package io.countess.door.redis;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * How hard a captcha is, by the number of its visitors.
 *
 * @param durationSeconds how long a visitor counts
 * @param levels in the order of their thresholds, each harder than the one before
 */
record CaptchaConfig(long durationSeconds, List<Level> levels) {
  /** So many levels fit into the text that it is kept as, with numbers of any length. */
  static final int MOST_LEVELS = 40;

  private static final Pattern TEXT =
      Pattern.compile("mCaptcha: (\\d+) s, difficulty by visitors( \\d+:\\d+)+");

  private static final Pattern LEVEL = Pattern.compile(" (\\d+):(\\d+)");

  CaptchaConfig {
    levels = List.copyOf(levels);
  }

  /**
   * One step.
   *
   * @param visitors up to which it holds
   */
  record Level(long visitors, long difficulty) {}

  /** What is wrong with a config, in the words of the original. */
  static final class NoConfigException extends Exception {
    private static final long serialVersionUID = 1L;

    NoConfigException(String rule) {
      super(rule, null, false, false);
    }
  }

  /**
   * Checks what somebody sent.
   *
   * @throws NoConfigException naming the rule that it breaks
   */
  static CaptchaConfig of(long durationSeconds, List<Level> given) throws NoConfigException {
    if (given.isEmpty()) {
      throw new NoConfigException("LevelBuilder should have atleaset one level configured");
    } else if (given.size() > MOST_LEVELS) {
      throw new NoConfigException("there are more than " + MOST_LEVELS + " levels");
    } else if (durationSeconds == 0 || given.stream().anyMatch(it -> it.difficulty == 0)) {
      throw new NoConfigException("difficulty factor must be greater than zero");
    }
    var levels = new ArrayList<>(given);
    levels.sort(Comparator.comparingLong(Level::visitors));
    for (int i = 1; i < levels.size(); i++) {
      if (levels.get(i).visitors == levels.get(i - 1).visitors) {
        throw new NoConfigException("Duplicate visitor count");
      }
    }
    for (int i = 1; i < levels.size(); i++) {
      if (levels.get(i).difficulty <= levels.get(i - 1).difficulty) {
        throw new NoConfigException("Difficulty factor should increase with level");
      }
    }
    return new CaptchaConfig(durationSeconds, levels);
  }

  /** As people read it, who look at what is kept. */
  String text() {
    return "mCaptcha: %d s, difficulty by visitors ".formatted(durationSeconds)
        + levels.stream()
            .map(it -> it.visitors + ":" + it.difficulty)
            .collect(Collectors.joining(" "));
  }

  /** What {@link #text} wrote; empty where somebody else wrote something. */
  static Optional<CaptchaConfig> parse(String text) {
    Matcher whole = TEXT.matcher(text);
    if (!whole.matches()) {
      return Optional.empty();
    }
    try {
      var levels = new ArrayList<Level>();
      for (Matcher it = LEVEL.matcher(text); it.find(); ) {
        levels.add(new Level(Long.parseLong(it.group(1)), Long.parseLong(it.group(2))));
      }
      return Optional.of(of(Long.parseLong(whole.group(1)), levels));
    } catch (NoConfigException | NumberFormatException other) {
      return Optional.empty();
    }
  }

  /**
   * The level after one more visitor. It goes one up or one down, and so up and down where there
   * are as many visitors as a threshold says: the original does.
   *
   * @param level before, from 0
   * @param visitors with this one
   */
  int next(int level, long visitors) {
    boolean isAbove = visitors > levels.get(level).visitors;
    return isAbove ? Math.min(level + 1, levels.size() - 1) : Math.max(level - 1, 0);
  }

  /** What is answered, without blanks. */
  String reply(long difficulty) {
    return reply(durationSeconds, difficulty);
  }

  static String reply(long durationSeconds, long difficulty) {
    return "{\"duration\":%d,\"difficulty_factor\":%d}".formatted(durationSeconds, difficulty);
  }
}

package io.countess.door.dracula;

import java.util.Arrays;
import java.util.Locale;

/** The commands that a packet can hold in its first byte. */
enum Verb {
  PUT('P'),
  COUNT('C'),
  NAMESPACE('N'),
  SERVER('S'),
  REPLICATED('R'),
  KEYS('K'),
  NAMESPACES('L'),
  /** Known to clients, and nothing that can be asked for: V, T, I, and E, which is for errors. */
  RESERVED('\0'),
  /** What no packet begins with. */
  NONE('\0');

  private static final Verb[] BY_BYTE = byByte();

  private final char letter;

  Verb(char letter) {
    this.letter = letter;
  }

  static Verb of(byte letter) {
    return letter < 0 ? NONE : BY_BYTE[letter];
  }

  /** How meters name it. */
  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  private static Verb[] byByte() {
    var all = new Verb[128];
    Arrays.fill(all, NONE);
    for (char reserved : new char[] {'V', 'T', 'I', 'E'}) {
      all[reserved] = RESERVED;
    }
    for (Verb verb : values()) {
      if (verb.letter != 0) {
        all[verb.letter] = verb;
      }
    }
    return all;
  }
}

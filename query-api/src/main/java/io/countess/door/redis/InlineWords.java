package io.countess.door.redis;

import io.countess.event.ByteString;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The words of a line that somebody types. They are parted by white space. In double quotes
 * backslashes stand for other bytes ({@code \n}, {@code \x41}), and in single quotes only for a
 * single quote. After a closing quote a word has to end.
 */
final class InlineWords {
  private final byte[] line;
  private final int end;
  private int at;

  private InlineWords(byte[] line, int from, int end) {
    this.line = line;
    this.at = from;
    this.end = end;
  }

  /**
   * Reads the words between two indexes.
   *
   * @throws ProtocolException where a quote is not closed, or a word goes on after it
   */
  static List<ByteString> of(byte[] line, int from, int end) throws ProtocolException {
    var reader = new InlineWords(line, from, end);
    var words = new ArrayList<ByteString>();
    reader.skipBlanks();
    while (reader.at < end && reader.line[reader.at] != 0) {
      words.add(reader.word());
      reader.skipBlanks();
    }
    return words;
  }

  private void skipBlanks() {
    while (at < end && isBlank(line[at])) {
      at++;
    }
  }

  private ByteString word() throws ProtocolException {
    var word = new ByteArrayOutputStream();
    while (at < end && !isBlank(line[at]) && line[at] != 0) {
      byte next = line[at++];
      if (next == '"' || next == '\'') {
        quoted(next, word);
      } else {
        word.write(next);
      }
    }
    return ByteString.of(word.toByteArray());
  }

  private void quoted(byte quote, ByteArrayOutputStream word) throws ProtocolException {
    while (at < end && line[at] != quote) {
      if (line[at] == '\\' && at + 1 < end) {
        word.write(quote == '"' ? escaped() : escapedSingle());
      } else {
        word.write(line[at++]);
      }
    }
    if (at >= end || at + 1 < end && !isBlank(line[at + 1])) {
      throw new ProtocolException("unbalanced quotes in request");
    }
    at++;
  }

  private int escapedSingle() {
    at += line[at + 1] == '\'' ? 2 : 1;
    return line[at - 1];
  }

  private int escaped() {
    byte letter = line[at + 1];
    if (letter == 'x' && at + 3 < end) {
      int high = Character.digit(line[at + 2], 16);
      int low = Character.digit(line[at + 3], 16);
      if (high >= 0 && low >= 0) {
        at += 4;
        return high * 16 + low;
      }
    }
    at += 2;
    return switch (letter) {
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'b' -> '\b';
      case 'a' -> 7;
      default -> letter;
    };
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b >= '\t' && b <= '\r';
  }
}

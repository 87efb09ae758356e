package io.countess.door.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countess.event.ByteString;
import java.util.Arrays;
import java.util.List;

/** What is answered. What RESP 2 has no type for is told there as Redis does. */
sealed interface Reply {
  /** {@code +OK}. */
  Reply OK = new Simple("OK");

  Reply EMPTY = new Many(List.of());

  void write(ReplyBuffer out);

  static Reply whole(long number) {
    return new Whole(number);
  }

  /** A string of any length, in UTF-8. */
  static Reply bulk(String text) {
    return new Bulk(ByteString.of(text.getBytes(UTF_8)));
  }

  static Reply bulk(ByteString bytes) {
    return new Bulk(bytes);
  }

  static Reply many(Reply... replies) {
    return new Many(Arrays.asList(replies));
  }

  /** A name and what it stands for, and so on. */
  static Reply pairs(Reply... namesAndValues) {
    return new Pairs(Arrays.asList(namesAndValues));
  }

  /** A short text without line ends. */
  record Simple(String text) implements Reply {
    @Override
    public void write(ReplyBuffer out) {
      out.line('+', text);
    }
  }

  /** An error; its first word says of what sort it is. Line ends in it are blanks. */
  record Failure(ByteString text) implements Reply {
    @Override
    public void write(ReplyBuffer out) {
      byte[] line = text.toBytes();
      for (int i = 0; i < line.length; i++) {
        line[i] = line[i] == '\r' || line[i] == '\n' ? (byte) ' ' : line[i];
      }
      out.line('-', ByteString.of(line));
    }
  }

  /** A whole number. */
  record Whole(long number) implements Reply {
    @Override
    public void write(ReplyBuffer out) {
      out.line(':', number);
    }
  }

  /** A number with a fraction, in digits. */
  record Real(String digits) implements Reply {
    @Override
    public void write(ReplyBuffer out) {
      if (out.isVersion3()) {
        out.line(',', digits);
      } else {
        out.bulk(ByteString.utf8(digits));
      }
    }
  }

  /** A string of any bytes. */
  record Bulk(ByteString bytes) implements Reply {
    @Override
    public void write(ReplyBuffer out) {
      out.bulk(bytes);
    }
  }

  /** That there is nothing. */
  enum Nil implements Reply {
    /** In the place of a string. */
    STRING,
    /** In the place of an array. */
    ARRAY;

    @Override
    public void write(ReplyBuffer out) {
      if (out.isVersion3()) {
        out.line('_', "");
      } else {
        out.line(this == STRING ? '$' : '*', -1);
      }
    }
  }

  /** Several replies in order. */
  record Many(List<Reply> all) implements Reply {
    public Many {
      all = List.copyOf(all);
    }

    @Override
    public void write(ReplyBuffer out) {
      out.line('*', all.size());
      all.forEach(reply -> reply.write(out));
    }
  }

  /** Names, each followed by what it stands for: a map, where there are such. */
  record Pairs(List<Reply> all) implements Reply {
    public Pairs {
      all = List.copyOf(all);
    }

    @Override
    public void write(ReplyBuffer out) {
      if (out.isVersion3()) {
        out.line('%', all.size() / 2);
      } else {
        out.line('*', all.size());
      }
      all.forEach(reply -> reply.write(out));
    }
  }

  /** Short words, each of them once: a set, where there are such. */
  record Words(List<String> all) implements Reply {
    public Words {
      all = List.copyOf(all);
    }

    @Override
    public void write(ReplyBuffer out) {
      out.line(out.isVersion3() ? '~' : '*', all.size());
      all.forEach(word -> out.line('+', word));
    }
  }

  /** A text that clients may show as it is. */
  record Text(String text) implements Reply {
    @Override
    public void write(ReplyBuffer out) {
      if (out.isVersion3()) {
        byte[] marked = ("txt:" + text).getBytes(UTF_8);
        out.line('=', marked.length);
        out.raw(marked);
      } else {
        out.bulk(ByteString.of(text.getBytes(UTF_8)));
      }
    }
  }
}

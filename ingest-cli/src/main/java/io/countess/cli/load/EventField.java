package io.countess.cli.load;

import java.util.Locale;

/** What a put has that may stand in a line of a log. */
enum EventField {
  KEY,
  N,
  AT,
  NAMESPACE,
  ID;

  /** As groups, messages and events have it. */
  String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}

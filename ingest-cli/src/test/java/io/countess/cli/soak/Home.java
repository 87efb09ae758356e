package io.countess.cli.soak;

import io.countess.event.CounterName;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;
import org.apache.kafka.common.utils.Utils;

/** Where records belong, as LOG.md words it, for names that need no encoding. */
final class Home {
  private static final Pattern TAG = Pattern.compile("[^{]*\\{([^}]+)}.*");

  private Home() {}

  static int of(CounterName counter, int partitions) {
    var tag = TAG.matcher(counter.key().toString());
    byte[] placedBy = tag.matches() ? tag.group(1).getBytes(StandardCharsets.UTF_8) : key(counter);
    return Utils.toPositive(Utils.murmur2(placedBy)) % partitions;
  }

  /** The key of the records of a counter. */
  static byte[] key(CounterName counter) {
    return (counter.namespace() + "/" + counter.key()).getBytes(StandardCharsets.UTF_8);
  }
}

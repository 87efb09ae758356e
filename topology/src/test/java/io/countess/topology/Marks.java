package io.countess.topology;

import io.countess.event.LogFormat;
import io.countess.fold.ForwardMark;
import io.countess.state.LogId;
import java.util.Optional;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;

/** Reads and writes the marks of records. */
final class Marks {
  private Marks() {}

  static Optional<ForwardMark> of(Headers headers) {
    Header header = headers.lastHeader(LogFormat.FORWARDED_HEADER);
    return ForwardMark.decode(header == null ? null : header.value());
  }

  /** As a fold writes it that forwards in the log with this id. */
  static void write(ForwardMark mark, Uuid log, Headers headers) {
    var id = new LogId(log.getMostSignificantBits(), log.getLeastSignificantBits());
    mark.write(id, headers::add);
  }
}

package io.countess.cli.counters;

import io.countess.event.Event;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Under which id a command is known, so that it counts once however often it is sent. */
final class IdOption {
  @Option(
      names = "--id",
      paramLabel = "ID",
      description =
          "An id of your own, up to 128 bytes: the same again under it changes nothing, and shows"
              + " what the first led to.")
  private String id;

  /** The id, where there is one. */
  Optional<String> given() {
    return Optional.ofNullable(id).map(text -> Event.requireId("id", text));
  }
}

package io.countess.bench;

import java.nio.file.Path;
import java.util.List;

/** A server that can be started again and again on the same data. */
interface Startable {
  /** The name under which it is shown. */
  String title();

  /** The group under which it commits. */
  String group();

  /**
   * The command line of its process.
   *
   * @param kafkaPort where its embedded Kafka is to listen
   * @param httpPort where HTTP is to listen, if it has that
   */
  List<String> command(Path data, int kafkaPort, int httpPort);

  /**
   * Whether a process that was started so answers questions.
   *
   * @param output what it has printed
   */
  boolean isReady(int httpPort, Path output);
}

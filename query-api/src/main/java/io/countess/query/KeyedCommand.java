package io.countess.query;

import io.countess.event.Partitions;
import io.countess.event.RecordKey;
import java.time.Duration;

/**
 * A command on its way to the log, with what each stop has to know of its counter's name.
 *
 * @param key its record key, not to be changed
 * @param hash of that, as {@link Partitions} takes it
 */
public record KeyedCommand(Command command, byte[] key, int hash) {
  /** Encodes and hashes the name. */
  public static KeyedCommand of(Command command) {
    byte[] key = RecordKey.of(command.counter());
    return new KeyedCommand(command, key, Partitions.hash(key));
  }

  /** Where it belongs in a log of so many partitions. */
  public int partition(int partitions) {
    return Partitions.among(hash, partitions);
  }

  /** The same command of a sender who waits for something else. */
  public KeyedCommand acked(Command.Ack ack) {
    return new KeyedCommand(command.acked(ack), key, hash);
  }

  /** The same command with another deadline. */
  public KeyedCommand in(Duration within) {
    return new KeyedCommand(command.in(within), key, hash);
  }
}

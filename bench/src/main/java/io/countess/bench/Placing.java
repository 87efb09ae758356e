package io.countess.bench;

import java.util.zip.CRC32;

/** How a producer chooses the partition of a record. */
enum Placing {
  /** As the log wants it: what Kafka's Java clients do, for keys without hash tags. */
  MURMUR2("murmur2") {
    @Override
    Integer partition(byte[] key, int partitions) {
      return null;
    }
  },

  /**
   * As librdkafka does by default ({@code consistent_random}). With 4 partitions three in four
   * records do not stand where the log wants them.
   */
  KCAT("kcat's own partitioner") {
    @Override
    Integer partition(byte[] key, int partitions) {
      var crc = new CRC32();
      crc.update(key);
      return (int) (crc.getValue() % partitions);
    }
  };

  private final String title;

  Placing(String title) {
    this.title = title;
  }

  String title() {
    return title;
  }

  /** Where a record goes; null where Kafka's client is to say that. */
  abstract Integer partition(byte[] key, int partitions);
}

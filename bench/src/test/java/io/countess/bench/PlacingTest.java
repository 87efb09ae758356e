package io.countess.bench;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.internals.BuiltInPartitioner;
import org.junit.jupiter.api.Test;

class PlacingTest {
  private static final int PARTITIONS = 4;

  @Test
  void shouldPlaceAsLibrdkafkaDoesByDefault() {
    // The check value of CRC-32: 0xcbf43926.
    byte[] key = "123456789".getBytes(US_ASCII);

    assertThat(Placing.KCAT.partition(key, 16)).isEqualTo(6);
    assertThat(Placing.KCAT.partition(key, 1000)).isEqualTo(262);
  }

  @Test
  void shouldLeaveItToKafkasClientWhereThatIsRight() {
    assertThat(Placing.MURMUR2.partition(KeyDraw.recordKey(1), PARTITIONS)).isNull();
  }

  @Test
  void shouldMisplaceThreeInFour() {
    long misplaced =
        IntStream.range(0, 10_000).mapToObj(KeyDraw::recordKey).filter(this::isMisplaced).count();

    assertThat(misplaced).isBetween(7300L, 7700L);
  }

  private boolean isMisplaced(byte[] key) {
    int home = BuiltInPartitioner.partitionForKey(key, PARTITIONS);
    return Placing.KCAT.partition(key, PARTITIONS) != home;
  }
}

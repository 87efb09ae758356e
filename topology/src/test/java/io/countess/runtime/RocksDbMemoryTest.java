package io.countess.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What RocksDB may take follows from the heap. */
class RocksDbMemoryTest {
  @ParameterizedTest
  @CsvSource({"64, 32", "128, 32", "256, 64", "512, 128", "1024, 256", "6144, 256"})
  void shouldTakeAQuarterOfTheHeapWithinBounds(long heapMebibytes, long mebibytes) {
    assertThat(RocksDbMemory.bytesBeside(heapMebibytes << 20)).isEqualTo(mebibytes << 20);
  }
}

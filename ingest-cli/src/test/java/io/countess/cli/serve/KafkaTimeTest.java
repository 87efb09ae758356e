package io.countess.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.runtime.Fold;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;

class KafkaTimeTest {
  /** The class path of the whole is in the same order as that of these tests. */
  @Test
  void shouldComeFromOursThatStandsBeforeKafkasOnTheClassPath() {
    assertThat(Time.SYSTEM.getClass().getProtectionDomain().getCodeSource())
        .isEqualTo(Fold.class.getProtectionDomain().getCodeSource());
  }
}

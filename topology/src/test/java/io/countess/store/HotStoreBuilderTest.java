package io.countess.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.store.OpenStore.Kind;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How the store of a partition is built, whatever is beneath. */
class HotStoreBuilderTest {
  @ParameterizedTest
  @EnumSource
  void shouldKeepTheNameThatItsChangelogHas(Kind kind) {
    assertThat(kind.builder(1).name()).isEqualTo("counters");
    assertThat(kind.builder(1).build().name()).isEqualTo("counters");
  }

  /** Local state that was away for up to six days must not have missed a tombstone. */
  @ParameterizedTest
  @EnumSource
  void shouldKeepTombstonesInTheChangelogForAWeek(Kind kind) {
    assertThat(kind.builder(1).logConfig()).containsEntry("delete.retention.ms", "604800000");
  }

  /** The changelog is written with the time of the last record, which can be anything. */
  @ParameterizedTest
  @EnumSource
  void shouldNotLetTheChangelogRefuseARowForTheTimeOfARecord(Kind kind) {
    assertThat(kind.builder(1).logConfig())
        .containsEntry("message.timestamp.type", "LogAppendTime");
  }

  @ParameterizedTest
  @EnumSource
  void shouldAlwaysHaveAChangelogAndNoOtherCache(Kind kind) {
    var builder = kind.builder(1);

    assertThat(builder.loggingEnabled()).isTrue();
    assertThat(builder.withCachingDisabled()).isSameAs(builder);
    assertThatThrownBy(builder::withCachingEnabled)
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(builder::withLoggingDisabled)
        .isInstanceOf(UnsupportedOperationException.class);
    assertThatThrownBy(() -> builder.withLoggingEnabled(Map.of()))
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @ParameterizedTest
  @EnumSource
  void shouldOutliveTheProcessOnDiskOnly(Kind kind) {
    assertThat(kind.builder(1).build().persistent()).isEqualTo(kind == Kind.ROCKSDB);
  }
}

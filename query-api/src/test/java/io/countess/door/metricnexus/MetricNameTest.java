package io.countess.door.metricnexus;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Names of metrics. */
class MetricNameTest {
  @Example
  void shouldSanitiseInOrder() {
    assertThat(MetricName.of("My-Metric%201")).isEqualTo("my_metric201");
    assertThat(MetricName.of("my metric")).isEqualTo("my_metric");
    assertThat(MetricName.of("-A.b/C-")).isEqualTo("_abc_");
    assertThat(MetricName.of("K\u00e9lvin\u212a")).isEqualTo("klvink");
    assertThat(MetricName.of("!?")).isEmpty();
  }

  @Example
  void shouldKnowWhatPrometheusTakes() {
    assertThat(MetricName.isValid("_a1")).isTrue();
    assertThat(MetricName.isValid("1a")).isFalse();
    assertThat(MetricName.isValid("")).isFalse();
    assertThat(MetricName.isValid("__metrics")).isFalse();
  }

  @Property
  void shouldLeaveAsItIsWhatIsSanitised(@ForAll String text) {
    String name = MetricName.of(text);
    assertThat(name).matches("[a-z0-9_]*");
    assertThat(MetricName.of(name)).isEqualTo(name);
  }
}

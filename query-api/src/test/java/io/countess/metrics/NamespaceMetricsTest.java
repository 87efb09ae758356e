package io.countess.metrics;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Outcome;
import io.countess.event.RecordKey;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class NamespaceMetricsTest {
  private static final Decision.Details OBSERVED =
      new Decision.Details(false, true, OptionalLong.empty(), Optional.empty(), List.of());

  private final Metrics metrics = Metrics.start();

  @AfterEach
  void close() {
    metrics.close();
  }

  @Test
  void shouldTellWhatDidNotCountOrWouldNotHave() {
    FoldMetrics fold = fold("10");
    decide(fold, "logins/alice", Outcome.REFUSED);
    decide(fold, "logins/bob", Outcome.REFUSED);
    decide(fold, "logins/bob", Outcome.LATE);
    fold.decided(0, key("logins/bob"), decision(Outcome.ACCEPTED).with(OBSERVED));
    var full = decision(Outcome.REFUSED).with(Decision.Details.NONE.asOverIds());
    fold.decided(0, key("logins/bob"), full);
    decide(fold, "a%20b/x", Outcome.IMPOSSIBLE);
    fold.deadLettered(0, key("a b/x"), "it is not canonical");

    assertThat(events("logins", "refused")).isEqualTo(2);
    assertThat(events("logins", "late")).isEqualTo(1);
    assertThat(events("logins", "would_refuse")).isEqualTo(1);
    assertThat(events("logins", "over_ids")).isEqualTo(1);
    assertThat(events("a b", "impossible")).isEqualTo(1);
    assertThat(letters("a b")).isEqualTo(1);
    assertThat(letters("logins")).isZero();
  }

  @Test
  void shouldNotNameNamespacesOfWhichThereIsNothingToTell() {
    FoldMetrics fold = fold("10");
    decide(fold, "quiet/alice", Outcome.ACCEPTED);

    assertThat(metrics.registry().scrape())
        .contains("countess_namespace_events_total{namespace=\"other\",outcome=\"refused\"} 0.0")
        .doesNotContain("quiet");
  }

  @Test
  void shouldCountTheRestTogether() {
    FoldMetrics fold = fold("3");
    for (int i = 0; i < 10; i++) {
      decide(fold, "n" + i + "/k", Outcome.REFUSED);
      decide(fold, "n0/k", Outcome.REFUSED);
    }
    fold.deadLettered(0, null, "key is missing");
    fold.deadLettered(0, key("no separator"), "key has no '/'");
    fold.deadLettered(0, key("%zz/k"), "namespace has a '%'");
    fold.deadLettered(0, key("n0/k"), "body is no JSON");

    assertThat(events("n0", "refused")).isEqualTo(11);
    assertThat(events("n2", "refused")).isEqualTo(1);
    assertThat(events("other", "refused")).isEqualTo(7);
    assertThat(letters("other")).isEqualTo(3);
    assertThat(letters("n0")).isEqualTo(1);
    assertThat(metrics.registry().scrape()).doesNotContain("namespace=\"n3\"");
  }

  @Test
  void shouldNameOnlyNamespacesOfPatterns() {
    FoldMetrics fold = fold("api-*,a%2Cb");
    decide(fold, "logins/k", Outcome.LATE);
    decide(fold, "api-v1/k", Outcome.LATE);
    decide(fold, "a%2Cb/k", Outcome.LATE);

    assertThat(events("api-v1", "late")).isEqualTo(1);
    assertThat(events("a,b", "late")).isEqualTo(1);
    assertThat(events("other", "late")).isEqualTo(1);
  }

  @Test
  void shouldKeepNamespacesOfAnyBytesApart() {
    FoldMetrics fold = fold("1000");
    for (int i = 0; i < 256; i++) {
      var name = new CounterName(ByteString.of(new byte[] {(byte) i}), ByteString.utf8("k"));
      fold.decided(0, RecordKey.of(name), decision(Outcome.REFUSED));
    }
    decide(fold, "/k", Outcome.REFUSED);
    decide(fold, "other/k", Outcome.REFUSED);

    assertThat(events("0xff", "refused")).isEqualTo(1);
    assertThat(events("a", "refused")).isEqualTo(1);
    assertThat(events("", "refused")).isEqualTo(1);
    assertThat(events("other", "refused")).isEqualTo(1);
  }

  @Test
  void shouldCountExactlyWhileNamespacesAreAddedOnManyThreads() {
    FoldMetrics fold = fold("50");
    IntStream.range(0, 8)
        .parallel()
        .forEach(
            thread -> {
              for (int i = 0; i < 6000; i++) {
                decide(fold, "n" + i % 60 + "/k", Outcome.REFUSED);
              }
            });

    double named = IntStream.range(0, 60).mapToDouble(i -> eventsOrNone("n" + i)).sum();
    assertThat(named).isEqualTo(50 * 800.0);
    assertThat(events("other", "refused")).isEqualTo(10 * 800.0);
  }

  @Test
  void shouldRefuseSettingsThatAreNeither() {
    assertThatThrownBy(() -> MetricsConfig.parse("1001"))
        .hasMessage(
            "metrics-namespaces is 1001; it must be a number of namespaces from 0 to 1000, or"
                + " patterns of their names");
    assertThatThrownBy(() -> MetricsConfig.parse("-1")).hasMessageContaining("is -1;");
    assertThatThrownBy(() -> MetricsConfig.parse("a,"))
        .hasMessageStartingWith("metrics-namespaces is 'a,': pattern is empty");
    assertThat(MetricsConfig.parse("0").most()).isZero();
  }

  private FoldMetrics fold(String setting) {
    return new FoldMetrics(metrics, MetricsConfig.parse(setting));
  }

  private static void decide(FoldMetrics fold, String key, Outcome outcome) {
    fold.decided(0, key(key), decision(outcome));
  }

  private static byte[] key(String text) {
    return text.getBytes(UTF_8);
  }

  private static Decision decision(Outcome outcome) {
    return new Decision(outcome, Optional.empty(), 1);
  }

  private double events(String namespace, String outcome) {
    return metrics
        .registry()
        .get("countess.namespace.events")
        .tags("namespace", namespace, "outcome", outcome)
        .functionCounter()
        .count();
  }

  private double eventsOrNone(String namespace) {
    var found =
        metrics
            .registry()
            .find("countess.namespace.events")
            .tags("namespace", namespace, "outcome", "refused")
            .functionCounter();
    return found == null ? 0 : found.count();
  }

  private double letters(String namespace) {
    return metrics
        .registry()
        .get("countess.namespace.dead.letters")
        .tags("namespace", namespace)
        .functionCounter()
        .count();
  }
}

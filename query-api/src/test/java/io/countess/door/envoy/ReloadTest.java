package io.countess.door.envoy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files that change while they are in force. */
class ReloadTest {
  @TempDir Path dir;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private long time = 1_700_000_000_000L;

  private CurrentRules rules(Path path) {
    return new CurrentRules(Optional.of(new RuleFiles(path)), registry);
  }

  private void write(Path file, String text) throws IOException {
    Files.writeString(file, text);
    time += 1000;
    Files.setLastModifiedTime(file, FileTime.fromMillis(time));
  }

  private static boolean has(CurrentRules rules, String domain) {
    return rules.now().orElseThrow().has(domain);
  }

  @Test
  void shouldReadAFileAgainOnceItIsStill() throws Exception {
    Path file = dir.resolve("limits.yaml");
    write(file, "domain: a");
    CurrentRules rules = rules(file);
    write(file, "domain: b");
    rules.look();
    assertThat(has(rules, "a")).isTrue();
    rules.look();
    assertThat(has(rules, "a")).isFalse();
    assertThat(has(rules, "b")).isTrue();
    assertThat(registry.scrape())
        .contains("countess_envoy_config_loads_total{outcome=\"read\"} 2.0");
  }

  @Test
  void shouldKeepWhatThereWasWhereAFileIsWrong() throws Exception {
    Path file = dir.resolve("limits.yaml");
    write(file, "domain: a");
    CurrentRules rules = rules(file);
    write(file, "domain:");
    rules.look();
    rules.look();
    rules.look();
    assertThat(has(rules, "a")).isTrue();
    Files.delete(file);
    rules.look();
    rules.look();
    assertThat(has(rules, "a")).isTrue();
    assertThat(registry.scrape())
        .contains("countess_envoy_config_loads_total{outcome=\"kept\"} 2.0");
    write(file, "domain: b");
    rules.look();
    rules.look();
    assertThat(has(rules, "b")).isTrue();
  }

  @Test
  void shouldReadAllFilesOfADirectory() throws Exception {
    write(dir.resolve("a.yaml"), "domain: a");
    write(dir.resolve("b.yml"), "domain: b");
    write(dir.resolve("c.txt"), "no rules");
    write(dir.resolve(".hidden.yaml"), "no rules");
    CurrentRules rules = rules(dir);
    assertThat(rules.now().orElseThrow().domains()).containsOnlyKeys("a", "b");
    Files.delete(dir.resolve("b.yml"));
    write(dir.resolve("d.yaml"), "domain: d");
    rules.look();
    rules.look();
    assertThat(rules.now().orElseThrow().domains()).containsOnlyKeys("a", "d");
  }

  @Test
  void shouldSeeThatALinkLeadsElsewhere() throws Exception {
    Path one = Files.createDirectory(dir.resolve("..1"));
    Path two = Files.createDirectory(dir.resolve("..2"));
    write(one.resolve("limits.yaml"), "domain: a");
    write(two.resolve("limits.yaml"), "domain: b");
    Files.setLastModifiedTime(one.resolve("limits.yaml"), FileTime.fromMillis(time));
    Path data = Files.createSymbolicLink(dir.resolve("..data"), one);
    Files.createSymbolicLink(dir.resolve("limits.yaml"), Path.of("..data", "limits.yaml"));
    CurrentRules rules = rules(dir);
    assertThat(has(rules, "a")).isTrue();
    Files.delete(data);
    Files.createSymbolicLink(data, two);
    rules.look();
    rules.look();
    assertThat(has(rules, "b")).isTrue();
  }

  @Test
  void shouldSayWhatIsWrongWithADirectory() throws Exception {
    assertThatThrownBy(() -> rules(dir))
        .hasMessage(
            "envoy-config " + dir + " holds 0 files that end in .yaml; there must be 1 to 1000");
    write(dir.resolve("a.yaml"), "domain: a");
    write(dir.resolve("b.yaml"), "\ndomain: a");
    assertThatThrownBy(() -> rules(dir))
        .hasMessage(
            "envoy-config %s line 2: domain is 'a', as in %s; a domain is in one file"
                .formatted(dir.resolve("b.yaml"), dir.resolve("a.yaml")));
  }
}

package io.countess.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class LauncherTest {
  @Test
  void shouldKnowWhatIsForTheJvm() {
    assertThat(Launcher.options(List.of("-Xmx1g", "-XX:+UseSerialGC", "-jar", "a.jar", "serve")))
        .containsExactly("-Xmx1g", "-XX:+UseSerialGC");
    assertThat(Launcher.options(List.of("-Xmx1g", "-cp", "a:b", "Main", "-jar")))
        .containsExactly("-Xmx1g");
  }

  @Test
  void shouldTellWhatTheJvmRemembers() {
    assertThat(Launcher.archive(List.of("-XX:AOTCache=serve.aot"))).contains("with an AOT cache");
    assertThat(Launcher.archive(List.of("-XX:SharedArchiveFile=serve.jsa")))
        .contains("with an archive");
    assertThat(Launcher.archive(List.of("-Xmx1g"))).contains("without");
  }

  @Test
  void shouldWithholdTheSettingsOfThisMachinesServer() {
    List<String> command = List.of("java", "-jar", "countess.jar");

    assertThat(Launcher.withholds("COUNTESS_HTTP_PORT", command)).isTrue();
    assertThat(Launcher.withholds("COUNTESS_JAVA_OPTS", command)).isTrue();
    assertThat(Launcher.withholds("PATH", command)).isFalse();
  }
}

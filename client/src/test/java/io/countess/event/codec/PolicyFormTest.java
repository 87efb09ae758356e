package io.countess.event.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.Policy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PolicyFormTest {
  @Test
  void shouldHaveOneFormForEachKind() {
    assertThat(Arrays.stream(PolicyForm.values()).<Class<?>>map(PolicyForm::type))
        .containsExactlyInAnyOrder(Policy.class.getPermittedSubclasses());
  }

  @Test
  void shouldNameEachKindOnce() {
    assertThat(PolicyForm.names())
        .isEqualTo("expiring, leaky, window, total, gauge, value and limits");
    assertThat(PolicyCodec.fieldsByKind()).hasSize(PolicyForm.values().length);
  }

  @Test
  void shouldDocumentEveryKindWithItsFields() throws IOException {
    for (PolicyForm form : PolicyForm.values()) {
      String row = row("docs/POLICIES.md", form.kind());
      assertThat(row).isNotEmpty();
      form.fields().forEach(field -> assertThat(row).contains(code(field)));
      assertThat(row("README.md", form.kind())).isNotEmpty();
    }
  }

  /** The first row of a table that is about a kind. */
  private static String row(String page, String kind) throws IOException {
    try (Stream<String> lines = Files.lines(Path.of("..").resolve(page))) {
      return lines.filter(line -> line.startsWith("| " + code(kind))).findFirst().orElse("");
    }
  }

  private static String code(String name) {
    return "`" + name + "`";
  }
}

package io.countess.cli.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.codec.PolicyCodec;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/** The command line has an option for whatever a policy can say. */
class PolicyOptionsTest {
  private static final Map<String, List<String>> FIELDS = PolicyCodec.fieldsByKind();

  private final CommandLine options = new CommandLine(new PolicyOptions());

  @Test
  void shouldNameTheKindsThatAnOptionIsFor() {
    var kindsByField = new TreeMap<String, TreeSet<String>>();
    FIELDS.forEach(
        (kind, fields) ->
            fields.forEach(
                field -> kindsByField.computeIfAbsent(field, it -> new TreeSet<>()).add(kind)));

    assertThat(kindsByField.remove("lapses")).as("comes with a put alone").isNotEmpty();
    kindsByField.forEach(
        (field, kinds) -> {
          String[] named = description("--" + dashed(field)).split(":", 2)[0].split(", ", -1);
          assertThat(new TreeSet<>(Arrays.asList(named))).as(field).isEqualTo(kinds);
        });
  }

  @Test
  void shouldNameEveryKind() {
    assertThat(description("--kind")).contains(FIELDS.keySet());
  }

  private String description(String name) {
    OptionSpec option = options.getCommandSpec().findOption(name);
    assertThat(option).as(name).isNotNull();
    return String.join(" ", option.description());
  }

  private static String dashed(String field) {
    return field.replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT);
  }
}

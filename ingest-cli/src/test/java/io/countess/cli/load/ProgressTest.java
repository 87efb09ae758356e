package io.countess.cli.load;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class ProgressTest {
  @Test
  void shouldShowWhatIsLoggedRatherThanWhatIsRead() throws IOException {
    byte[] bytes = "a\n\nb\n \nc\nd".getBytes(UTF_8);
    var packed = new Meter(new ByteArrayInputStream(bytes));
    var source = new Source("four", packed, packed, OptionalLong.of(bytes.length));
    var events = new Meter(source.lines());
    var shown = new ByteArrayOutputStream();
    var settled = new AtomicLong(1);
    events.readAllBytes();

    var progress =
        Progress.start(source, events, settled::get, new PrintStream(shown, true, UTF_8));
    try {
      Awaitility.await().until(() -> shown.toString(UTF_8).contains("four  1 lines"));
      assertThat(shown.toString(UTF_8)).contains(" 25%").doesNotContain("100%");
      settled.set(4);
      Awaitility.await().until(() -> shown.toString(UTF_8).contains("100%"));
    } finally {
      progress.close();
    }
  }
}

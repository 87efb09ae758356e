package io.countess.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.answer.LineOutcome;
import io.countess.answer.LineResult;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoadOutcomesTest {
  private final FakeServer server = new FakeServer();
  private final Counts counts = Counts.open(CountsConfig.of(server.url()));

  @AfterEach
  void close() {
    counts.close();
    server.close();
  }

  @Test
  void shouldTellWhatBecameOfLinesInAllParts() {
    var listed = new ArrayList<LineResult>();
    server.answer(
        "{'logged':9,'rejected':0,'errors':[],'outcomes':{'accepted':8,'refused':1,'unknown':1,"
            + "'sweet':3},'first':[{'line':10,'outcome':'refused','namespace':'n','key':'k'}],"
            + "'lines':[{'line':1,'outcome':'unknown','more':2}],'unlisted':2}");
    byte[] lines = "{}\n".repeat(25_000).getBytes(UTF_8);

    var summary =
        counts.load(new ByteArrayInputStream(lines), LoadOptions.APPLIED.listing(listed::add));

    var parts = server.all().stream().map(it -> it.body().lines().count()).toList();
    var starts = new ArrayList<Long>();
    long sent = 0;
    for (long part : parts) {
      assertThat(part).isBetween(1L, 10_000L);
      starts.add(sent + 1);
      sent += part;
    }
    assertThat(sent).isEqualTo(25_000);
    assertThat(server.all())
        .allMatch(it -> it.line().equals("POST /v1/events?ack=applied&lines=10000"));
    var outcomes = summary.outcomes().orElseThrow();
    assertThat(outcomes.count(LineOutcome.ACCEPTED)).isEqualTo(parts.size() * 8L);
    assertThat(outcomes.count(LineOutcome.LATE)).isZero();
    assertThat(outcomes.unlisted()).isEqualTo(parts.size() * 2L);
    assertThat(summary.settled()).isEqualTo(parts.size() * 10L);
    assertThat(outcomes.first()).singleElement().returns(10L, LineResult::line);
    assertThat(listed).extracting(LineResult::line).isEqualTo(starts);
    assertThat(listed.get(0).outcome()).isEqualTo(LineOutcome.UNKNOWN);
  }

  @Test
  void shouldListLinesOnlyOfLoadsThatWait() {
    assertThatThrownBy(() -> LoadOptions.LOGGED.listing(line -> {}))
        .hasMessage("ack is logged; what became of single lines is known only with applied");
  }
}

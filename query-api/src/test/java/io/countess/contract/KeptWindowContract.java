package io.countess.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.answer.Count;
import io.countess.answer.CountedWindow;
import io.countess.answer.KeyPage;
import io.countess.answer.WindowList;
import io.countess.client.Page;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.WindowName;
import io.countess.event.WindowSpan;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Windows that stay after their end. */
interface KeptWindowContract extends Contract {
  String TENS = "{'kind':'window','period':'10s','keep':30,'limit':50}";

  @Test
  default void shouldCountALatePutInItsWindow() {
    Instant start = Contract.start();
    Counters api = twoWindows(start);

    Decision late = api.at(start.plusSeconds(5)).put("a", 3);
    Decision refused = api.at(start.plusSeconds(6)).put("a", 43);
    Decision correction = api.at(start.plusSeconds(6)).put("a", -2);

    assertThat(late.outcome()).isEqualTo(Outcome.ACCEPTED);
    assertThat(late.count()).hasValue(8);
    assertThat(late.remaining()).hasValue(42);
    assertThat(late.details().window()).contains(window(start));
    assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(refused.retryAfterMillis()).isEmpty();
    assertThat(refused.details().window()).contains(window(start));
    assertThat(correction.count()).hasValue(6);
    assertThat(api.at(start.plusSeconds(11)).count("a")).isEqualTo(7);
  }

  @Test
  default void shouldTellTheCountInAWindow() {
    Instant start = Contract.start();
    Counters api = twoWindows(start);

    Count in = caller().countIn(name(start), api.named("a")).value();
    Count at = api.at(start.plusSeconds(3)).counted("a");
    Count none = caller().countIn(name(start.minusSeconds(20)), api.named("a")).value();

    assertThat(in.count()).isEqualTo(5);
    assertThat(in.exists()).isTrue();
    assertThat(in.limit()).hasValue(50);
    assertThat(in.moreAfterMillis()).isEmpty();
    assertThat(in.window()).contains(shown(start));
    assertThat(at).returns(5L, Count::count).returns(in.window(), Count::window);
    assertThat(none).returns(0L, Count::count).returns(false, Count::exists);
    assertThat(caller().windows(api.named("a")))
        .isEqualTo(
            new WindowList(
                List.of(
                    new WindowList.Entry(shown(start.plusSeconds(10)), 7),
                    new WindowList.Entry(shown(start), 5))));
  }

  @Test
  default void shouldListWhatCountedInAWindow() {
    Instant start = Contract.start();
    Counters api = twoWindows(start);
    for (int i = 0; i < 9; i++) {
      api.at(start).put("k" + i, i + 1);
    }
    api.at(start.plusSeconds(11)).put("later", 1);

    KeyPage first = caller().keysIn(name(start), api.namespace(), Page.first(4));
    KeyPage rest =
        caller()
            .keysIn(name(start), api.namespace(), Page.first(100).from(first.next().orElseThrow()));
    KeyPage top = caller().topIn(name(start), api.namespace(), 2);
    var totals = caller().namespaceIn(name(start), api.namespace());

    assertThat(first.window()).contains(shown(start));
    assertThat(first.keys())
        .extracting(it -> it.key() + "=" + it.count())
        .containsExactly("a=5", "k0=1", "k1=2", "k2=3");
    assertThat(rest.keys()).hasSize(6);
    assertThat(rest.next()).isEmpty();
    assertThat(top.keys())
        .extracting(it -> it.key() + "=" + it.count())
        .containsExactly("k8=9", "k7=8");
    assertThat(totals.totals().count()).isEqualTo(5 + 45);
    assertThat(totals.totals().keys()).isEqualTo(10);
    assertThat(totals.window()).contains(shown(start));
  }

  @Test
  default void shouldReleaseFromAWindowThatHasEnded() {
    Instant start = Contract.start();
    Counters api = twoWindows(start);
    api.at(start.plusSeconds(2)).as("id").put("a", 20);

    Decision part = api.release("a", "id", 4);

    assertThat(part.details().released()).hasValue(4);
    assertThat(part.details().window()).contains(window(start));
    assertThat(caller().countIn(name(start), api.named("a")).value().count()).isEqualTo(21);
  }

  @Test
  default void shouldSayWhatWouldBeRight() {
    Instant start = Contract.start();
    Counters api = twoWindows(start);

    assertRefused(api, WindowName.parse("2026-10"), "a month; windows are 10s long here");
    assertRefused(api, name(start.minusSeconds(86_400)), "which is not kept; kept is what is from");
    assertRefused(api, name(start.plusSeconds(86_400)), "which has not begun");
    Counters other = counters("{'kind':'total'}");
    assertRefused(
        other, name(start), "is for the kind window; what is counted here is of the kind total");
    Counters keepsNone = counters("{'kind':'window','period':'10s'}");
    assertRefused(keepsNone, name(start), "the policy keeps none that has ended");
  }

  @Test
  default void shouldForgetWhatIsKeptNoMore() {
    Instant start = Contract.start();
    Counters api = twoWindows(start);
    api.keep("{'kind':'window','period':'10s','keep':0}");

    assertRefused(api, name(start), "is not kept; there is ");
    api.keep(TENS);
    api.restart("{'kind':'window','period':'10s','keep':9}");
    assertThat(caller().windows(api.named("a")).windows()).isEmpty();
  }

  @Test
  default void shouldRefuseToKeepByDefault() {
    assertThatThrownBy(() -> new Event.ChangeDefaults(Counters.policy(TENS), OnChange.KEEP))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("keep is not for the default policy");
  }

  private Counters twoWindows(Instant start) {
    Counters api = counters(TENS);
    assertThat(api.at(start).put("a", 5).count()).hasValue(5);
    assertThat(api.at(start.plusSeconds(10)).put("a", 7).count()).hasValue(7);
    return api;
  }

  private void assertRefused(Counters api, WindowName window, String why) {
    assertThatThrownBy(() -> caller().countIn(window, api.named("a")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(why);
    assertThatThrownBy(() -> caller().topIn(window, api.namespace(), 3))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(why);
  }

  private static WindowName name(Instant in) {
    return WindowName.parse(in.toString());
  }

  private static WindowSpan window(Instant in) {
    long start = in.getEpochSecond() / 10 * 10_000;
    return new WindowSpan(start, start + 10_000);
  }

  private static CountedWindow shown(Instant in) {
    WindowSpan span = window(in);
    String name = Instant.ofEpochMilli(span.startMillis()).toString().replace("Z", "");
    return new CountedWindow(
        name.replaceFirst("T(\\d\\d):00:00$", "T$1").replaceFirst(":00$", ""), span, true);
  }
}

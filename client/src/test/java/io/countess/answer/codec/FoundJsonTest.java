package io.countess.answer.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.answer.CounterPolicy;
import io.countess.answer.CounterPolicyPage;
import io.countess.answer.Coverage;
import io.countess.answer.Cursor;
import io.countess.answer.KeyPage;
import io.countess.answer.Lag;
import io.countess.answer.NamespacePage;
import io.countess.answer.NamespaceView;
import io.countess.answer.OpenTransaction;
import io.countess.answer.Peek;
import io.countess.answer.PolicyHistory;
import io.countess.answer.Readiness;
import io.countess.answer.Totals;
import io.countess.answer.VersionedPolicy;
import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision.GaugeValue;
import io.countess.event.Held;
import io.countess.event.InvalidInputException;
import io.countess.event.LimitCount;
import io.countess.event.NamespacePatterns;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.Position;
import io.countess.event.Rate;
import io.countess.event.codec.Json;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is written is read as it was, in whatever an answer can hold. */
class FoundJsonTest {
  private static final Position POSITION = Position.parse("0@17,3@4");
  private static final CounterName BYTES =
      new CounterName(ByteString.of(new byte[] {0, -1, '"', 10}), ByteString.EMPTY);
  private static final Coverage PART =
      new Coverage(new TreeSet<>(Set.of(4, 1)), new TreeMap<>(Map.of(2, 77L, 9, 0L)));

  private static final Policy LEAKY =
      new Policy.Leaky(new Rate(10, Duration.ofSeconds(1)), OptionalLong.of(9));
  private static final NamespaceView VIEW =
      new NamespaceView(
          BYTES.namespace(),
          new VersionedPolicy(LEAKY, OptionalLong.of(3)),
          new Totals(Long.MAX_VALUE, 2, true, true),
          5);

  @Test
  void shouldReadCountsAsTheyWereWritten() {
    same(count(-3, OptionalLong.of(0), Optional.empty()));
    same(count(Long.MIN_VALUE, OptionalLong.of(Long.MAX_VALUE), Optional.empty()));
    same(new Count(BYTES, 5, OptionalLong.empty(), 9));
    same(gauge(2.7, OptionalDouble.of(4)));
    same(gauge(-1e300, OptionalDouble.empty()));
    same(limited());
    same(held(new BigDecimal("0.30000000000000001"), OptionalLong.of(99)));
    same(held(BigDecimal.valueOf(7), OptionalLong.empty()));
  }

  /** Of a value, which has a count in place of a gauge where it is whole. */
  private static Count held(BigDecimal number, OptionalLong end) {
    boolean isWhole = number.scale() == 0;
    var real = new GaugeValue(number.doubleValue(), OptionalDouble.empty());
    return new Count(
        BYTES,
        isWhole ? number.longValue() : 0,
        OptionalLong.empty(),
        OptionalLong.empty(),
        OptionalLong.empty(),
        9,
        true,
        isWhole ? Optional.empty() : Optional.of(real),
        List.of(),
        Optional.empty(),
        Optional.of(new Held(number, end)));
  }

  /** Under two limits. */
  private static Count limited() {
    var limits =
        List.of(
            new LimitCount(5, 9, millis(3), OptionalLong.empty()),
            new LimitCount(-3, 7, OptionalLong.empty(), millis(8)));
    return new Count(
        BYTES,
        5,
        OptionalLong.of(9),
        millis(3),
        millis(8),
        9,
        true,
        Optional.empty(),
        limits,
        Optional.empty(),
        Optional.empty());
  }

  private static void same(Count count) {
    same(count, CountJson::write, new CountJson(count.counter()));
  }

  @Test
  void shouldReadPeeksAsTheyWereWritten() {
    var half = Amount.of(0.5);
    var peek =
        new Peek(gauge(2.5, OptionalDouble.of(2.75)), half, false, Optional.of("why"), millis(7));
    same(peek, PeekJson::write, new PeekJson(BYTES, half));
    var whole = count(3, OptionalLong.empty(), Optional.empty());
    var yes = new Peek(whole, Amount.of(-2), true, Optional.empty(), OptionalLong.empty());
    same(yes, PeekJson::write, new PeekJson(BYTES, Amount.of(-2)));
    var no =
        new Peek(limited(), Amount.of(5), false, Optional.of("why"), millis(7), OptionalInt.of(1));
    same(no, PeekJson::write, new PeekJson(BYTES, Amount.of(5)));
  }

  @Test
  void shouldReadPagesAsTheyWereWritten() {
    var key = new KeyPage.Entry(BYTES.namespace(), Long.MIN_VALUE);
    var gauge = new KeyPage.Entry(ByteString.utf8("é"), -2.5);
    var next = Optional.of(Cursor.after(BYTES.namespace()));
    same(new KeyPage(List.of(key, gauge), next), KeyPageJson::write, new KeyPageJson());
    same(new KeyPage(List.of(), Optional.empty()), KeyPageJson::write, new KeyPageJson());
    same(new NamespacePage(List.of(VIEW, VIEW), next), NamespacePageJson::write, pageFields());
    same(new NamespacePage(List.of(), Optional.empty()), NamespacePageJson::write, pageFields());
    var only = Optional.of(NamespacePatterns.parse("billing/*,%FF"));
    same(new NamespacePage(List.of(), next, only), NamespacePageJson::write, pageFields());
  }

  private static NamespacePageJson pageFields() {
    return new NamespacePageJson();
  }

  @Test
  void shouldReadNamespacesAndPoliciesAsTheyWereWritten() {
    same(VIEW, NamespaceJson::write, new NamespaceJson());
    same(VIEW.policy(), VersionedPolicyJson::write, new VersionedPolicyJson());
    var defaults = new VersionedPolicy(Policy.DEFAULT, OptionalLong.empty());
    same(defaults, VersionedPolicyJson::write, new VersionedPolicyJson());
    same(VIEW.totals(), TotalsJson::write, new TotalsJson());
    same(new Totals(-1, 2, false, true), TotalsJson::write, new TotalsJson());
    var reset = new PolicyHistory.Change(3, 9, Optional.empty(), OnChange.RESET);
    var set = new PolicyHistory.Change(2, 8, Optional.of(LEAKY), OnChange.KEEP);
    var namespace = Optional.of(BYTES.namespace());
    same(
        new PolicyHistory(namespace, List.of(reset, set)),
        PolicyHistoryJson::write,
        new PolicyHistoryJson());
    same(
        new PolicyHistory(Optional.empty(), List.of()),
        PolicyHistoryJson::write,
        new PolicyHistoryJson());
  }

  @Test
  void shouldReadPoliciesOfCountersAsTheyWereWritten() {
    var own = new VersionedPolicy(LEAKY, OptionalLong.of(3));
    var pro = Optional.of("pro");
    same(new CounterPolicy(BYTES, own, pro), CounterPolicyJson::write, new CounterPolicyJson());
    same(
        new CounterPolicy(
            CounterName.of("n", "a b"),
            new VersionedPolicy(Policy.DEFAULT, OptionalLong.empty()),
            Optional.empty()),
        CounterPolicyJson::write,
        new CounterPolicyJson());
  }

  @Test
  void shouldReadPagesAndHistoriesOfCountersAsTheyWereWritten() {
    var toPlan =
        new PolicyHistory.Change(3, 9, Optional.empty(), Optional.of("pro"), OnChange.RESET);
    var toOwn = new PolicyHistory.Change(2, 8, Optional.of(LEAKY), OnChange.KEEP);
    var notText = ByteString.of(new byte[] {-1, 0});
    same(
        new CounterPolicyPage(
            List.of(
                new CounterPolicyPage.Entry(ByteString.utf8("é"), toOwn),
                new CounterPolicyPage.Entry(notText, toPlan)),
            Optional.of(Cursor.after(notText))),
        CounterPolicyPageJson::write,
        new CounterPolicyPageJson());
    same(
        new CounterPolicyPage(List.of(), Optional.empty()),
        CounterPolicyPageJson::write,
        new CounterPolicyPageJson());
    var dropped = new PolicyHistory.Change(4, 9, Optional.empty(), OnChange.KEEP);
    same(
        new PolicyHistory(
            Optional.of(BYTES.namespace()), Optional.of(notText), List.of(dropped, toPlan, toOwn)),
        PolicyHistoryJson::write,
        new PolicyHistoryJson());
  }

  @Test
  void shouldReadReadinessAsItWasWritten() {
    var lag = new TreeMap<>(Map.of(0, Lag.NONE, 12, new Lag(7, Duration.ofMillis(1501))));
    var open =
        new OpenTransaction("t", 3, 7, 2, Optional.of("id"), 41, Duration.ofSeconds(12), true);
    for (Readiness readiness :
        List.of(
            new Readiness(false, "restoring", lag, List.of(open, open), 1000, Optional.of("2026a")),
            new Readiness(true, "running", lag))) {
      same(readiness, ReadinessJson::write, new ReadinessJson());
    }
  }

  @ParameterizedTest
  @CsvSource({"2.7,3", "-2.7,-3", "2.5,3", "-2.5,-2", "1e300,9223372036854775807"})
  void shouldCountAGaugeToTheNearestWholeNumber(double value, long count) {
    assertThat(gauge(value, OptionalDouble.empty()).count()).isEqualTo(count);
    assertThat(new KeyPage.Entry(ByteString.EMPTY, value).count()).isEqualTo(count);
  }

  @Test
  void shouldRefuseWhatIsNoAnswer() {
    refuse("[]", "answer must be a JSON object");
    refuse("{\"count\":\"many\"}", "count must be a number");
    refuse("{\"count\":1,\"limit\":2.5}", "limit is 2.5; it must be a whole number");
    refuse("{\"behind\":{\"x\":1}}", "behind names 'x', which is no partition");
    refuse("{\"missing\":1}", "missing must be an array");
  }

  private static void refuse(String json, String message) {
    assertThatThrownBy(() -> read(json.getBytes(UTF_8), new CountJson(BYTES)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(message);
  }

  private static <A> void same(A value, Json.ValueWriter<A> writer, Fields<A> fields) {
    var found = new Answer.Found<>(value, POSITION, PART);
    byte[] json =
        Json.write(
            out -> {
              out.writeStartObject();
              out.writeStringField("newer", "than this");
              out.writeObjectFieldStart("newest");
              out.writeEndObject();
              FoundJson.write(found, writer, out);
              out.writeEndObject();
            });
    assertThat(read(json, fields)).isEqualTo(found);
  }

  private static <A> Answer.Found<A> read(byte[] json, Fields<A> fields) {
    return FoundJson.read(json, POSITION, fields);
  }

  private static Count gauge(double value, OptionalDouble limit) {
    return count(0, OptionalLong.empty(), Optional.of(new GaugeValue(value, limit)));
  }

  private static Count count(long count, OptionalLong limit, Optional<GaugeValue> gauge) {
    return new Count(
        BYTES,
        count,
        limit,
        millis(30),
        millis(40),
        9,
        true,
        gauge,
        List.of(),
        Optional.empty(),
        Optional.empty());
  }

  private static OptionalLong millis(long millis) {
    return OptionalLong.of(millis);
  }
}

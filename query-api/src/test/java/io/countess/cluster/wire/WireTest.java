package io.countess.cluster.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.answer.CountedWindow;
import io.countess.answer.CounterPolicy;
import io.countess.answer.CounterPolicyPage;
import io.countess.answer.Coverage;
import io.countess.answer.Cursor;
import io.countess.answer.Denial;
import io.countess.answer.JournalPage;
import io.countess.answer.JournalPlace;
import io.countess.answer.KeyPage;
import io.countess.answer.NamespacePage;
import io.countess.answer.NamespaceView;
import io.countess.answer.Peek;
import io.countess.answer.PolicyHistory;
import io.countess.answer.Totals;
import io.countess.answer.VersionedPolicy;
import io.countess.answer.WindowList;
import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.CountRange;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Glob;
import io.countess.event.InvalidInputException;
import io.countess.event.NamespacePatterns;
import io.countess.event.OnChange;
import io.countess.event.Outcome;
import io.countess.event.Policy;
import io.countess.event.Position;
import io.countess.event.Rate;
import io.countess.event.WindowName;
import io.countess.event.WindowSpan;
import io.countess.query.Command;
import io.countess.query.Demand;
import io.countess.query.JournalOf;
import io.countess.query.PolicyQuestion;
import io.countess.query.Question;
import io.countess.query.Response;
import io.countess.query.Share;
import io.countess.query.WindowQuestion;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What one instance writes, another one reads as it was. */
class WireTest {
  private static final ByteString BYTES = ByteString.of(new byte[] {0, -1, '"', '\\', 10});
  private static final CounterName NAME = new CounterName(BYTES, ByteString.EMPTY);
  private static final NamespacePatterns ONLY = NamespacePatterns.parse("billing/*,a%2Cb");
  private static final Denial OUTSIDE =
      new Denial("shop", "read", ONLY.patterns(), Optional.of(ByteString.of(new byte[] {-1, 0})));
  private static final Denial OF_THE_WHOLE =
      new Denial("shop", "read", List.of(), Optional.empty());

  private static final Position POSITION = Position.parse("0@17,3@4");
  private static final WindowSpan SPAN = new WindowSpan(0, 1000);
  private static final WindowName MAY = WindowName.parse("2026-05");
  private static final OptionalLong NONE = OptionalLong.empty();
  private static final Amount HALF = Amount.of(0.5);
  private static final Policy LEAKY =
      new Policy.Leaky(new Rate(10, Duration.ofSeconds(1)), OptionalLong.of(9));

  static Stream<Question<?>> questions() {
    return Stream.of(
        new Question.CountOf(NAME, OptionalLong.of(5)),
        new Question.CountOf(NAME, NONE),
        new Question.PeekOf(NAME, NONE, Amount.of(2)),
        new Question.PeekOf(NAME, NONE, HALF),
        new Question.PeekOf(NAME, NONE, Amount.of(2.0)),
        new Question.PeekOf(NAME, NONE, Amount.of(-1e300)),
        new Question.KeysOf(BYTES, Glob.of("a*[^\\]é]"), Optional.of(BYTES), 1000),
        new Question.KeysOf(BYTES, Glob.ALL, Optional.empty(), 1),
        new Question.KeysOf(
            BYTES, Glob.ALL, Optional.empty(), 1, Optional.of(CountRange.between(-3, 1L << 60))),
        new Question.TopOf(BYTES, 3),
        new Question.TopOf(BYTES, 3, CountRange.parse(Optional.empty(), Optional.of("1.50e-7"))),
        new Question.NamespaceOf(ByteString.EMPTY),
        new Question.Namespaces(Optional.empty(), 7),
        new Question.Namespaces(Optional.empty(), 7, Optional.of(ONLY)),
        new WindowQuestion.CountIn(NAME, WindowName.parse("2026-10")),
        new WindowQuestion.WindowsOf(NAME),
        new JournalOf(NAME, Optional.empty(), 1),
        new JournalOf(NAME, Optional.of(new JournalPlace(3, 1L << 40, 99)), 1000),
        new WindowQuestion.KeysIn(
            new Question.KeysOf(BYTES, Glob.ALL, Optional.of(BYTES), 3),
            WindowName.parse("2026-10-05T14:30:00+02:00")),
        new WindowQuestion.TopIn(new Question.TopOf(BYTES, 3), WindowName.parse("2026-W41")),
        new WindowQuestion.NamespaceIn(BYTES, new WindowName.Exactly(SPAN)),
        new PolicyQuestion.DefaultPolicy(),
        new PolicyQuestion.HistoryOf(BYTES),
        new PolicyQuestion.HistoryOf(BYTES, Optional.of(ByteString.utf8("k"))),
        new PolicyQuestion.CounterPolicyOf(NAME),
        new PolicyQuestion.CounterPoliciesOf(BYTES, Optional.of(BYTES), 7),
        new PolicyQuestion.HistoryOfDefaults(),
        new Question.Everything(),
        new Question.Applied(3, Long.MAX_VALUE));
  }

  @ParameterizedTest
  @MethodSource("questions")
  void shouldReadSharesAsTheyWereWritten(Question<?> question) {
    var demand = new Demand(POSITION, Duration.ofMillis(1234)).orPartial();
    var share = new Share<>(question, Set.of(0, 2), demand);

    assertThat(Wire.decodeShare(Wire.encode(share))).isEqualTo(share);
    var copied = share.ofStandby(2, Duration.ofSeconds(1));
    assertThat(Wire.decodeShare(Wire.encode(copied))).isEqualTo(copied);
  }

  private static JournalPage journal() {
    Optional<String> none = Optional.empty();
    return new JournalPage(
        List.of(
            entry(9, JournalPage.Op.RELEASE, "9223372036854775807", "-9223372036854775808", none),
            entry(8, JournalPage.Op.SET, "0.30000000000000004", "1.0E+300", Optional.of("é\"")),
            entry(7, JournalPage.Op.PUT, "5.0", "1.0E+10", none),
            entry(6, JournalPage.Op.CLAIM, "4.9E-324", "0.00000000000000001", none),
            entry(5, JournalPage.Op.WRITE, null, "123456789012345678901.5", none),
            entry(4, JournalPage.Op.RESET, "5", null, none)),
        Optional.of(new JournalPlace(1, 4, 2)));
  }

  private static JournalPage.Entry entry(
      long offset, JournalPage.Op op, String before, String after, Optional<String> text) {
    return new JournalPage.Entry(
        new JournalPlace(1, offset, (int) offset % 2),
        -offset,
        op,
        Optional.ofNullable(before).map(BigDecimal::new),
        Optional.ofNullable(after).map(BigDecimal::new),
        text,
        text);
  }

  @Test
  void shouldReadAnswersAsTheyWereWritten() {
    var view =
        new NamespaceView(
            BYTES, new VersionedPolicy(LEAKY, OptionalLong.of(3)), new Totals(1, 2, true), 5);
    var entry = new KeyPage.Entry(BYTES, Long.MIN_VALUE);
    same(new Question.CountOf(NAME, NONE), new Count(NAME, -3, OptionalLong.of(0), 9));
    var value = new Decision.GaugeValue(2.5, OptionalDouble.empty());
    var gauge =
        new Count(
            NAME,
            3,
            NONE,
            NONE,
            NONE,
            9,
            true,
            Optional.of(value),
            List.of(),
            Optional.empty(),
            Optional.empty());
    var window = new CountedWindow("1970", SPAN, true);
    same(new WindowQuestion.CountIn(NAME, MAY), new Count(NAME, 3, NONE, 9).in(window));
    same(
        new WindowQuestion.WindowsOf(NAME),
        new WindowList(List.of(new WindowList.Entry(window, -4))));
    same(new JournalOf(NAME, Optional.empty(), 9), journal());
    same(
        new WindowQuestion.TopIn(new Question.TopOf(BYTES, 3), MAY),
        new KeyPage(List.of(), Optional.empty(), Optional.of(window)));
    same(
        new WindowQuestion.NamespaceIn(BYTES, MAY),
        new NamespaceView(
            BYTES,
            new VersionedPolicy(LEAKY, NONE),
            new Totals(1, 2, false),
            9,
            Optional.of(window)));
    var own = new VersionedPolicy(LEAKY, OptionalLong.of(3));
    var counterPolicy = new CounterPolicy(NAME, own, Optional.of("pro"));
    same(new PolicyQuestion.CounterPolicyOf(NAME), counterPolicy);
    var toPlan =
        new PolicyHistory.Change(3, 9, Optional.empty(), Optional.of("pro"), OnChange.KEEP);
    same(
        new PolicyQuestion.CounterPoliciesOf(BYTES, Optional.empty(), 7),
        new CounterPolicyPage(
            List.of(new CounterPolicyPage.Entry(BYTES, toPlan)), Optional.of(Cursor.after(BYTES))));
    same(
        new Question.PeekOf(NAME, NONE, HALF),
        new Peek(gauge, HALF, false, Optional.of("why"), OptionalLong.of(7)));
    same(
        new Question.TopOf(BYTES, 3),
        new KeyPage(List.of(entry), Optional.of(Cursor.after(BYTES))));
    same(new Question.TopOf(BYTES, 3), new KeyPage(List.of(), Optional.empty()));
    same(new Question.NamespaceOf(BYTES), view);
    same(
        new Question.Namespaces(Optional.empty(), 1),
        new NamespacePage(List.of(view), Optional.empty()));
    same(
        new Question.Namespaces(Optional.empty(), 1, Optional.of(ONLY)),
        new NamespacePage(List.of(view), Optional.empty(), Optional.of(ONLY)));
    same(new PolicyQuestion.DefaultPolicy(), new VersionedPolicy(Policy.DEFAULT, NONE));
    var change = new PolicyHistory.Change(3, 9, Optional.of(LEAKY), OnChange.RESET);
    same(
        new PolicyQuestion.HistoryOf(BYTES),
        new PolicyHistory(Optional.of(BYTES), List.of(change)));
    same(
        new PolicyQuestion.HistoryOfDefaults(),
        new PolicyHistory(Optional.empty(), List.of(change)));
    same(new Question.Everything(), new Totals(1, 2, false));
    same(new Question.Everything(), new Totals(Long.MAX_VALUE, 2, false, true));
    same(new Question.Applied(1, 2), true);
  }

  private static <A> void same(Question<A> question, A value) {
    var coverage = new Coverage(new TreeSet<>(Set.of(4, 1)), new TreeMap<>(Map.of(2, 77L)));
    for (Answer<A> answer :
        List.of(
            new Answer.Found<>(value, POSITION, coverage),
            new Answer.Found<>(value, Position.NONE),
            new Answer.Invalid<A>("at", "is \"too\" early"),
            new Answer.NotReady<A>("moving", Duration.ofSeconds(1)),
            new Answer.Elsewhere<A>(3, "h:80"),
            new Answer.Behind<A>(POSITION, Position.NONE),
            new Answer.Forbidden<A>(OUTSIDE),
            new Answer.Forbidden<A>(OF_THE_WHOLE))) {
      assertThat(Wire.decodeAnswer(Wire.encode(answer, question), question)).isEqualTo(answer);
    }
  }

  static Stream<Event> events() {
    return Stream.of(
        Event.Put.ONE,
        new Event.Put(-7, Optional.of(Duration.ofMillis(1500))),
        new Event.SetValue(Long.MIN_VALUE, true),
        new Event.Reset(),
        new Event.Release("a", OptionalLong.of(2), Optional.of("b"), Optional.of(ONLY)),
        new Event.ChangePolicy(Optional.of(LEAKY), OnChange.RESET),
        new Event.ChangePolicy(Optional.empty(), OnChange.KEEP),
        new Event.ChangeDefaults(Policy.DEFAULT, OnChange.KEEP));
  }

  @ParameterizedTest
  @MethodSource("events")
  void shouldReadCommandsAsTheyWereWritten(Event event) {
    for (var ack : Command.Ack.values()) {
      var command = new Command(NAME, event, OptionalLong.of(12), ack, Duration.ofNanos(5));
      assertThat(Wire.decodeCommand(Wire.encode(command))).isEqualTo(command);
    }
  }

  @Test
  void shouldReadResponsesAsTheyWereWritten() {
    var decision =
        new Decision(Outcome.REFUSED, Optional.of("the limit of 5 is reached"), 99)
            .counting(OptionalLong.of(5), OptionalLong.of(5))
            .retryAfter(OptionalLong.of(1200))
            .at(POSITION)
            .freeing(OptionalLong.of(1200), OptionalLong.of(3600));
    for (Response response :
        List.of(
            new Response.Decided(decision),
            new Response.Logged(POSITION),
            new Response.Invalid("n", "is \u0000 odd"),
            new Response.NotSent("full", Duration.ofSeconds(1)),
            new Response.Elsewhere(2, "h:80"),
            new Response.Unconfirmed(decision, new TreeSet<>(Set.of(1, 3))),
            new Response.FateUnknown("gone"),
            new Response.Forbidden(OUTSIDE),
            new Response.Forbidden(OF_THE_WHOLE))) {
      assertThat(Wire.decodeResponse(Wire.encode(response))).isEqualTo(response);
    }
  }

  @Test
  void shouldRefuseQuestionsOfWhichItDoesNotKnowAPart() {
    String share =
        new String(
            Wire.encode(new Share<>(new Question.Everything(), Set.of(0), Demand.NONE)), UTF_8);

    refuse(share.replace("\"from\"", "\"then\""), "from is missing");
    refuse(share.replace("\"partitions\"", "\"parts\""), "parts is not known here");
    refuse(share.replace("\"within\"", "\"by\":1,\"within\""), "by is not known here");
    refuse(share.replace("\"everything\"", "\"everything\",\"since\":1"), "since is not known");
    refuse(share.replace("\"everything\"", "\"everything\",\"of\":[1]"), "of is not known");
    refuse(share.replace("everything", "nothing"), "nothing is not known here");
    refuse(share.replace("\"OWNER\"", "\"HEIR\""), "from is 'HEIR'");
    refuse(share.replace("\"PT5S\"", "\"soon\""), "within is 'soon'");
    refuse("{}", "question is missing");
    refuse("nonsense", "body is not JSON");
    refuse("[]", "must be a JSON object");
    refuse("", "must be a JSON object");
  }

  private static void refuse(String json, String naming) {
    assertThatThrownBy(() -> Wire.decodeShare(json.getBytes(UTF_8)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining(naming);
  }

  @Test
  void shouldPassOverWhatItDoesNotKnowInAnswers() {
    var answer = new Answer.Found<>(new Totals(1, 2, false), POSITION);
    String newer =
        new String(Wire.encode(answer, new Question.Everything()), UTF_8)
            .replace("\"keys\":2", "\"keys\":2,\"values\":{\"a\":[1]}");

    assertThat(Wire.decodeAnswer(newer.getBytes(UTF_8), new Question.Everything()))
        .isEqualTo(answer);
  }
}

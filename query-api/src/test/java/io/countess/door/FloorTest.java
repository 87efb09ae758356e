package io.countess.door;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.Answer;
import io.countess.answer.Denial;
import io.countess.answer.Readiness;
import io.countess.event.Amount;
import io.countess.event.Batch;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.Glob;
import io.countess.event.NamespacePatterns;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.Position;
import io.countess.event.WindowName;
import io.countess.event.Write;
import io.countess.query.Command;
import io.countess.query.Demand;
import io.countess.query.JournalOf;
import io.countess.query.PolicyQuestion;
import io.countess.query.Queries;
import io.countess.query.Question;
import io.countess.query.Response;
import io.countess.query.WindowQuestion;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** No door asks or commands more than its caller's key allows, of whatever kind it is. */
class FloorTest {
  private static final ByteString EU = ByteString.utf8("billing/eu");
  private static final ByteString SECRET = ByteString.utf8("secret");
  private static final NamespacePatterns BILLING = NamespacePatterns.parse("billing/*");
  private static final Answer<?> FOUND = new Answer.Found<>("what is asked for", Position.NONE);
  private static final Response LOGGED = new Response.Logged(Position.of(0, 1));

  private final List<Question<?>> asked = new ArrayList<>();
  private final List<Command> taken = new ArrayList<>();
  private final Floor floor =
      new Floor(
              new Asked(),
              this::take,
              new ApiKeys(KeysConfig.NONE),
              new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))
          .on(Runnable::run);

  private static final WindowName OCTOBER = WindowName.parse("2026-10");

  /** Questions about one namespace. */
  static Stream<Question<?>> questions(ByteString namespace) {
    var counter = new CounterName(namespace, ByteString.utf8("k"));
    return Stream.of(
        new Question.CountOf(counter, OptionalLong.empty()),
        new Question.PeekOf(counter, OptionalLong.empty(), Amount.of(1)),
        new Question.KeysOf(namespace, Glob.ALL, Optional.empty(), 10),
        new Question.TopOf(namespace, 10),
        new Question.NamespaceOf(namespace),
        new WindowQuestion.CountIn(counter, OCTOBER),
        new WindowQuestion.WindowsOf(counter),
        new JournalOf(counter, Optional.empty(), 10),
        new WindowQuestion.KeysIn(
            new Question.KeysOf(namespace, Glob.ALL, Optional.empty(), 10), OCTOBER),
        new WindowQuestion.TopIn(new Question.TopOf(namespace, 10), OCTOBER),
        new WindowQuestion.NamespaceIn(namespace, OCTOBER),
        new PolicyQuestion.HistoryOf(namespace),
        new PolicyQuestion.HistoryOf(namespace, Optional.of(ByteString.utf8("k"))),
        new PolicyQuestion.CounterPolicyOf(counter),
        new PolicyQuestion.CounterPoliciesOf(namespace, Optional.empty(), 10));
  }

  /** Questions about the service as a whole. */
  static Stream<Question<?>> questionsOfTheWhole() {
    return Stream.of(
        new PolicyQuestion.HistoryOfDefaults(),
        new PolicyQuestion.DefaultPolicy(),
        new Question.Everything(),
        new Question.Applied(0, 1));
  }

  /** What is counted, in one namespace. */
  static Stream<Event> events(ByteString namespace) {
    return Stream.of(
        Event.Put.ONE,
        new Event.SetValue(1, false),
        new Write(
            Optional.of(new Write.Replace(Optional.empty())),
            Optional.empty(),
            Write.If.ANY,
            Optional.empty()),
        new Event.Reset(),
        new Event.Release("id", OptionalLong.empty(), Optional.empty()),
        claim(namespace),
        batch(Event.Put.ONE, namespace));
  }

  /** What only those may change who may change everything. */
  static Stream<Event> eventsOfTheWhole() {
    return Stream.of(new Event.ChangeDefaults(Policy.DEFAULT, OnChange.KEEP), new Event.Tick());
  }

  private static Event changePolicy() {
    return new Event.ChangePolicy(Optional.empty(), OnChange.KEEP);
  }

  static Stream<Question<?>> allowedQuestions() {
    return questions(EU);
  }

  static Stream<Question<?>> otherQuestions() {
    return questions(SECRET);
  }

  static Stream<Event> allowedEvents() {
    return events(EU);
  }

  static Stream<Event> otherEvents() {
    return events(SECRET);
  }

  @Test
  void shouldKnowEveryKindThatThereIs() {
    var questionKinds =
        Stream.of(
                questions(EU),
                questionsOfTheWhole(),
                Stream.of(new Question.Namespaces(Optional.empty(), 1)))
            .flatMap(some -> some)
            .<Class<?>>map(Object::getClass)
            .distinct();
    var eventKinds =
        Stream.of(events(EU), eventsOfTheWhole(), Stream.of(changePolicy()))
            .flatMap(some -> some)
            .<Class<?>>map(Object::getClass);

    assertThat(questionKinds).containsExactlyInAnyOrderElementsOf(kinds(Question.class));
    assertThat(eventKinds).containsExactlyInAnyOrder(Event.class.getPermittedSubclasses());
  }

  @ParameterizedTest
  @MethodSource("allowedQuestions")
  void shouldAskWhatIsAboutNamespacesOfTheKey(Question<?> question) {
    assertThat(ask(key("read@billing/*"), question)).isEqualTo(FOUND);
    assertThat(asked).containsExactly(question);
  }

  @ParameterizedTest
  @MethodSource("otherQuestions")
  void shouldAskNothingOfOtherNamespaces(Question<?> question) {
    assertThat(ask(key("read@billing/*"), question))
        .isEqualTo(new Answer.Forbidden<>(denial("read", Optional.of(SECRET))));
    assertThat(asked).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("questionsOfTheWhole")
  void shouldAskNothingOfTheWholeForAKeyOfSomeNamespaces(Question<?> question) {
    assertThat(ask(key("read@billing/*"), question))
        .isEqualTo(new Answer.Forbidden<>(denial("read", Optional.empty())));
    assertThat(ask(key("read@*"), question)).isInstanceOf(Answer.Forbidden.class);
    assertThat(asked).isEmpty();
    assertThat(ask(key("read"), question)).isEqualTo(FOUND);
  }

  @Test
  void shouldListOnlyNamespacesOfTheKey() {
    var after = Optional.of(SECRET);

    ask(key("read@billing/*"), new Question.Namespaces(after, 7));
    ask(key("read"), new Question.Namespaces(after, 7));

    assertThat(asked)
        .containsExactly(
            new Question.Namespaces(after, 7, Optional.of(BILLING)),
            new Question.Namespaces(after, 7));
  }

  /** What a caller asks for by itself is no way around. */
  @Test
  void shouldNarrowAListingThatIsNarrowAlready() {
    var other = Optional.of(NamespacePatterns.parse("secret"));

    ask(key("read@billing/*"), new Question.Namespaces(Optional.empty(), 7, other));

    assertThat(asked)
        .containsExactly(new Question.Namespaces(Optional.empty(), 7, Optional.of(BILLING)));
  }

  @ParameterizedTest
  @MethodSource("allowedEvents")
  void shouldTakeWhatChangesNamespacesOfTheKey(Event event) {
    assertThat(submit(key("write@billing/*"), EU, event)).isEqualTo(LOGGED);
    assertThat(taken).containsExactly(command(EU, event.within(BILLING)));
  }

  @ParameterizedTest
  @MethodSource("otherEvents")
  void shouldTakeNothingForOtherNamespaces(Event event) {
    assertThat(submit(key("write@billing/*"), SECRET, event))
        .isEqualTo(new Response.Forbidden(denial("write", Optional.of(SECRET))));
    assertThat(taken).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("eventsOfTheWhole")
  void shouldTakeNothingForTheWholeFromAKeyOfSomeNamespaces(Event event) {
    assertThat(submit(key("admin@billing/*"), EU, event))
        .isEqualTo(new Response.Forbidden(denial("admin", Optional.empty())));
    assertThat(submit(key("write admin@*"), EU, event)).isInstanceOf(Response.Forbidden.class);
    assertThat(taken).isEmpty();
    assertThat(submit(key("admin"), EU, event)).isEqualTo(LOGGED);
  }

  @Test
  void shouldTakePoliciesOfNamespacesOfTheKey() {
    Caller some = key("write admin@billing/*");

    assertThat(submit(some, EU, changePolicy())).isEqualTo(LOGGED);
    assertThat(submit(some, SECRET, changePolicy()))
        .isEqualTo(new Response.Forbidden(denial("admin", Optional.of(SECRET))));
    assertThat(submit(key("write"), EU, changePolicy())).isInstanceOf(Response.Forbidden.class);
  }

  @Test
  void shouldTakeAClaimOnlyWhereAllOfItsNamespacesAreOfTheKey() {
    assertThat(submit(key("write@billing/*"), EU, claim(EU, SECRET)))
        .isEqualTo(new Response.Forbidden(denial("write", Optional.of(SECRET))));
    assertThat(submit(key("write@billing/*"), EU, claim(SECRET)))
        .isEqualTo(new Response.Forbidden(denial("write", Optional.of(SECRET))));
    assertThat(submit(key("write@billing/*,secret"), EU, claim(EU, SECRET))).isEqualTo(LOGGED);
  }

  @Test
  void shouldTakeABatchOnlyWhereAllOfItsNamespacesAreOfTheKey() {
    var denied = new Response.Forbidden(denial("write", Optional.of(SECRET)));
    assertThat(submit(key("write@billing/*"), EU, batch(Event.Put.ONE, EU, SECRET)))
        .isEqualTo(denied);
    assertThat(submit(key("write@billing/*,secret"), EU, batch(Event.Put.ONE, EU, SECRET)))
        .isEqualTo(LOGGED);
  }

  @Test
  void shouldTakeABatchThatBringsAPolicyFromWhoeverMayChangePolicies() {
    var brings = batch(Event.Put.ONE.bringing(Policy.DEFAULT), EU, SECRET);
    assertThat(submit(key("write admin@billing/*"), EU, brings))
        .isEqualTo(new Response.Forbidden(denial("admin", Optional.of(SECRET))));
    assertThat(submit(key("write admin"), EU, brings)).isEqualTo(LOGGED);
  }

  /** Which counters a release changes, only the state can tell. */
  @Test
  void shouldHaveTheFoldKeepAReleaseWithinTheNamespacesOfTheKey() {
    var release = new Event.Release("id", OptionalLong.empty(), Optional.empty());

    submit(key("write@billing/*"), EU, release);
    submit(key("write"), EU, release);

    assertThat(taken.get(0).event())
        .isEqualTo(
            new Event.Release("id", OptionalLong.empty(), Optional.empty(), Optional.of(BILLING)));
    assertThat(taken.get(1).event()).isEqualTo(release);
  }

  @ParameterizedTest
  @MethodSource("allowedQuestions")
  void shouldAskNothingWithoutTheScope(Question<?> question) {
    assertThat(ask(Caller.NOBODY, question))
        .isEqualTo(
            new Answer.Forbidden<>(new Denial("nobody", "read", List.of(), Optional.empty())));
    assertThat(ask(key("write,admin"), question)).isInstanceOf(Answer.Forbidden.class);
  }

  @ParameterizedTest
  @MethodSource("allowedEvents")
  void shouldTakeNothingWithoutTheScope(Event event) {
    assertThat(submit(Caller.NOBODY, EU, event))
        .isEqualTo(
            new Response.Forbidden(new Denial("nobody", "write", List.of(), Optional.empty())));
    assertThat(submit(key("read,admin"), EU, event)).isInstanceOf(Response.Forbidden.class);
  }

  @Test
  void shouldPutNothingBetweenForAKeyOfEverything() {
    assertThat(floor.queries(key("read"))).isSameAs(floor.queries(Caller.ANYONE));
    assertThat(floor.commands(key("write,admin"))).isSameAs(floor.commands(Caller.ANYONE));
  }

  private static Caller key(String grants) {
    return new Caller("shop", Access.of(List.of(grants.split(" "))));
  }

  private static Denial denial(String scope, Optional<ByteString> namespace) {
    return new Denial("shop", scope, List.of("billing/*"), namespace);
  }

  private static Event.Claim claim(ByteString... namespaces) {
    return new Event.Claim(
        Stream.of(namespaces)
            .map(it -> Event.Claim.Part.of(new CounterName(it, ByteString.utf8("k")), 1))
            .toList(),
        Optional.empty());
  }

  private static Batch batch(Event event, ByteString... namespaces) {
    return Batch.inOrder(
        Stream.of(namespaces)
            .map(it -> new Batch.Part(new CounterName(it, ByteString.utf8("k")), event))
            .toList());
  }

  private static Command command(ByteString namespace, Event event) {
    return Command.of(new CounterName(namespace, ByteString.utf8("k")), event);
  }

  private <A> Answer<A> ask(Caller caller, Question<A> question) {
    return floor.queries(caller).ask(question, Demand.NONE).toCompletableFuture().join();
  }

  private Response submit(Caller caller, ByteString namespace, Event event) {
    var submitted = floor.commands(caller).submit(command(namespace, event));
    return submitted.toCompletableFuture().join();
  }

  private CompletionStage<Response> take(Command command) {
    taken.add(command);
    return CompletableFuture.completedStage(LOGGED);
  }

  private final class Asked implements Queries {
    @Override
    @SuppressWarnings("unchecked") // nobody looks into what is found
    public <A> CompletionStage<Answer<A>> ask(Question<A> question, Demand demand) {
      asked.add(question);
      return CompletableFuture.completedStage((Answer<A>) FOUND);
    }

    @Override
    public Readiness readiness() {
      throw new UnsupportedOperationException("is not limited");
    }
  }

  private static Set<Class<?>> kinds(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses())
            .flatMap(it -> kinds(it).stream())
            .collect(Collectors.toSet())
        : Set.of(type);
  }
}

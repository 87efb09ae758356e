package io.countess.contract;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.answer.CounterPolicy;
import io.countess.answer.CounterPolicyPage;
import io.countess.answer.Cursor;
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
import io.countess.client.Page;
import io.countess.client.Submission;
import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.CountRange;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.Glob;
import io.countess.event.InvalidInputException;
import io.countess.event.Position;
import io.countess.event.WindowName;
import io.countess.query.Command;
import io.countess.query.Commands;
import io.countess.query.Demand;
import io.countess.query.JournalOf;
import io.countess.query.PolicyQuestion;
import io.countess.query.Queries;
import io.countess.query.Question;
import io.countess.query.Response;
import io.countess.query.WindowQuestion;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.CompletionStage;

/** Straight to the ports behind all doors, in the process of the service. */
record InProcessCaller(Queries queries, Commands commands, Demand demand) implements Caller {
  @Override
  public Decision decide(Submission submission) {
    return decided(command(submission, Command.Ack.APPLIED));
  }

  @Override
  public Position log(Submission submission) {
    var response = submit(command(submission, Command.Ack.LOGGED));
    if (response instanceof Response.Logged logged) {
      return logged.position();
    }
    throw failure(response);
  }

  @Override
  public Decision claim(Event.Claim claim) {
    return decided(Command.of(claim.counter(), claim));
  }

  @Override
  public Decision change(ByteString namespace, Event.ChangePolicy change) {
    return decided(Command.of(CounterName.policyOf(namespace), change));
  }

  @Override
  public Decision change(Event.ChangeDefaults change) {
    return decided(Command.of(CounterName.of("", ""), change));
  }

  @Override
  public Decision change(CounterName counter, Event.ChangePolicy change) {
    return decided(Command.of(counter, change));
  }

  @Override
  public Answer.Found<Count> count(CounterName counter, Optional<Instant> at) {
    return found(new Question.CountOf(counter, millis(at)));
  }

  @Override
  public Answer.Found<Peek> peek(CounterName counter, Amount n, Optional<Instant> at) {
    return found(new Question.PeekOf(counter, millis(at), n));
  }

  @Override
  public KeyPage keys(
      ByteString namespace, Optional<String> match, Optional<CountRange> counts, Page page) {
    Glob glob = match.map(Glob::of).orElse(Glob.ALL);
    var after = page.after().map(Cursor::name);
    return value(new Question.KeysOf(namespace, glob, after, page.limit(), counts));
  }

  @Override
  public KeyPage top(ByteString namespace, int k, Optional<CountRange> counts) {
    return value(new Question.TopOf(namespace, k, counts));
  }

  @Override
  public NamespaceView namespace(ByteString namespace) {
    return value(new Question.NamespaceOf(namespace));
  }

  @Override
  public Answer.Found<Count> countIn(WindowName window, CounterName counter) {
    return found(new WindowQuestion.CountIn(counter, window));
  }

  @Override
  public WindowList windows(CounterName counter) {
    return value(new WindowQuestion.WindowsOf(counter));
  }

  @Override
  public JournalPage journal(CounterName counter, Optional<JournalPlace> before, int limit) {
    return value(new JournalOf(counter, before, limit));
  }

  @Override
  public KeyPage keysIn(WindowName window, ByteString namespace, Page page) {
    var after = page.after().map(Cursor::name);
    var keys = new Question.KeysOf(namespace, Glob.ALL, after, page.limit());
    return value(new WindowQuestion.KeysIn(keys, window));
  }

  @Override
  public KeyPage topIn(WindowName window, ByteString namespace, int k) {
    return value(new WindowQuestion.TopIn(new Question.TopOf(namespace, k), window));
  }

  @Override
  public NamespaceView namespaceIn(WindowName window, ByteString namespace) {
    return value(new WindowQuestion.NamespaceIn(namespace, window));
  }

  @Override
  public NamespacePage namespaces(Page page) {
    return value(new Question.Namespaces(page.after().map(Cursor::name), page.limit()));
  }

  @Override
  public PolicyHistory history(ByteString namespace) {
    return value(new PolicyQuestion.HistoryOf(namespace));
  }

  @Override
  public CounterPolicy policy(CounterName counter) {
    return value(new PolicyQuestion.CounterPolicyOf(counter));
  }

  @Override
  public CounterPolicyPage policies(ByteString namespace, Page page) {
    var after = page.after().map(Cursor::name);
    return value(new PolicyQuestion.CounterPoliciesOf(namespace, after, page.limit()));
  }

  @Override
  public PolicyHistory history(CounterName counter) {
    return value(new PolicyQuestion.HistoryOf(counter.namespace(), Optional.of(counter.key())));
  }

  @Override
  public PolicyHistory defaultPolicyHistory() {
    return value(new PolicyQuestion.HistoryOfDefaults());
  }

  @Override
  public VersionedPolicy defaultPolicy() {
    return value(new PolicyQuestion.DefaultPolicy());
  }

  @Override
  public Totals totals() {
    return value(new Question.Everything());
  }

  @Override
  public Caller including(Position position) {
    return new InProcessCaller(queries, commands, new Demand(position, demand.within()));
  }

  private static Command command(Submission submission, Command.Ack ack) {
    return new Command(
        submission.counter(),
        submission.event(),
        millis(submission.at()),
        ack,
        Demand.DEFAULT_DEADLINE);
  }

  private static OptionalLong millis(Optional<Instant> at) {
    return at.isPresent() ? OptionalLong.of(at.get().toEpochMilli()) : OptionalLong.empty();
  }

  private Decision decided(Command command) {
    var response = submit(command);
    if (response instanceof Response.Decided decided) {
      return decided.decision();
    }
    throw failure(response);
  }

  private Response submit(Command command) {
    return join(commands.submit(command));
  }

  private <A> A value(Question<A> question) {
    return found(question).value();
  }

  private <A> Answer.Found<A> found(Question<A> question) {
    Answer<A> answer = join(queries.ask(question, demand));
    if (answer instanceof Answer.Found<A> found) {
      return found;
    }
    throw answer instanceof Answer.Invalid<A> invalid
        ? new InvalidInputException(invalid.field(), invalid.rule())
        : new IllegalStateException(answer.toString());
  }

  private static RuntimeException failure(Response response) {
    return response instanceof Response.Invalid invalid
        ? new InvalidInputException(invalid.field(), invalid.rule())
        : new IllegalStateException(response.toString());
  }

  private static <T> T join(CompletionStage<T> stage) {
    return stage.toCompletableFuture().join();
  }
}

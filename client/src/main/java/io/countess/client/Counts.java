package io.countess.client;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.answer.KeyPage;
import io.countess.answer.NamespacePage;
import io.countess.answer.NamespaceView;
import io.countess.answer.Peek;
import io.countess.answer.PolicyHistory;
import io.countess.answer.Readiness;
import io.countess.answer.Totals;
import io.countess.answer.VersionedPolicy;
import io.countess.answer.codec.CountJson;
import io.countess.answer.codec.KeyPageJson;
import io.countess.answer.codec.NamespaceJson;
import io.countess.answer.codec.NamespacePageJson;
import io.countess.answer.codec.PeekJson;
import io.countess.answer.codec.PolicyHistoryJson;
import io.countess.answer.codec.ReadinessJson;
import io.countess.answer.codec.TotalsJson;
import io.countess.answer.codec.VersionedPolicyJson;
import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.CountRange;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Durations;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.Position;
import io.countess.event.codec.EventLine;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Asks a server, and commands it, over HTTP. Each call blocks until the server has answered, and no
 * longer than its time-out: connection, network, body and all attempts included. (Loads have no
 * deadline.)
 *
 * <p>That a limit refuses a put is a {@link Decision}. Where the server does not carry a call out,
 * a {@link ProblemException} says why; where no answer comes, a {@link
 * java.io.UncheckedIOException}: a command may then have happened or not.
 *
 * <p>Safe for any number of threads; one of these is enough for a process.
 */
public final class Counts implements AutoCloseable {
  private static final Target DEFAULT_POLICY = Target.of("/v1/default-policy");
  private static final Event WITHOUT_POLICY =
      new Event.ChangePolicy(Optional.empty(), OnChange.KEEP);

  private final Transport transport;
  private final CountsConfig.Retry retry;
  private final CommandSender sender;
  private final UsageLoads loads;
  private final Duration timeout;
  private final Position demanded;

  private Counts(CountsConfig config) {
    this.transport = new Transport(config);
    this.retry = config.retry();
    this.sender = new CommandSender(transport, config.retry());
    this.loads = new UsageLoads();
    this.timeout = config.timeout();
    this.demanded = Position.NONE;
  }

  private Counts(Counts like, Duration timeout, Position demanded) {
    this.transport = like.transport;
    this.retry = like.retry;
    this.sender = like.sender;
    this.loads = like.loads;
    this.timeout = timeout;
    this.demanded = demanded;
  }

  /** Takes up contact at the first call, not here. */
  public static Counts open(CountsConfig config) {
    return new Counts(config);
  }

  /** The same, but the server waits until its state includes the events at {@code position}. */
  public Counts including(Position position) {
    return new Counts(this, timeout, position);
  }

  /**
   * The same, over the same connections, but each call takes {@code other} at most.
   *
   * @param other at most {@link CountsConfig#MAX_TIMEOUT}
   */
  public Counts within(Duration other) {
    return new Counts(this, CountsConfig.requireTimeout("timeout", other), demanded);
  }

  /** The count of a counter now. */
  public Count count(CounterName counter) {
    return ask(counter, Optional.empty()).value();
  }

  /** The count of a counter at an instant not before its last one. */
  public Count count(CounterName counter, Instant at) {
    return ask(counter, Optional.of(at)).value();
  }

  /**
   * The count of a counter, with what the state that answered had folded, and how far that is
   * behind if it is a standby's.
   *
   * @param at not before its last instant; empty for now
   */
  public Answer.Found<Count> ask(CounterName counter, Optional<Instant> at) {
    return ask(counter, at, deadline());
  }

  /** Whether a put of {@code n} would be accepted now, and if not, when; it consumes nothing. */
  public Peek peek(CounterName counter, long n) {
    return ask(counter, Amount.of(n), Optional.empty()).value();
  }

  /** The same at an instant not before the counter's last one. */
  public Peek peek(CounterName counter, long n, Instant at) {
    return ask(counter, Amount.of(n), Optional.of(at)).value();
  }

  /** Whether a gauge would accept a put of {@code n} now. */
  public Peek peek(CounterName gauge, double n) {
    return ask(gauge, Amount.of(n), Optional.empty()).value();
  }

  /** The same at an instant not before the gauge's last one. */
  public Peek peek(CounterName gauge, double n, Instant at) {
    return ask(gauge, Amount.of(n), Optional.of(at)).value();
  }

  /**
   * What a put of {@code n} would lead to, with what the state that answered had folded, and how
   * far that is behind if it is a standby's.
   *
   * @param n finite; only gauges take real numbers
   * @param at not before the counter's last instant; empty for now
   */
  public Answer.Found<Peek> ask(CounterName counter, Amount n, Optional<Instant> at) {
    n.requireFinite("n");
    var target = Target.counter(counter).with("n", n.toString()).at(at);
    return ask(target).found(new PeekJson(counter, n));
  }

  /** Takes from quotas, and gives back. */
  public Claims claims() {
    return new Claims(this, loads);
  }

  /** Adds {@code n} to a counter. */
  public Decision put(CounterName counter, long n) {
    return decide(Submission.of(counter, Event.Put.of(n)));
  }

  /**
   * Carries out a put, a set, a reset, a release, a claim or a batch, and waits for what it led to.
   * One with an id is sent again while it is unknown whether it happened, as {@link
   * CountsConfig#retry} says.
   */
  public Decision decide(Submission submission) {
    return decide(submission, deadline());
  }

  /** Appends what {@link #decide} carries out to the log, and waits for no more than that. */
  public Position log(Submission submission) {
    var reply = sender.send(submission.command("logged"), deadline());
    reply.bodyOrProblem();
    return reply.position();
  }

  /** Live keys of a namespace, in order, that match a glob such as {@code 10.0.*}. */
  public Answer.Found<KeyPage> keys(ByteString namespace, Optional<String> match, Page page) {
    return keys(namespace, match, Optional.empty(), page);
  }

  /** The same, but only keys whose counts lie in {@code counts}. */
  public Answer.Found<KeyPage> keys(
      ByteString namespace, Optional<String> match, Optional<CountRange> counts, Page page) {
    var target = page.of(Target.listing(namespace, "keys")).with("match", match).within(counts);
    return ask(target).found(new KeyPageJson());
  }

  /** The {@code k} keys with the highest counts, highest first. */
  public Answer.Found<KeyPage> top(ByteString namespace, int k) {
    return top(namespace, k, Optional.empty());
  }

  /** The same, but only of keys whose counts lie in {@code counts}. */
  public Answer.Found<KeyPage> top(ByteString namespace, int k, Optional<CountRange> counts) {
    var target = Target.listing(namespace, "top").with("k", Integer.toString(k)).within(counts);
    return ask(target).found(new KeyPageJson());
  }

  /** The namespaces that have live keys or a policy, in order. */
  public Answer.Found<NamespacePage> namespaces(Page page) {
    return ask(page.of(Target.of("/v1/namespaces"))).found(new NamespacePageJson());
  }

  /** A namespace. One that was never seen has the default policy. */
  public NamespaceView namespace(ByteString namespace) {
    return ask(Target.namespace(namespace)).found(new NamespaceJson()).value();
  }

  /** The totals of everything. */
  public Totals totals() {
    return ask(Target.of("/v1/totals")).found(new TotalsJson()).value();
  }

  /** The policy of every namespace that has none of its own. */
  public VersionedPolicy defaultPolicy() {
    return ask(DEFAULT_POLICY).found(new VersionedPolicyJson()).value();
  }

  /** Sets the policy of every namespace that has none of its own. */
  public Decision setDefaultPolicy(Policy policy, OnChange onChange) {
    return decide(Command.put(DEFAULT_POLICY, new Event.ChangeDefaults(policy, onChange)));
  }

  /**
   * Sets the default policy if it has not changed; the outcome tells.
   *
   * @param expected the version to be replaced, as {@link VersionedPolicy#expected} gives it
   */
  public Decision setDefaultPolicy(Policy policy, OnChange onChange, long expected) {
    var change = new Event.ChangeDefaults(policy, onChange);
    return decide(Command.put(DEFAULT_POLICY, change).ifVersion(expected));
  }

  /** The policies and plans that counters have of their own. */
  public CounterPolicies counterPolicies() {
    return new CounterPolicies(this);
  }

  /** Counts in windows that have ended, or in the one that lasts. */
  public Windows windows() {
    return new Windows(this);
  }

  /** What happened to a counter, where its policy has a journal. */
  public Journal journal(CounterName counter) {
    return new Journal(this, counter);
  }

  /** How the default policy changed, newest first. */
  public PolicyHistory defaultPolicyHistory() {
    return ask(Target.of("/v1/default-policy/history")).found(new PolicyHistoryJson()).value();
  }

  /** The policy by which a namespace counts, its own or the default one. */
  public VersionedPolicy policy(ByteString namespace) {
    return namespace(namespace).policy();
  }

  /** How the policy of a namespace changed, newest first. */
  public PolicyHistory policyHistory(ByteString namespace) {
    return ask(Target.listing(namespace, "policy/history")).found(new PolicyHistoryJson()).value();
  }

  /** Sets the policy of a namespace; in force everywhere on return. */
  public Decision setPolicy(ByteString namespace, Policy policy, OnChange onChange) {
    var change = new Event.ChangePolicy(Optional.of(policy), onChange);
    return decide(Command.put(Target.namespace(namespace), change));
  }

  /**
   * Sets the policy of a namespace if it has not changed; the outcome tells.
   *
   * @param expected the version to be replaced, as {@link VersionedPolicy#expected} gives it
   */
  public Decision setPolicy(ByteString namespace, Policy policy, OnChange onChange, long expected) {
    var change = new Event.ChangePolicy(Optional.of(policy), onChange);
    return decide(Command.put(Target.namespace(namespace), change).ifVersion(expected));
  }

  /** Gives a namespace the default policy back; its counters keep what they have counted. */
  public Decision dropPolicy(ByteString namespace) {
    return decide(Command.put(Target.namespace(namespace), WITHOUT_POLICY));
  }

  /** The same if its policy has not changed; the outcome tells. */
  public Decision dropPolicy(ByteString namespace, long expected) {
    return decide(Command.put(Target.namespace(namespace), WITHOUT_POLICY).ifVersion(expected));
  }

  /** Gives a namespace the default policy back, and starts all its counters again. */
  public Decision resetNamespace(ByteString namespace) {
    return decide(Command.of("DELETE", Target.namespace(namespace), Optional.empty()));
  }

  /** The same if its policy has not changed; the outcome tells. */
  public Decision resetNamespace(ByteString namespace, long expected) {
    var reset = Command.of("DELETE", Target.namespace(namespace), Optional.empty());
    return decide(reset.ifVersion(expected));
  }

  /**
   * Appends many events to the log, each as soon as it can be read.
   *
   * @param ndjson lines as {@link EventLine} reads them, in UTF-8; read on another thread, and
   *     closed in the end. It may be quiet for as long as it likes: nothing is open at the server
   *     meanwhile
   * @throws BrokenLoadException where it breaks off after some of them
   */
  public LoadSummary load(InputStream ndjson) {
    return load(ndjson, Optional.empty(), soFar -> {});
  }

  /**
   * Appends many events to the log.
   *
   * @param id gives each event that has no id one that depends on this and on its line: the same
   *     lines can be loaded again under it, as long as ids are remembered, and count once. What the
   *     server may not have got is sent again then, unless {@link CountsConfig#retry} says
   *     otherwise. It is visible ASCII of at most 88 characters that does not start with a
   *     quotation mark
   * @param progress is told about twice a second what is known to be logged
   * @throws BrokenLoadException where it breaks off after some of them
   */
  public LoadSummary load(InputStream ndjson, Optional<String> id, Consumer<LoadSummary> progress) {
    var logged = LoadOptions.LOGGED.telling(progress);
    return load(ndjson, id.map(logged::under).orElse(logged));
  }

  /**
   * Appends many events to the log, and with {@link LoadOptions#APPLIED} waits until they are
   * folded and tells what became of them.
   *
   * @throws BrokenLoadException where it breaks off after some of them
   */
  public LoadSummary load(InputStream ndjson, LoadOptions options) {
    return new Upload(transport, retry, options).run(ndjson);
  }

  /** Appends many events to the log. They are asked for on another thread. */
  public LoadSummary load(Iterator<EventLine> events) {
    return load(new EventLines(events));
  }

  /** The same, as {@code options} say. */
  public LoadSummary load(Iterator<EventLine> events, LoadOptions options) {
    return load(new EventLines(events), options);
  }

  /** Whether the server can answer questions. */
  public Readiness readiness() {
    var reply = transport.send(transport.request(Target.of("/readyz")).GET().build(), deadline());
    if (reply.isProblemJson()) {
      throw new ProblemException(reply.problem());
    }
    return reply.read(new ReadinessJson());
  }

  /** Gives connections back. */
  @Override
  public void close() {
    transport.close();
  }

  /** The deadline of a call that is made now. */
  Deadline deadline() {
    return Deadline.in(timeout);
  }

  Decision decide(Submission submission, Deadline deadline) {
    return sender.send(submission.command("applied"), deadline).decisionOrProblem();
  }

  Answer.Found<Count> ask(CounterName counter, Optional<Instant> at, Deadline deadline) {
    var target = Target.counter(counter).at(at);
    return ask(target, deadline).found(new CountJson(counter));
  }

  Reply ask(Target target) {
    return ask(target, deadline());
  }

  private Reply ask(Target target, Deadline deadline) {
    String forServer = Durations.format(deadline.forServer());
    var request = transport.request(target.with("timeout", forServer)).GET();
    if (!demanded.offsets().isEmpty()) {
      request.header(Reply.POSITION_HEADER, demanded.toString());
    }
    return transport.send(request.build(), deadline);
  }

  Decision decide(Command command) {
    return sender.send(command, deadline()).decisionOrProblem();
  }
}

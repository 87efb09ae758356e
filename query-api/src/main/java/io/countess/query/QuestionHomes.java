package io.countess.query;

import io.countess.event.ByteString;
import io.countess.event.CounterName;
import java.util.Optional;

/** Whose partition answers each question; empty where all do. */
final class QuestionHomes implements Question.Cases<Optional<CounterName>> {
  static final QuestionHomes CASES = new QuestionHomes();

  private static final Optional<CounterName> ALL = Optional.empty();
  private static final Optional<CounterName> DEFAULTS =
      Optional.of(CounterName.policyOf(ByteString.EMPTY));

  private QuestionHomes() {}

  @Override
  public Optional<CounterName> count(Question.CountOf it) {
    return Optional.of(it.counter());
  }

  @Override
  public Optional<CounterName> peek(Question.PeekOf it) {
    return Optional.of(it.counter());
  }

  @Override
  public Optional<CounterName> keys(Question.KeysOf it) {
    return ALL;
  }

  @Override
  public Optional<CounterName> top(Question.TopOf it) {
    return ALL;
  }

  @Override
  public Optional<CounterName> namespace(Question.NamespaceOf it) {
    return ALL;
  }

  @Override
  public Optional<CounterName> namespaces(Question.Namespaces it) {
    return ALL;
  }

  @Override
  public Optional<CounterName> countIn(WindowQuestion.CountIn it) {
    return Optional.of(it.counter());
  }

  @Override
  public Optional<CounterName> windows(WindowQuestion.WindowsOf it) {
    return Optional.of(it.counter());
  }

  @Override
  public Optional<CounterName> journal(JournalOf it) {
    return Optional.of(it.counter());
  }

  @Override
  public Optional<CounterName> keysIn(WindowQuestion.KeysIn it) {
    return ALL;
  }

  @Override
  public Optional<CounterName> topIn(WindowQuestion.TopIn it) {
    return ALL;
  }

  @Override
  public Optional<CounterName> namespaceIn(WindowQuestion.NamespaceIn it) {
    return ALL;
  }

  @Override
  public Optional<CounterName> history(PolicyQuestion.HistoryOf it) {
    return Optional.of(new CounterName(it.namespace(), it.key().orElse(ByteString.EMPTY)));
  }

  @Override
  public Optional<CounterName> counterPolicy(PolicyQuestion.CounterPolicyOf it) {
    return Optional.of(it.counter());
  }

  @Override
  public Optional<CounterName> counterPolicies(PolicyQuestion.CounterPoliciesOf it) {
    return ALL;
  }

  @Override
  public Optional<CounterName> historyOfDefaults(PolicyQuestion.HistoryOfDefaults it) {
    return DEFAULTS;
  }

  @Override
  public Optional<CounterName> defaultPolicy(PolicyQuestion.DefaultPolicy it) {
    return DEFAULTS;
  }

  @Override
  public Optional<CounterName> everything(Question.Everything it) {
    return ALL;
  }

  @Override
  public Optional<CounterName> applied(Question.Applied it) {
    return ALL;
  }
}

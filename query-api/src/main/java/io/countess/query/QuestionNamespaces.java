package io.countess.query;

import io.countess.event.ByteString;
import java.util.Set;

/** Of which namespaces each question asks. */
final class QuestionNamespaces implements Question.Cases<Set<ByteString>> {
  static final QuestionNamespaces CASES = new QuestionNamespaces();

  /** No namespace alone: the service as a whole, or whichever there are. */
  private static final Set<ByteString> WHOLE = Set.of();

  private QuestionNamespaces() {}

  @Override
  public Set<ByteString> count(Question.CountOf it) {
    return Set.of(it.counter().namespace());
  }

  @Override
  public Set<ByteString> peek(Question.PeekOf it) {
    return Set.of(it.counter().namespace());
  }

  @Override
  public Set<ByteString> keys(Question.KeysOf it) {
    return Set.of(it.namespace());
  }

  @Override
  public Set<ByteString> top(Question.TopOf it) {
    return Set.of(it.namespace());
  }

  @Override
  public Set<ByteString> namespace(Question.NamespaceOf it) {
    return Set.of(it.namespace());
  }

  @Override
  public Set<ByteString> namespaces(Question.Namespaces it) {
    return WHOLE;
  }

  @Override
  public Set<ByteString> countIn(WindowQuestion.CountIn it) {
    return Set.of(it.counter().namespace());
  }

  @Override
  public Set<ByteString> windows(WindowQuestion.WindowsOf it) {
    return Set.of(it.counter().namespace());
  }

  @Override
  public Set<ByteString> journal(JournalOf it) {
    return Set.of(it.counter().namespace());
  }

  @Override
  public Set<ByteString> keysIn(WindowQuestion.KeysIn it) {
    return Set.of(it.of().namespace());
  }

  @Override
  public Set<ByteString> topIn(WindowQuestion.TopIn it) {
    return Set.of(it.of().namespace());
  }

  @Override
  public Set<ByteString> namespaceIn(WindowQuestion.NamespaceIn it) {
    return Set.of(it.namespace());
  }

  @Override
  public Set<ByteString> history(PolicyQuestion.HistoryOf it) {
    return Set.of(it.namespace());
  }

  @Override
  public Set<ByteString> counterPolicy(PolicyQuestion.CounterPolicyOf it) {
    return Set.of(it.counter().namespace());
  }

  @Override
  public Set<ByteString> counterPolicies(PolicyQuestion.CounterPoliciesOf it) {
    return Set.of(it.namespace());
  }

  @Override
  public Set<ByteString> historyOfDefaults(PolicyQuestion.HistoryOfDefaults it) {
    return WHOLE;
  }

  @Override
  public Set<ByteString> defaultPolicy(PolicyQuestion.DefaultPolicy it) {
    return WHOLE;
  }

  @Override
  public Set<ByteString> everything(Question.Everything it) {
    return WHOLE;
  }

  @Override
  public Set<ByteString> applied(Question.Applied it) {
    return WHOLE;
  }
}

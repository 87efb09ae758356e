package io.countess.query;

import io.countess.answer.CounterPolicy;
import io.countess.answer.CounterPolicyPage;
import io.countess.answer.PolicyHistory;
import io.countess.answer.VersionedPolicy;
import io.countess.answer.codec.AnswerForm;
import io.countess.answer.codec.CounterPolicyJson;
import io.countess.answer.codec.CounterPolicyPageJson;
import io.countess.answer.codec.PolicyHistoryJson;
import io.countess.answer.codec.VersionedPolicyJson;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import java.util.List;
import java.util.Optional;

/**
 * A question about policies: of namespaces, of counters, and the default policy.
 *
 * @param <A> what answers it
 */
public sealed interface PolicyQuestion<A> extends Question<A> {
  /** What a counter counts by, and whether that is its own. */
  record CounterPolicyOf(CounterName counter) implements PolicyQuestion<CounterPolicy> {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.counterPolicy(this);
    }

    @Override
    public AnswerForm<CounterPolicy> form() {
      return new AnswerForm<>(CounterPolicyJson::write, CounterPolicyJson::new);
    }
  }

  /**
   * The counters of a namespace that have policies or plans of their own, in key order.
   *
   * @param after only keys after this one
   * @param limit 1 to {@link Question#MAX_PAGE}
   */
  record CounterPoliciesOf(ByteString namespace, Optional<ByteString> after, int limit)
      implements PolicyQuestion<CounterPolicyPage> {
    /** Checks the limit. */
    public CounterPoliciesOf {
      KeyPages.requirePage("limit", limit);
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.counterPolicies(this);
    }

    @Override
    public AnswerForm<CounterPolicyPage> form() {
      return new AnswerForm<>(CounterPolicyPageJson::write, CounterPolicyPageJson::new);
    }

    @Override
    public CounterPolicyPage merge(List<Part<CounterPolicyPage>> parts, int partitions) {
      return PolicyPages.merge(parts.stream().map(Part::value).toList(), limit);
    }
  }

  /**
   * The last changes of the policy of a namespace or a counter.
   *
   * @param key of the counter; empty for the namespace
   */
  record HistoryOf(ByteString namespace, Optional<ByteString> key)
      implements PolicyQuestion<PolicyHistory> {
    /** Asks for those of a namespace. */
    public HistoryOf(ByteString namespace) {
      this(namespace, Optional.empty());
    }

    @Override
    public <R> R match(Cases<R> cases) {
      return cases.history(this);
    }

    @Override
    public AnswerForm<PolicyHistory> form() {
      return new AnswerForm<>(PolicyHistoryJson::write, PolicyHistoryJson::new);
    }
  }

  /** The last changes of the default policy. */
  record HistoryOfDefaults() implements PolicyQuestion<PolicyHistory> {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.historyOfDefaults(this);
    }

    @Override
    public AnswerForm<PolicyHistory> form() {
      return new AnswerForm<>(PolicyHistoryJson::write, PolicyHistoryJson::new);
    }
  }

  /** The policy of every namespace that has none of its own. */
  record DefaultPolicy() implements PolicyQuestion<VersionedPolicy> {
    @Override
    public <R> R match(Cases<R> cases) {
      return cases.defaultPolicy(this);
    }

    @Override
    public AnswerForm<VersionedPolicy> form() {
      return new AnswerForm<>(VersionedPolicyJson::write, VersionedPolicyJson::new);
    }
  }
}

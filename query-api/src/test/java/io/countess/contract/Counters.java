package io.countess.contract;

import io.countess.answer.Answer;
import io.countess.answer.Count;
import io.countess.answer.CounterPolicy;
import io.countess.answer.KeyPage;
import io.countess.answer.NamespaceView;
import io.countess.answer.Peek;
import io.countess.client.Page;
import io.countess.client.Submission;
import io.countess.event.Amount;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.Decision;
import io.countess.event.Event;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import io.countess.event.Position;
import io.countess.event.codec.EventBody;
import io.countess.event.codec.PolicyCodec;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The counters of one namespace.
 *
 * @param at when puts and sets happen, and for when questions are asked; empty for now
 * @param id of every command
 */
record Counters(Caller caller, ByteString namespace, Optional<Instant> at, Optional<String> id) {

  Counters(Caller caller, String namespace) {
    this(caller, ByteString.utf8(namespace), Optional.empty(), Optional.empty());
  }

  /** The same at an instant. */
  Counters at(Instant instant) {
    return new Counters(caller, namespace, Optional.of(instant), id);
  }

  /** The same, commanded under an id. */
  Counters as(String someId) {
    return new Counters(caller, namespace, at, Optional.of(someId));
  }

  /** The same, whose answers include what stands at {@code position}. */
  Counters including(Position position) {
    return new Counters(caller.including(position), namespace, at, id);
  }

  CounterName named(String key) {
    return new CounterName(namespace, ByteString.utf8(key));
  }

  Decision put(String key, long n) {
    return decide(key, new Event.Put(n, Optional.empty(), id));
  }

  Decision put(String key, long n, Duration ttl) {
    return decide(key, new Event.Put(n, Optional.of(ttl), id));
  }

  Decision put(String key, double n) {
    return decide(key, new Event.Put(Amount.of(n), Optional.empty(), id));
  }

  /** Waits until the log has it only. */
  Position log(String key, long n) {
    return caller.log(new Submission(named(key), new Event.Put(n, Optional.empty(), id), at));
  }

  Decision set(String key, long value) {
    return decide(key, new Event.SetValue(value, false, id));
  }

  Decision set(String key, double value) {
    return decide(key, new Event.SetValue(Amount.of(value), false, id));
  }

  Decision setIfAbsent(String key, long value) {
    return decide(key, new Event.SetValue(value, true, id));
  }

  /** Writes a value, as JSON with single quotes for double ones says it. */
  Decision write(String key, String fields) {
    byte[] json = ("{" + fields.replace('\'', '"') + "}").getBytes(StandardCharsets.UTF_8);
    return decide(key, EventBody.decode("write", json).event().withId(id));
  }

  Decision reset(String key) {
    return decide(key, new Event.Reset(id));
  }

  Decision release(String key, String of) {
    return decide(key, new Event.Release(of, OptionalLong.empty(), id));
  }

  Decision release(String key, String of, long n) {
    return decide(key, new Event.Release(of, OptionalLong.of(n), id));
  }

  long count(String key) {
    return counted(key).count();
  }

  double gauge(String key) {
    return counted(key).gauge().orElseThrow().value();
  }

  Count counted(String key) {
    return found(key).value();
  }

  /** The count, and what the answer includes. */
  Answer.Found<Count> found(String key) {
    return caller.count(named(key), at);
  }

  Peek peek(String key, long n) {
    return caller.peek(named(key), Amount.of(n), at).value();
  }

  Peek peek(String key, double n) {
    return caller.peek(named(key), Amount.of(n), at).value();
  }

  /** Sets the policy, and keeps what was counted. */
  Decision keep(String policy) {
    return change(policy, OnChange.KEEP, OptionalLong.empty());
  }

  /** Sets the policy, and starts all counters again. */
  Decision restart(String policy) {
    return change(policy, OnChange.RESET, OptionalLong.empty());
  }

  /** Sets the policy if this is the version in force. */
  Decision keep(String policy, long expected) {
    return change(policy, OnChange.KEEP, OptionalLong.of(expected));
  }

  private Decision change(String policy, OnChange onChange, OptionalLong expected) {
    var change = new Event.ChangePolicy(Optional.of(policy(policy)), onChange, expected);
    return caller.change(namespace, change);
  }

  /** Gives the namespace the default policy back, and starts all counters again. */
  Decision drop() {
    return drop(OnChange.RESET);
  }

  /** Gives the namespace the default policy back, and keeps what was counted. */
  Decision dropAndKeep() {
    return drop(OnChange.KEEP);
  }

  private Decision drop(OnChange onChange) {
    return caller.change(namespace, new Event.ChangePolicy(Optional.empty(), onChange));
  }

  /** Gives one counter a policy of its own. */
  Decision own(String key, String policy, OnChange onChange) {
    return caller.change(named(key), new Event.ChangePolicy(Optional.of(policy(policy)), onChange));
  }

  /** Gives one counter a plan. */
  Decision plan(String key, String plan) {
    return caller.change(named(key), Event.ChangePolicy.toPlan(plan, OnChange.KEEP));
  }

  /** Lets one counter count by the policy of the namespace again. */
  Decision disown(String key, OnChange onChange) {
    return caller.change(named(key), new Event.ChangePolicy(Optional.empty(), onChange));
  }

  /** What one counter counts by. */
  CounterPolicy policyOf(String key) {
    return caller.policy(named(key));
  }

  NamespaceView view() {
    return caller.namespace(namespace);
  }

  /** The first thousand keys. */
  KeyPage keys() {
    return caller.keys(namespace, Optional.empty(), Page.first(Page.MAX_LIMIT));
  }

  /** A policy as JSON with single quotes for double ones. */
  static Policy policy(String json) {
    return PolicyCodec.decode(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
  }

  private Decision decide(String key, Event event) {
    return caller.decide(new Submission(named(key), event, at));
  }
}

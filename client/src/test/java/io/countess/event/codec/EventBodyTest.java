package io.countess.event.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.event.Contract;
import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.Instants;
import io.countess.event.InvalidInputException;
import io.countess.event.OnChange;
import io.countess.event.Policy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.domains.Domain;
import net.jqwik.api.domains.DomainContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EventBodyTest {
  @Test
  void shouldReadAnEmptyBodyAsOnePut() {
    assertThat(decode("put", "")).isEqualTo(new EventBody(Event.Put.ONE, OptionalLong.empty()));
    assertThat(decode("put", "{}")).isEqualTo(new EventBody(Event.Put.ONE, OptionalLong.empty()));
  }

  @Test
  void shouldReadAPutWithItsTime() {
    var put = new Event.Put(3, Optional.of(Duration.ofSeconds(30)));

    assertThat(decode("put", "{\"n\":3,\"ttl\":\"30s\",\"at\":1700000000000}"))
        .isEqualTo(new EventBody(put, OptionalLong.of(1_700_000_000_000L)));
    assertThat(decode("put", "{\"at\":\"2023-11-14T23:13:20+01:00\"}").atMillis())
        .hasValue(1_700_000_000_000L);
  }

  @Test
  void shouldReadASetAndAReset() {
    assertThat(decode("set", "{\"value\":5,\"if\":\"absent\"}").event())
        .isEqualTo(new Event.SetValue(5, true));
    assertThat(decode("reset", "").event()).isEqualTo(new Event.Reset());
  }

  @Test
  void shouldReadAChangeOfPolicy() {
    assertThat(decode("policy", "{\"policy\":null,\"onChange\":\"reset\"}").event())
        .isEqualTo(new Event.ChangePolicy(Optional.empty(), OnChange.RESET));
    assertThat(decode("defaults", "{\"policy\":{\"kind\":\"expiring\"}}").event())
        .isEqualTo(new Event.ChangeDefaults(Policy.DEFAULT, OnChange.KEEP));
  }

  @Test
  void shouldReadAReleaseAndAClaim() {
    assertThat(decode("release", "{\"of\":\"x\",\"n\":2}").event())
        .isEqualTo(new Event.Release("x", OptionalLong.of(2), Optional.empty()));
    var part = Event.Claim.Part.of(CounterName.of("a", "{t}x"), 2);
    assertThat(decode("claim", "{\"counters\":[{\"namespace\":\"a\",\"key\":\"{t}x\",\"n\":2}]}"))
        .isEqualTo(
            new EventBody(new Event.Claim(List.of(part), Optional.empty()), OptionalLong.empty()));
  }

  @Property
  @Domain(Contract.class)
  @Domain(DomainContext.Global.class)
  void shouldReadBackWhatItWrites(
      @ForAll Event event, @ForAll @LongRange(max = Instants.LAST_MILLIS) long at) {
    boolean timed = event.id().isPresent() || event instanceof Event.Put;
    var when = timed && at % 3 != 0 ? OptionalLong.of(at) : OptionalLong.empty();
    var body = new EventBody(event, when);
    assertThat(EventBody.decode(EventJson.op(event), body.encode())).isEqualTo(body);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "put|{\"value\":1}|value is not for the op put",
        "put|{\"op\":\"reset\"}|op is not a field here; there are at, id, n, policy, ttl",
        "put|{\"m\":1}|m is not a field here; there are at, id, n, policy, ttl",
        "put|{\"at\":-1}|at is -1; it must not be before 1970",
        "put|{\"n\":\"1\"}|n must be a number",
        "put|{\"n\":1|body is not JSON: it ends too early",
        "put|[]|body must be a JSON object",
        "set|{}|value is missing; set needs it",
        "release|{}|of is missing; it is the id of what is released",
        "release|{\"ttl\":\"1s\"}|ttl is not for the op release",
        "release|{\"x\":1}|x is not a field here; there are at, id, n, of, within",
        "claim|{}|counters is missing; a claim needs them",
        "claim|{\"counters\":[{\"key\":\"k\"}]}|counters[0].namespace is missing",
        "claim|{\"namespace\":\"a\"}|namespace is not a field here; there are at, counters, id",
        "policy|{}|policy is missing; null takes it away",
        "policy|{\"policy\":null,\"at\":1}|at is not a field here; there are ifVersion, onChange, plan, policy",
      })
  void shouldNameTheFieldAndTheRule(String op, String body, String message) {
    assertThatThrownBy(() -> decode(op, body))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(message);
  }

  @Test
  void shouldTakeBytesThatLookLikeUtf32ForBadInput() {
    assertThatThrownBy(() -> EventBody.decode("put", new byte[] {0, 0, 0, -1, 0, 1, 2, 3}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("body is not UTF-8");
    assertThatThrownBy(() -> EventCodec.decode(new byte[] {0, 0, 0, '{', -1, -1, -1, -1}))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("body is not UTF-8");
  }

  private static EventBody decode(String op, String body) {
    return EventBody.decode(op, body.getBytes(StandardCharsets.UTF_8));
  }
}

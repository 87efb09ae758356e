package io.countess.event.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.event.Contract;
import io.countess.event.InvalidInputException;
import io.countess.event.Policy;
import io.countess.event.Rate;
import io.countess.event.Terms;
import io.countess.event.WindowPeriod;
import java.time.Duration;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyCodecTest {
  private static final OptionalLong NONE = OptionalLong.empty();

  @Test
  void shouldReadEveryField() {
    assertThat(decode("{'kind':'expiring','ttl':'5m','limit':0}"))
        .isEqualTo(new Policy.Expiring(Duration.ofMinutes(5), OptionalLong.of(0)));
    assertThat(decode("{'capacity':9,'rate':'10/s','kind':'leaky'}"))
        .isEqualTo(new Policy.Leaky(Rate.parse("10/s"), OptionalLong.of(9)));
    assertThat(decode("{'kind':'total','initial':1,'min':-2,'max':3,'maxDelta':4,'limit':5}"))
        .isEqualTo(
            new Policy.Total(
                1,
                OptionalLong.of(-2),
                OptionalLong.of(3),
                OptionalLong.of(4),
                OptionalLong.of(5)));
    assertThat(
            decode(
                "{'kind':'limits','mode':'observe','limits':[{'kind':'leaky','rate':'1/s',"
                    + "'capacity':9},{'kind':'expiring','limit':5}]}"))
        .isEqualTo(
            new Policy.Limits(
                List.of(
                    new Policy.Leaky(Rate.parse("1/s"), OptionalLong.of(9)),
                    new Policy.Expiring(Duration.ofSeconds(60), OptionalLong.of(5))),
                Terms.DEFAULT.in(Policy.Mode.OBSERVE)));
  }

  @Test
  void shouldTakePlansWithLimitsOfTheSameKindsOnly() {
    String limits = "[{'kind':'leaky','rate':'1/s','capacity':%d},{'kind':'total','limit':5}]";
    String policy =
        "{'kind':'limits','limits':" + limits.formatted(9) + ",'plans':{'pro':{'limits':";

    var planned = decode(policy + limits.formatted(99) + "}}}");

    assertThat(planned.terms().plans().get("pro").limit()).hasValue(99);
    assertThatThrownBy(() -> decode(policy + "[{'kind':'total','limit':5}]}}}"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "plans has the plan 'pro' with the limits total; a plan has limits of the same kinds as"
                + " its policy: leaky, total");
  }

  @Test
  void shouldRefuseMoreThanEightLimits() {
    String one = "{'kind':'total','limit':1}";
    String nine = String.join(",", java.util.Collections.nCopies(9, one));

    assertThatThrownBy(() -> decode("{'kind':'limits','limits':[" + nine + "]}"))
        .hasMessage("limits are 9; there must be 1 to 8");
  }

  @Test
  void shouldFillInTheDefaults() {
    assertThat(decode("{'kind':'expiring'}")).isEqualTo(Policy.DEFAULT);
    assertThat(decode("{'kind':'expiring','limit':null}")).isEqualTo(Policy.DEFAULT);
    assertThat(decode("{'kind':'leaky','rate':'1/s'}"))
        .isEqualTo(new Policy.Leaky(Rate.parse("1/s"), NONE));
    assertThat(decode("{'kind':'total'}")).isEqualTo(Policy.Total.unbounded());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{}                                      | kind is missing; it must be one of expiring",
        "{'kind':'sketch'}                       | kind is 'sketch'; it must be one of",
        "{'kind':'window'}                       | period is missing; a window needs one, as day",
        "{'kind':'window','period':'2h30m'}      | period is '2h30m'; it must be minute, hour,",
        "{'kind':'window','period':'7s'}         | period is '7s'; it must be day, week, month,",
        "{'kind':'window','period':'48h'}        | period is '48h'; it must be day, week,",
        "{'kind':'window','period':'day','zone':'Berlin'} | zone is 'Berlin'; it must be a time zone",
        "{'kind':'window','period':'day','zone':'a b'}    | zone is 'a b'; it must be a time zone",
        "{'kind':'window','period':'day','zone':null}     | zone must be a string",
        "{'kind':'window','period':'day','min':1} | min is 1; a window starts at 0, so it must",
        "{'kind':'window','period':'day','max':1} | max is not for the kind window",
        "{'kind':'gauge','max':NaN}              | max must be a finite number",
        "{'kind':'total','max':Infinity}         | max is Infinity; it must be a whole number",
        "{'kind':'expiring','limit':NaN}         | limit must be a whole number",
        "{'kind':'window','period':'day','min':0.5} | min is 0.5; it must be a whole number",
        "{'kind':'limits'}                       | limits are missing; there must be 1 to 8",
        "{'kind':'limits','limits':[]}           | limits are 0; there must be 1 to 8",
        "{'kind':'limits','limits':{}}           | limits must be an array",
        "{'kind':'limits','limits':[5]}          | limits[0].limit must be a JSON object",
        "{'kind':'limits','limits':[{}]}         | limits[0].kind is missing; a limit is of the kind",
        "{'kind':'limits','limits':[{'kind':'gauge','max':3}]} | limits[0].kind is gauge; a limit is of",
        "{'kind':'limits','limits':[{'kind':'limits'}]} | limits[0].kind is limits; a limit is of the",
        "{'kind':'limits','limits':[{'kind':'leaky','rate':'1/s'}]} | limits[0].capacity is missing;",
        "{'kind':'limits','limits':[{'kind':'total','limit':1},{'kind':'expiring'}]} | limits[1].limit is",
        "{'kind':'limits','limits':[{'kind':'leaky','capacity':1}]} | limits[0].rate is missing; a leaky",
        "{'kind':'limits','limits':[{'kind':'total','limit':1,'mode':'observe'}]} | limits[0].mode is not",
        "{'kind':'limits','limits':[{'kind':'total','limit':1,'description':'d'}]} | limits[0].description",
        "{'kind':'limits','limits':[{'kind':'total','limit':1,'plans':{}}]} | limits[0].plans is not for",
        "{'kind':'limits','limits':[{'kind':'total','limit':-1}]} | limits[0].limit is -1; it must not be",
        "{'kind':'limits','limit':5,'limits':[{'kind':'total','limit':1}]} | limit is not for the kind limits",
        "{'kind':'total','limits':[{'kind':'total','limit':1}]} | limits is not for the kind total",
        "{'kind':'total','period':'day'}         | period is not for the kind total",
        "{'kind':'total','max':9223372036854775808} | max is 9.223372036854776E18; it must be a",
        "{'kind':'total','max':'5'}              | max must be a number",
        "{'kind':'total','mode':'watch'}         | mode is 'watch'; it must be enforce or observe",
        "{'kind':'total','mode':null}            | mode must be a string",
        "{'kind':'total','dedupe':'10ms'}        | dedupe is 10ms; it must be from 1s to 400d",
        "{'kind':'total','dedupe':'401d'}        | dedupe is 401d; it must be from 1s to 400d",
        "{'kind':'total','maxIds':0}             | maxIds is 0; it must be from 1 to 1000000000",
        "{'kind':'total','maxIds':4294967297}    | maxIds is 4294967297; it must be from 1 to 1000000000",
        "{'kind':'total','maxIds':'5'}           | maxIds must be a whole number",
        "{'kind':'total','dedupe':60}            | dedupe must be a string",
        "{'kind':'total','journal':'999ms'}      | journal is 999ms; it must be from 1s to 3650d",
        "{'kind':'value','journal':'3651d'}      | journal is 3651d; it must be from 1s to 3650d",
        "{'kind':'gauge','journal':'forever'}    | journal is 'forever'; it must be a duration",
        "{'kind':'expiring','journal':'1d'}      | journal is not for the kind expiring; it is for total,",
        "{'kind':'leaky','rate':'1/s','journal':'1d'} | journal is not for the kind leaky; it is for",
        "{'kind':'window','period':'day','journal':'1d'} | journal is not for the kind window; it is for",
        "{'kind':'limits','journal':'1d','limits':[{'kind':'total','limit':1}]} | journal is not for the",
        "{'kind':'limits','limits':[{'kind':'total','limit':1,'journal':'1d'}]} | limits[0].journal is not for",
        "{'kind':'gauge','limit':5}              | limit is not for the kind gauge",
        "{'kind':'gauge','min':1,'max':0.5}      | min is 1.0; it must not be above max",
        "{'kind':'gauge','maxDelta':0}           | maxDelta is 0.0; it must be above 0",
        "{'kind':'gauge','max':1e999}            | max must be a finite number",
        "{'kind':'gauge','description':1}        | description must be a string",
        "{'kind':'gauge','description':'\\ud800'} | description has half of a surrogate pair",
        "{'kind':null}                           | kind must be a string",
        "{'kind':'expiring','size':1}            | size is not a field here; there are kind,",
        "{'kind':'expiring','rate':'1/s'}        | rate is not for the kind expiring",
        "{'kind':'expiring','capacity':null}     | capacity is not for the kind expiring",
        "{'kind':'expiring','ttl':'0s'}          | ttl is '0s'; it must be longer than zero",
        "{'kind':'expiring','ttl':'401d'}        | ttl is 401d; it may be at most 400d",
        "{'kind':'expiring','limit':-1}          | limit is -1; it must not be negative",
        "{'kind':'expiring','limit':'5'}         | limit must be a whole number",
        "{'kind':'leaky'}                        | rate is missing; a leaky bucket needs one",
        "{'kind':'leaky','rate':10}              | rate must be a string",
        "{'kind':'leaky','rate':'0/s'}           | rate is 0 a period; it must be from 1 to",
        "{'kind':'leaky','rate':'1/s','limit':1} | limit is not for the kind leaky",
        "{'kind':'total','initial':null}         | initial must be a whole number",
        "{'kind':'total','maxDelta':0}           | maxDelta is 0; it must be at least 1",
        "{'kind':'total','min':1}                | initial is 0; it must be at least 1",
        "{'kind':'total','ttl':'1s'}             | ttl is not for the kind total",
        "{'kind':'total','kind':'total'}         | kind is given twice",
        "{'kind':'total'} {}                     | body has something after the JSON object",
        "null                                    | policy must be a JSON object",
      })
  void shouldNameTheFieldAndTheRuleThatItBreaks(String json, String message) {
    assertThatThrownBy(() -> decode(json))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void shouldWriteTheFormThatPeopleWrite() {
    var policy = new Policy.Expiring(Duration.ofMinutes(2), OptionalLong.of(5));
    assertThat(new String(PolicyCodec.encode(policy), UTF_8))
        .isEqualTo("{\"kind\":\"expiring\",\"ttl\":\"2m\",\"limit\":5}");
  }

  @Test
  void shouldReadWindowsAndGauges() {
    var berlin = ZoneId.of("Europe/Berlin");
    var observed = new Terms(Policy.Mode.OBSERVE, Duration.ofHours(1), 5);
    assertThat(
            decode(
                "{'limit':5,'min':-3,'maxDelta':2,'zone':'Europe/Berlin','period':'day',"
                    + "'kind':'window','mode':'observe','dedupe':'1h','maxIds':5}"))
        .isEqualTo(
            new Policy.Window(
                WindowPeriod.parse("day"),
                berlin,
                OptionalLong.of(-3),
                OptionalLong.of(2),
                OptionalLong.of(5),
                0,
                observed));
    assertThat(decode("{'min':-1,'max':1.5,'maxDelta':2,'description':'°C','kind':'gauge'}"))
        .isEqualTo(
            new Policy.Gauge(
                OptionalDouble.of(-1),
                OptionalDouble.of(1.5),
                OptionalDouble.of(2),
                Terms.DEFAULT.describedBy(Optional.of("°C"))));
    assertThat(decode("{'kind':'gauge','min':null}")).isEqualTo(Policy.Gauge.unbounded());
    assertThat(decode("{'kind':'total','mode':'enforce','dedupe':'10m','maxIds':1000000}"))
        .isEqualTo(Policy.Total.unbounded());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{'kind':'expiring','ttl':'1m'}",
        "{'kind':'expiring','ttl':'1m','limit':5,'mode':'observe','dedupe':'1h'}",
        "{'kind':'leaky','rate':'10/s'}",
        "{'kind':'leaky','rate':'10/s','capacity':9,'dedupe':'400d','maxIds':1000000000}",
        "{'kind':'window','period':'day'}",
        "{'kind':'window','period':'15m','zone':'Europe/Berlin','min':-3,'maxDelta':2,'limit':5}",
        "{'kind':'total','initial':0}",
        "{'kind':'total','initial':1,'min':-2,'max':3,'maxDelta':4,'limit':5,'mode':'observe'}",
        "{'kind':'total','description':'bytes sent','initial':0}",
        "{'kind':'total','initial':0,'dedupe':'1h','maxIds':5,'journal':'90d'}",
        "{'kind':'value','journal':'1s'}",
        "{'kind':'leaky','description':'','rate':'10/s','dedupe':'1h'}",
        "{'kind':'gauge'}",
        "{'kind':'gauge','description':'d','min':-1.0,'max':1.5,'maxDelta':1.0E300}",
      })
  void shouldWriteTheseBytes(String golden) {
    assertThat(PolicyCodec.encode(decode(golden)))
        .asString(UTF_8)
        .isEqualTo(golden.replace('\'', '"'));
  }

  @Property
  @Domain(Contract.class)
  void shouldReadBackWhatItWrites(@ForAll Policy policy) {
    assertThat(PolicyCodec.decode(PolicyCodec.encode(policy))).isEqualTo(policy);
  }

  private static Policy decode(String json) {
    return PolicyCodec.decode(json.replace('\'', '"').getBytes(UTF_8));
  }
}

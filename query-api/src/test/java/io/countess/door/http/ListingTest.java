package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.answer.Cursor;
import io.countess.answer.KeyPage;
import io.countess.answer.NamespacePage;
import io.countess.answer.NamespaceView;
import io.countess.answer.Totals;
import io.countess.answer.VersionedPolicy;
import io.countess.event.ByteString;
import io.countess.event.CountRange;
import io.countess.event.Glob;
import io.countess.event.Policy;
import io.countess.event.Rate;
import io.countess.query.Question;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ListingTest {
  private static final ByteString LOGINS = ByteString.utf8("logins");
  private static final String KEYS = "/v1/namespaces/logins/keys";

  @RegisterExtension final Api api = new Api();

  @Test
  void shouldListKeysWithTheirCounts() {
    var notText = ByteString.of(new byte[] {-1});
    api.queries.find(
        new KeyPage(
            List.of(new KeyPage.Entry(ByteString.utf8("a/b"), 3), new KeyPage.Entry(notText, 1)),
            Optional.empty()));

    var response = api.get(KEYS);

    assertThat(response.headers().firstValue("Countess-Position")).hasValue("0@41");
    assertThat(response.body())
        .isEqualTo(
            "{\"keys\":[{\"key\":\"a/b\",\"count\":3},{\"keyBase64\":\"/w==\",\"count\":1}]}");
    var asked = (Question.KeysOf) api.queries.asked.get(0);
    assertThat(asked.namespace()).isEqualTo(LOGINS);
    assertThat(asked.match()).isSameAs(Glob.ALL);
    assertThat(asked.after()).isEmpty();
    assertThat(asked.limit()).isEqualTo(100);
  }

  @Test
  void shouldTellGaugesByTheirFractions() {
    var hall = new KeyPage.Entry(ByteString.utf8("hall"), 21.0);
    var roof = new KeyPage.Entry(ByteString.utf8("roof"), -1.5);
    api.queries.find(new KeyPage(List.of(hall, roof), Optional.empty()));

    assertThat(api.get(KEYS).body())
        .isEqualTo(
            "{\"keys\":[{\"key\":\"hall\",\"count\":21.0},{\"key\":\"roof\",\"count\":-1.5}]}");
  }

  @Test
  void shouldGoOnWhereAPageEnded() {
    var last = ByteString.of(new byte[] {-1, 0, '/', '+'});
    api.queries.find(
        new KeyPage(List.of(new KeyPage.Entry(last, 3)), Optional.of(Cursor.after(last))));

    String next = Api.json(api.get(KEYS + "?limit=1")).get("next").asText();
    api.get(KEYS + "?limit=1000&after=" + next);

    assertThat(next).matches("[A-Za-z0-9_-]+");
    var asked = (Question.KeysOf) api.queries.asked.get(1);
    assertThat(asked.after()).contains(last);
    assertThat(asked.limit()).isEqualTo(1000);
  }

  @Test
  void shouldListANamespaceThatIsNamedInBase64() {
    api.queries.find(new KeyPage(List.of(), Optional.empty()));

    api.get("/v1/keys?nsBase64=_wA&match=a*&limit=7");
    api.get("/v1/top?nsBase64=&k=3");

    var keys = (Question.KeysOf) api.queries.asked.get(0);
    assertThat(keys.namespace()).isEqualTo(ByteString.of(new byte[] {-1, 0}));
    assertThat(keys.match().matches(ByteString.utf8("ab"))).isTrue();
    assertThat(keys.limit()).isEqualTo(7);
    assertThat(api.queries.asked.get(1)).isEqualTo(new Question.TopOf(ByteString.EMPTY, 3));
  }

  @Test
  void shouldGoOnAfterTheEmptyName() {
    assertThat(Cursor.after(ByteString.EMPTY).text()).isNotEmpty();
    assertThat(Cursor.after(ByteString.EMPTY).name()).isEqualTo(ByteString.EMPTY);
  }

  @Test
  void shouldMatchAPattern() {
    api.queries.find(new KeyPage(List.of(), Optional.empty()));

    api.get(KEYS + "?match=user+%2B%3A%C3%A9*");

    var match = ((Question.KeysOf) api.queries.asked.get(0)).match();
    assertThat(match.matches(ByteString.utf8("user +:é1"))).isTrue();
    assertThat(match.matches(ByteString.utf8("user 1"))).isFalse();
  }

  @Test
  void shouldListTheHighestCounts() {
    api.queries.find(new KeyPage(List.of(new KeyPage.Entry(LOGINS, 3)), Optional.empty()));

    assertThat(api.get("/v1/namespaces/logins/top").body())
        .isEqualTo("{\"keys\":[{\"key\":\"logins\",\"count\":3}]}");
    api.get("/v1/namespaces/logins/top?k=1000");
    assertThat(api.queries.asked)
        .containsExactly(new Question.TopOf(LOGINS, 10), new Question.TopOf(LOGINS, 1000));
  }

  @Test
  void shouldListKeysWhoseCountsLieInARange() {
    api.queries.find(new KeyPage(List.of(), Optional.empty()));

    api.get(KEYS + "?min=-1.5");
    api.get("/v1/namespaces/logins/top?min=3&max=%2B1e3");

    var keys = ((Question.KeysOf) api.queries.asked.get(0)).counts();
    assertThat(keys).isEqualTo(CountRange.parse(Optional.of("-1.5"), Optional.empty()));
    var top = ((Question.TopOf) api.queries.asked.get(1)).counts();
    assertThat(top).isEqualTo(CountRange.parse(Optional.of("3"), Optional.of("1e3")));
  }

  @Test
  void shouldListNamespacesWithTheirPoliciesAndTotals() {
    var leaky = new Policy.Leaky(Rate.parse("10/s"), OptionalLong.of(20));
    api.queries.find(
        new NamespacePage(
            List.of(
                new NamespaceView(
                    ByteString.EMPTY,
                    new VersionedPolicy(Policy.DEFAULT, OptionalLong.empty()),
                    Totals.ZERO,
                    7),
                new NamespaceView(
                    LOGINS,
                    new VersionedPolicy(leaky, OptionalLong.of(12)),
                    new Totals(30, 4, true),
                    7)),
            Optional.of(Cursor.after(LOGINS))));

    var response = api.get("/v1/namespaces?limit=2");

    assertThat(response.body())
        .isEqualTo(
            "{\"namespaces\":["
                + "{\"namespace\":\"\",\"policy\":{\"kind\":\"expiring\",\"ttl\":\"1m\"},"
                + "\"totals\":{\"count\":0,\"keys\":0},\"at\":7},"
                + "{\"namespace\":\"logins\","
                + "\"policy\":{\"kind\":\"leaky\",\"rate\":\"10/s\",\"capacity\":20},"
                + "\"version\":12,\"totals\":{\"count\":30,\"keys\":4,\"approximate\":true},"
                + "\"at\":7}],"
                + "\"next\":\""
                + Cursor.after(LOGINS).text()
                + "\"}");
    api.get("/v1/namespaces?after=" + Cursor.after(LOGINS).text());
    assertThat(api.queries.asked)
        .containsExactly(
            new Question.Namespaces(Optional.empty(), 2),
            new Question.Namespaces(Optional.of(LOGINS), 100));
  }

  @Test
  void shouldTellTheTotalsOfEverything() {
    api.queries.find(new Totals(30, 4, false));

    assertThat(api.get("/v1/totals").body()).isEqualTo("{\"count\":30,\"keys\":4}");
    assertThat(api.queries.asked).containsExactly(new Question.Everything());

    api.queries.find(new Totals(Long.MAX_VALUE, 4, false, true));
    assertThat(api.get("/v1/totals").body())
        .isEqualTo("{\"count\":9223372036854775807,\"keys\":4,\"saturated\":true}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/v1/namespaces/n/keys?limit=0|limit is 0; it must be from 1 to 1000",
        "/v1/namespaces/n/keys?limit=1001|limit is 1001; it must be from 1 to 1000",
        "/v1/namespaces/n/keys?limit=many|limit is 'many'; it must be a whole number",
        "/v1/namespaces/n/keys?limit=|limit is ''; it must be a whole number",
        "/v1/namespaces/n/keys?limit=%D9%A3|limit is '٣'; it must be a whole number",
        "/v1/namespaces/n/keys?limit=4294967297|limit is '4294967297'; it must be a whole number",
        "/v1/namespaces/n/keys?after=x|after is 'x'; it must be what an earlier page called next",
        "/v1/namespaces/n/keys?after=|after is ''; it must be what an earlier page called next",
        "/v1/namespaces/n/keys?match=%FF|match is not UTF-8",
        "/v1/namespaces/n/keys?k=1|k is not a parameter here; there are after, limit, match,"
            + " max, min, partial, timeout, window",
        "/v1/namespaces/n/keys?min=few|min is 'few'; it must be a number",
        "/v1/namespaces/n/keys?max=|max is ''; it must be a number",
        "/v1/namespaces/n/top?max=1e|max is '1e'; it must be a number",
        "/v1/namespaces/n/top?min=1e99999999999|min is '1e99999999999', which has too large an"
            + " exponent",
        "/v1/namespaces/n/top?min=3&max=2.5|min is 3; it may not be more than max, which is 2.5",
        "/v1/namespaces/n/top?k=0|k is 0; it must be from 1 to 1000",
        "/v1/namespaces?limit=1001|limit is 1001; it must be from 1 to 1000",
        "/v1/namespaces?match=a|match is not a parameter here; there are after, limit,"
            + " partial, timeout",
        "/v1/totals?limit=1|limit is not a parameter here; there are partial, timeout",
      })
  void shouldNameTheParameterAndTheRule(String path, String detail) {
    var response = api.get(path);

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(Api.json(response).get("detail").asText()).isEqualTo(detail);
    assertThat(detail).startsWith(Api.json(response).get("field").asText());
  }
}

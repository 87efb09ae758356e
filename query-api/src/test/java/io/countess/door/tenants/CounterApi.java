package io.countess.door.tenants;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countess.server.Alone;
import io.countess.server.Countess;
import io.countess.server.Setting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * A client of counter-api.
 *
 * @param headers by turns a name and a value
 */
record CounterApi(String url, List<String> headers) {
  static final String ADMIN_KEY = "the-key-of-the-admin";
  static final Map<Setting, String> OPEN =
      Map.of(
          Setting.TENANTS, "true",
          Setting.TENANTS_PORT, "0",
          Setting.TENANTS_ADMIN_KEY, ADMIN_KEY,
          Setting.TENANTS_LIMIT, "off");

  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final ObjectMapper JSON = new ObjectMapper();

  static Countess start(Path data, String store, Map<Setting, String> more)
      throws InterruptedException {
    var flags = new EnumMap<Setting, String>(Setting.class);
    flags.putAll(OPEN);
    flags.putAll(more);
    return Alone.start(data, store, flags);
  }

  /** One without a key. */
  static CounterApi of(Countess countess) {
    return new CounterApi(countess.tenants().orElseThrow().url(), List.of());
  }

  CounterApi with(String header, String value) {
    var more = new ArrayList<>(headers);
    more.add(header);
    more.add(value);
    return new CounterApi(url, more);
  }

  CounterApi key(String key) {
    return with("X-API-Key", key);
  }

  CounterApi admin() {
    return key(ADMIN_KEY);
  }

  /** The same, whose next request is done once, however often it is sent. */
  CounterApi once(String key) {
    return with("Idempotency-Key", key);
  }

  /** An answer. */
  record Answer(int status, String body, HttpResponse<String> response) {
    String header(String name) {
      return response.headers().firstValue(name).orElse("");
    }

    /** Status and text. */
    String told() {
      return body.isEmpty() ? "" + status : status + " " + body;
    }

    JsonNode json() {
      try {
        return JSON.readTree(body);
      } catch (IOException malformed) {
        throw new UncheckedIOException(malformed);
      }
    }

    String text(String field) {
      return json().path(field).asText();
    }

    Answer is(int expected) {
      assertThat(status).as(body).isEqualTo(expected);
      return this;
    }
  }

  Answer get(String path) {
    return ask("GET", path, "");
  }

  Answer post(String path) {
    return ask("POST", path, "");
  }

  Answer post(String path, String body) {
    return ask("POST", path, body);
  }

  Answer ask(String method, String path, String body) {
    var request =
        HttpRequest.newBuilder(URI.create(url + path))
            .method(method, BodyPublishers.ofString(body));
    if (!headers.isEmpty()) {
      request.headers(headers.toArray(String[]::new));
    }
    try {
      HttpResponse<String> response = HTTP.send(request.build(), BodyHandlers.ofString());
      return new Answer(response.statusCode(), response.body(), response);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException stopped) {
      throw new IllegalStateException(stopped);
    }
  }

  /** A tenant of this label, and its path. */
  String tenant(String label) {
    return "/tenants/"
        + admin().post("/tenants", "{\"label\":\"" + label + "\"}").is(201).text("tenant_id");
  }

  /** A counter of a tenant, and its path. */
  String counter(String tenant, String body) {
    return tenant
        + "/counters/"
        + admin().post(tenant + "/counters", body).is(201).text("counter_id");
  }

  /** What an error in the usual shape looks like. */
  static String error(int status, String code, String message) {
    return "%d {\"errors\":[{\"code\":\"%s\",\"message\":\"%s\"}]}"
        .formatted(status, code, message);
  }
}

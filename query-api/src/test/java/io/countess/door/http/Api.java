package io.countess.door.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.countess.door.Admission;
import io.countess.door.ApiKeys;
import io.countess.door.Floor;
import io.countess.door.KeysConfig;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/** The real server on a free port, with ports behind it that a test controls, and a client. */
final class Api implements BeforeEachCallback, AfterEachCallback {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  private static final HttpConfig LOOPBACK = new HttpConfig("127.0.0.1", 0);

  final FakeQueries queries = new FakeQueries();
  final FakeCommands commands = new FakeCommands();
  final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  final Admission admission;
  private final HttpConfig config;
  private final KeysConfig keys;
  HttpServer server;

  Api() {
    this(LOOPBACK, KeysConfig.NONE, 100);
  }

  Api(HttpConfig config) {
    this(config, KeysConfig.NONE, 100);
  }

  Api(HttpConfig config, KeysConfig keys) {
    this(config, keys, 100);
  }

  Api(int mostUnderWay) {
    this(LOOPBACK, KeysConfig.NONE, mostUnderWay);
  }

  /** With one key that has every scope. */
  Api(String key) {
    this(LOOPBACK, new KeysConfig(Optional.empty(), Optional.of(key), false));
  }

  private Api(HttpConfig config, KeysConfig keys, int mostUnderWay) {
    this.config = config;
    this.keys = keys;
    this.admission = new Admission(mostUnderWay);
  }

  @Override
  public void beforeEach(ExtensionContext context) {
    var port = HttpPort.bind(config, keys);
    server = HttpServer.start(port, floor(), Optional::empty, admission);
  }

  Floor floor() {
    return new Floor(queries, commands, new ApiKeys(keys), registry);
  }

  @Override
  public void afterEach(ExtensionContext context) {
    server.close();
  }

  HttpResponse<String> get(String path, String... headers) {
    return send(request(path, headers).GET());
  }

  HttpResponse<String> delete(String path, String... headers) {
    return send(request(path, headers).DELETE());
  }

  HttpResponse<String> post(String path, String body, String... headers) {
    return send(request(path, headers).POST(BodyPublishers.ofString(body)));
  }

  HttpResponse<String> put(String path, String body, String... headers) {
    return send(request(path, headers).PUT(BodyPublishers.ofString(body)));
  }

  HttpRequest.Builder request(String path, String... headers) {
    var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path));
    return headers.length == 0 ? request : request.headers(headers);
  }

  HttpResponse<String> send(HttpRequest.Builder request) {
    try {
      return CLIENT.send(request.build(), Api::body);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    } catch (InterruptedException interrupted) {
      throw new IllegalStateException(interrupted);
    }
  }

  /** The body as text; each of JSON ends with a line end, which is taken off. */
  private static HttpResponse.BodySubscriber<String> body(HttpResponse.ResponseInfo info) {
    boolean isJson = info.headers().firstValue("Content-Type").orElse("").contains("json");
    return HttpResponse.BodySubscribers.mapping(
        HttpResponse.BodySubscribers.ofString(StandardCharsets.UTF_8),
        text -> {
          if (!isJson || text.isEmpty()) {
            return text;
          }
          assertThat(text).endsWith("}\n");
          return text.substring(0, text.length() - 1);
        });
  }

  /** Sends {@code request} as it stands, and reads until the server closes the connection. */
  String raw(String request) {
    return raw(request.getBytes(StandardCharsets.UTF_8));
  }

  /** The same, of bytes that need not be text. */
  String raw(byte[] request) {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), server.port())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(request);
      socket.getOutputStream().flush();
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Sends a request line with this target, which no client library has touched. */
  String rawGet(String target) {
    return raw("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n");
  }

  static JsonNode json(HttpResponse<String> response) {
    return json(response.body());
  }

  static JsonNode json(String body) {
    try {
      return JSON.readTree(body);
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }
}

package io.countess.cli.rehearse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;

/** Requests one after the other, over a connection that is kept. */
final class Http {
  private static final int PATIENCE_MILLIS = 20_000;

  private final String url;

  Http(String url) {
    this.url = url;
  }

  /** What is answered; a status that says that the server could not is a failure. */
  String ask(String method, String path, String body, String... headers) throws IOException {
    var connection = (HttpURLConnection) URI.create(url + path).toURL().openConnection();
    connection.setRequestMethod(method);
    connection.setConnectTimeout(PATIENCE_MILLIS);
    connection.setReadTimeout(PATIENCE_MILLIS);
    for (int i = 0; i < headers.length; i += 2) {
      connection.setRequestProperty(headers[i], headers[i + 1]);
    }
    if (!body.isEmpty()) {
      connection.setDoOutput(true);
      connection.setRequestProperty("Content-Type", "application/json");
      connection.getOutputStream().write(body.getBytes(UTF_8));
    }
    int status = connection.getResponseCode();
    if (status == 503 || status == 504) {
      throw new Rehearsal.TooBusy(url + " says " + status);
    }
    if (status >= 500 || status == 404) {
      throw new IOException(method + " " + path.replaceAll("[0-9]+", "N") + " says " + status);
    }
    try (InputStream in =
        status < 400 ? connection.getInputStream() : connection.getErrorStream()) {
      return in == null ? "" : new String(in.readAllBytes(), UTF_8);
    }
  }
}

package io.countess.door.metricnexus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/** Sends requests as they are written, as a client that takes any certificate. */
record NexusPeer(int port, String headers) {
  private static final int PATIENCE_MILLIS = 20_000;

  /** Without an API key. */
  static NexusPeer to(int port) {
    return new NexusPeer(port, "");
  }

  /** The same with an API key as MetricNexus's clients send it. */
  NexusPeer with(String key) {
    return new NexusPeer(port, "Authorization: token " + key + "\r\n");
  }

  /** An answer. */
  record Answer(int status, String head, String body) {
    /** A header's value. */
    Optional<String> header(String name) {
      return head.lines()
          .filter(line -> line.regionMatches(true, 0, name + ": ", 0, name.length() + 2))
          .map(line -> line.substring(name.length() + 2))
          .findFirst();
    }

    /** Status and text, as clients look at them. */
    String told() {
      return status + (body.isEmpty() ? "" : " " + body);
    }
  }

  String get(String path) {
    return ask("GET", path, "").told();
  }

  String post(String path, String body) {
    return ask("POST", path, body).told();
  }

  String put(String path, String body) {
    return ask("PUT", path, body).told();
  }

  String delete(String path) {
    return ask("DELETE", path, "").told();
  }

  Answer ask(String method, String path, String body) {
    return ask(method, path, body.getBytes(UTF_8));
  }

  Answer ask(String method, String path, byte[] body) {
    String head =
        "%s %s HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: %d\r\n%s\r\n"
            .formatted(method, path, body.length, headers);
    var all = new ByteArrayOutputStream();
    all.writeBytes(head.getBytes(UTF_8));
    all.writeBytes(body);
    return answer(send(all.toByteArray()));
  }

  /** All that is answered to these bytes. */
  byte[] send(byte[] bytes) {
    try (Socket socket = connect()) {
      socket.getOutputStream().write(bytes);
      return socket.getInputStream().readAllBytes();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  private static Answer answer(byte[] bytes) {
    String[] parts = new String(bytes, ISO_8859_1).split("\r\n\r\n", 2);
    return new Answer(
        Integer.parseInt(parts[0].substring(9, 12)),
        parts[0],
        new String(parts[1].getBytes(ISO_8859_1), UTF_8));
  }

  SSLSocket connect() throws IOException {
    var socket =
        (SSLSocket)
            trustingAll().getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port);
    socket.setSoTimeout(PATIENCE_MILLIS);
    return socket;
  }

  /** The certificate that it is shown. */
  X509Certificate certificate() throws IOException {
    try (SSLSocket socket = connect()) {
      return (X509Certificate) socket.getSession().getPeerCertificates()[0];
    }
  }

  private static SSLContext trustingAll() {
    try {
      var context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new AnyCertificate()}, null);
      return context;
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** As clients with {@code allowSelfSigned}. */
  private static final class AnyCertificate implements X509TrustManager {
    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {
      throw new UnsupportedOperationException("this is no server");
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {
      assert List.of(chain).size() > 0;
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }
}

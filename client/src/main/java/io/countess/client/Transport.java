package io.countess.client;

import io.countess.background.DaemonThreads;
import io.countess.background.UnusedConnections;
import io.countess.event.Durations;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.channels.UnresolvedAddressException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.TrustManager;

/** Sends requests, within their time. */
final class Transport {
  private final CountsConfig config;
  private final Lookup lookup;
  private final ExecutorService threads;
  private final HttpClient client;

  Transport(CountsConfig config) {
    this.config = config;
    this.lookup = new Lookup(config.url());
    UnusedConnections.letGoEarly();
    this.threads = Executors.newCachedThreadPool(new DaemonThreads("countess-client"));
    var builder =
        HttpClient.newBuilder()
            .executor(threads)
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(connect());
    this.client = isPlain(config) ? withoutTls(builder).build() : builder.build();
  }

  private static boolean isPlain(CountsConfig config) {
    return config.url().getScheme().equals("http");
  }

  /** Reading the certificates of this machine, of no use here, takes longer than a request. */
  private static HttpClient.Builder withoutTls(HttpClient.Builder builder) {
    try {
      var nothing = SSLContext.getInstance("TLS");
      nothing.init(new KeyManager[0], new TrustManager[0], null);
      return builder.sslContext(nothing).sslParameters(new SSLParameters());
    } catch (GeneralSecurityException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  /** Ends before the call does, so that it is known that nothing was sent. */
  private Duration connect() {
    Duration most = Deadline.forServer(config.timeout());
    return config.connect().compareTo(most) < 0 ? config.connect() : most;
  }

  /** A request to {@code target}, to which method, body and headers may be added. */
  HttpRequest.Builder request(Target target) {
    String base = config.url().toString().replaceFirst("/+$", "");
    var request = HttpRequest.newBuilder(URI.create(base + target));
    config.apiKey().ifPresent(key -> request.header("Authorization", "Bearer " + key));
    return request;
  }

  /**
   * Sends a request and waits for the whole answer, for as long as a call may take.
   *
   * @throws UncheckedIOException where none comes in time
   */
  Reply send(HttpRequest request) {
    return send(request, Deadline.in(config.timeout()));
  }

  /** The same, until {@code deadline}. */
  Reply send(HttpRequest request, Deadline deadline) {
    lookUp(deadline);
    CompletableFuture<HttpResponse<byte[]>> answer = sendAsync(request);
    try {
      return Reply.of(answer.get(deadline.left().toNanos(), TimeUnit.NANOSECONDS));
    } catch (TimeoutException late) {
      answer.cancel(true);
      throw unreachable("no answer within " + Durations.format(deadline.whole()), late);
    } catch (ExecutionException failed) {
      throw failure(failed);
    } catch (InterruptedException interrupted) {
      answer.cancel(true);
      throw interrupted();
    }
  }

  /** Runs it on a thread of its own. */
  void execute(Runnable task) {
    threads.execute(task);
  }

  private void lookUp(Deadline deadline) {
    try {
      lookup.await(deadline);
    } catch (TimeoutException late) {
      throw unreachable(late.getMessage(), new UnknownHostException(config.url().getHost()));
    } catch (InterruptedException interrupted) {
      throw interrupted();
    }
  }

  /** Lets the threads go; calls fail from now on. */
  void close() {
    threads.shutdown();
  }

  CompletableFuture<HttpResponse<byte[]>> sendAsync(HttpRequest request) {
    return client.sendAsync(request, info -> new BoundedBody());
  }

  /** Why no answer came, as it is thrown. */
  UncheckedIOException failure(ExecutionException failed) {
    Throwable cause = failed.getCause();
    if (cause instanceof HttpConnectTimeoutException) {
      return unreachable("no connection within " + Durations.format(connect()), cause);
    } else if (cause instanceof ConnectException) {
      boolean unknown = cause.getCause() instanceof UnresolvedAddressException;
      return unreachable(unknown ? "the host is unknown" : "the connection was refused", cause);
    } else if (cause instanceof IOException) {
      String why = String.valueOf(cause.getMessage());
      if (why.contains("status line")) {
        return unreachable("what answers there is no HTTP: is this the right port?", cause);
      }
      boolean silent = why.contains("header parser received no bytes");
      return unreachable(silent ? "the connection was closed without an answer" : why, cause);
    }
    throw new IllegalStateException(cause);
  }

  UncheckedIOException unreachable(String why, Throwable cause) {
    String message = config.url() + ": " + why;
    return new UncheckedIOException(message, new IOException(message, cause));
  }

  /** An interrupt, as it is thrown; the thread stays marked. */
  static UncheckedIOException interrupted() {
    Thread.currentThread().interrupt();
    return new UncheckedIOException("interrupted", new InterruptedIOException());
  }
}

package io.countess.cli.killed;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ConnectException;
import java.util.List;

/** Adds to a metric of MetricNexus, and has deleted another one before. */
final class MetricNexus implements Client {
  private final int port;
  private final PlainHttp http;
  private int status = 404;

  MetricNexus(int port) {
    this.port = port;
    http = new PlainHttp(port);
  }

  @Override
  public List<String> flags() {
    return List.of("--metric-nexus", "--metric-nexus-tls=off", "--metric-nexus-port=" + port);
  }

  @Override
  public boolean isServed() throws IOException, InterruptedException {
    return http.status("GET", "/killed", "") == status;
  }

  @Override
  public void prepare() throws IOException, InterruptedException {
    assertThat(http.status("POST", "/killed", "of a test")).isEqualTo(201);
    assertThat(http.status("POST", "/gone", "of a test")).isEqualTo(201);
    assertThat(http.status("DELETE", "/gone", "")).isEqualTo(204);
    status = 200;
  }

  @Override
  public int enough() {
    return 200;
  }

  @Override
  public void count(Books books) throws InterruptedException {
    try {
      int answer = http.status("PUT", "/killed/inc", "");
      if (answer == 204) {
        books.answer();
      } else if (answer == 503) {
        books.pause();
      } else {
        books.lose(1);
      }
    } catch (ConnectException nobody) {
      books.pause();
    } catch (IOException brokenOff) {
      books.lose(1);
    }
  }

  @Override
  public void check(Books books) throws IOException, InterruptedException {
    books.check(Long.parseLong(http.ask("GET", "/killed", "").body()));
    assertThat(http.status("GET", "/gone", "")).isEqualTo(404);
  }
}

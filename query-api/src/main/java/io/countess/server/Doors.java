package io.countess.server;

import io.countess.door.ApiKeys;
import io.countess.door.Door;
import io.countess.door.Floor;
import io.countess.door.http.HttpPort;
import io.countess.door.http.HttpServer;
import io.countess.metrics.Metrics;
import io.countess.query.Commands;
import io.countess.query.Instance;
import io.countess.query.Queries;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * All ways in. They open before there is anything behind them, so that doors and fold start side by
 * side, and close before anything else does.
 */
final class Doors {
  private final Ports ports = new Ports();
  private final CompletableFuture<HttpServer> http;

  /**
   * Binds every port, so that one that is taken ends the start at once, and begins to listen.
   *
   * @throws io.countess.event.InvalidInputException naming the setting that is wrong
   */
  Doors(CountessConfig config, Metrics metrics, Opened opened) {
    HttpPort httpPort = HttpPort.bind(config.http(), config.keys());
    opened.add(httpPort::close);
    var keys = new ApiKeys(config.keys());
    if (config.broker().isEmpty()) {
      keys.requirePeer(config.peers().key());
    }
    var floor = new Floor(ports, ports, keys, metrics.registry());
    http = CompletableFuture.supplyAsync(() -> HttpServer.start(httpPort, floor, ports::here));
    opened.add(this::closeHttp);
  }

  /** At once, or as soon as it listens; that it never will is told by who asks for its port. */
  private void closeHttp() {
    var unused = http.thenAccept(HttpServer::close);
  }

  /** The port of HTTP, when it listens. */
  int httpPort() {
    return Joining.join(http).port();
  }

  Queries queries() {
    return ports;
  }

  Commands commands() {
    return ports;
  }

  /**
   * Has them lead somewhere.
   *
   * @param here what other instances ask
   */
  void lead(Queries queries, Commands commands, Instance here) {
    ports.open(queries, commands, here);
  }

  /** Closes all, side by side: each waits for what is under way. */
  void close() {
    List<Door> doors = List.of(Joining.join(http));
    var closing = doors.stream().map(door -> CompletableFuture.runAsync(door::close)).toList();
    closing.forEach(Joining::join);
  }
}

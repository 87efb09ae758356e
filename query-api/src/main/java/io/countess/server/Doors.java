package io.countess.server;

import io.countess.door.ApiKeys;
import io.countess.door.Door;
import io.countess.door.Floor;
import io.countess.door.dracula.DraculaDoor;
import io.countess.door.envoy.EnvoyDoor;
import io.countess.door.http.HttpPort;
import io.countess.door.http.HttpServer;
import io.countess.door.metricnexus.MetricNexusDoor;
import io.countess.door.redis.RedisDoor;
import io.countess.door.tenants.TenantsDoor;
import io.countess.metrics.Metrics;
import io.countess.query.Commands;
import io.countess.query.Instance;
import io.countess.query.Queries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * All ways in. They open before there is anything behind them, so that doors and fold start side by
 * side, and close before anything else does.
 */
final class Doors {
  private final DeferredService service = new DeferredService();
  private final CompletableFuture<HttpServer> http;
  private final Optional<DraculaDoor> dracula;
  private final Optional<RedisDoor> redis;
  private final Optional<MetricNexusDoor> metricNexus;
  private final Optional<EnvoyDoor> envoy;
  private final Optional<TenantsDoor> tenants;

  /**
   * Binds every port, so that one that is taken ends the start at once, and begins to listen.
   *
   * @throws io.countess.event.InvalidInputException naming the setting that is wrong
   */
  Doors(CountessConfig config, Metrics metrics, Closers closers) {
    HttpPort httpPort = HttpPort.bind(config.http(), config.keys());
    closers.add(httpPort::close);
    var keys = new ApiKeys(config.keys());
    if (config.broker().isEmpty()) {
      keys.requirePeer(config.peers().key());
    }
    var floor = new Floor(service, service, keys, metrics.registry());
    http = CompletableFuture.supplyAsync(() -> HttpServer.start(httpPort, floor, service::here));
    closers.add(this::closeHttp);
    dracula = config.doors().dracula().map(it -> DraculaDoor.start(it, config.keys(), floor));
    dracula.ifPresent(door -> closers.add(door::close));
    redis = config.doors().redis().map(it -> RedisDoor.start(it, config.keys(), floor));
    redis.ifPresent(door -> closers.add(door::close));
    metricNexus =
        config.doors().metricNexus().map(it -> MetricNexusDoor.start(it, config.keys(), floor));
    metricNexus.ifPresent(door -> closers.add(door::close));
    envoy = config.doors().envoy().map(it -> EnvoyDoor.start(it, config.keys(), floor));
    envoy.ifPresent(door -> closers.add(door::close));
    tenants = config.doors().tenants().map(it -> TenantsDoor.start(it, config.keys(), floor));
    tenants.ifPresent(door -> closers.add(door::close));
  }

  /** At once, or as soon as it listens; that it never will is told by who asks for its port. */
  private void closeHttp() {
    var unused = http.thenAccept(HttpServer::close);
  }

  /** The port of HTTP, when it listens. */
  int httpPort() {
    return join(http).port();
  }

  /** The Dracula door, where it is on. */
  Optional<DraculaDoor> dracula() {
    return dracula;
  }

  /** The Redis door, where it is on. */
  Optional<RedisDoor> redis() {
    return redis;
  }

  /** The MetricNexus door, where it is on. */
  Optional<MetricNexusDoor> metricNexus() {
    return metricNexus;
  }

  /** The Envoy door, where it is on. */
  Optional<EnvoyDoor> envoy() {
    return envoy;
  }

  /** The door for counter-api, where it is on. */
  Optional<TenantsDoor> tenants() {
    return tenants;
  }

  Queries queries() {
    return service;
  }

  Commands commands() {
    return service;
  }

  /**
   * Has questions lead somewhere.
   *
   * @param here what other instances ask
   */
  void lead(Queries queries, Instance here) {
    service.open(queries, here);
  }

  /** Has commands lead somewhere: until then they are told that the service is starting. */
  void letIn(Commands commands) {
    service.letIn(commands);
  }

  /** Closes all, side by side: each waits for what is under way. */
  void close() {
    var doors = new ArrayList<Door>(List.of(join(http)));
    dracula.ifPresent(doors::add);
    redis.ifPresent(doors::add);
    metricNexus.ifPresent(doors::add);
    envoy.ifPresent(doors::add);
    tenants.ifPresent(doors::add);
    var closing = doors.stream().map(door -> CompletableFuture.runAsync(door::close)).toList();
    closing.forEach(Doors::join);
  }

  /** Waits for what was started on another thread, and throws what that threw. */
  private static <T> T join(CompletableFuture<T> started) {
    try {
      return started.join();
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof RuntimeException cause ? cause : failed;
    }
  }
}

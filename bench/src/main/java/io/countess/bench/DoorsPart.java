package io.countess.bench;

import io.countess.door.dracula.DraculaDoor;
import io.countess.door.redis.RedisDoor;
import io.countess.server.Countess;
import io.countess.server.CountessConfig;
import io.countess.server.Setting;
import io.countess.server.Settings;
import java.io.ByteArrayOutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Requests through the doors of other systems, asked by a client in this process. Beside the Redis
 * door a real redis-server gets the same commands, where there is one on the PATH.
 */
final class DoorsPart implements Part.Measuring {
  private static final List<Integer> CONNECTIONS = List.of(1, 16, 64);
  private static final List<Integer> PIPELINED = List.of(1, 16);
  private static final List<String> COMMANDS = List.of("INCR", "GET");
  private static final int KEYS = 100_000;
  private static final int REQUESTS = 2048;
  private static final int DATAGRAMS = 64;

  /** A round has many runs: to warm up, shorter ones do. */
  private static final int WARM_UP_PARTS = 4;

  private static final String COUNTESS = "Countess";
  private static final String REDIS = RedisServer.TITLE;

  private final Workbench bench;
  private final Plan plan;
  private final Results results = new Results();

  DoorsPart(Workbench bench, Plan plan) {
    this.bench = bench;
    this.plan = plan;
  }

  @Override
  public List<Comparison> run() {
    Path data = bench.path("doors");
    try (var redis = RedisServer.start(bench);
        var countess = Countess.start(withDoors(data))) {
      bench.awaitReady(countess);
      var servers = new LinkedHashMap<String, InetSocketAddress>();
      servers.put(COUNTESS, here(countess.redis().map(RedisDoor::port).orElseThrow()));
      redis.server().ifPresent(it -> servers.put(REDIS, here(it.port())));
      InetSocketAddress dracula = here(countess.dracula().map(DraculaDoor::port).orElseThrow());
      var warmingUp = new Round(plan.span().dividedBy(WARM_UP_PARTS), new Results());
      Warmup.here(bench, plan).run("doors", () -> round(servers, dracula, warmingUp));
      for (int round = 1; round <= plan.rounds(); round++) {
        bench.step("doors, round %d of %d".formatted(round, plan.rounds()));
        round(servers, dracula, new Round(plan.span(), results));
      }
    } finally {
      bench.delete(data);
    }
    return results.comparisons();
  }

  private CountessConfig withDoors(Path data) {
    Map<Setting, String> settings = plan.settings(data);
    settings.put(Setting.REDIS, "true");
    settings.put(Setting.REDIS_PORT, "0");
    settings.put(Setting.DRACULA, "true");
    settings.put(Setting.DRACULA_PORT, "0");
    settings.put(Setting.DRACULA_REST_PORT, "off");
    return CountessConfig.of(Settings.read(settings, Map.of()));
  }

  private static InetSocketAddress here(int port) {
    return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
  }

  /**
   * A round.
   *
   * @param span how long each of its runs takes
   * @param into what takes its figures
   */
  private record Round(Duration span, Results into) {}

  private void round(
      Map<String, InetSocketAddress> servers, InetSocketAddress dracula, Round round) {
    redis(servers, round);
    dracula(dracula, round);
  }

  private void redis(Map<String, InetSocketAddress> servers, Round round) {
    for (int connections : CONNECTIONS) {
      for (int pipelined : PIPELINED) {
        for (String command : COMMANDS) {
          String title = "%s, %d connections".formatted(command, connections);
          title += pipelined == 1 ? ", " : ", %d pipelined, ".formatted(pipelined);
          List<byte[]> requests = requests(command, pipelined);
          for (Map.Entry<String, InetSocketAddress> server : servers.entrySet()) {
            InetSocketAddress address = server.getValue();
            Load.Opener opener = it -> new RespExchange(address, pipelined, it);
            measure(
                new Run(title, server.getKey(), connections, pipelined, requests), opener, round);
          }
        }
      }
    }
  }

  private void dracula(InetSocketAddress server, Round round) {
    var keys = new SplittableRandom(1);
    for (String what : List.of("puts", "counts")) {
      char command = what.equals("puts") ? 'P' : 'C';
      List<byte[]> requests =
          Stream.generate(() -> KeyDraw.name(keys.nextInt(KEYS)))
              .limit(REQUESTS)
              .map(key -> DraculaExchange.request(command, KeyDraw.NAMESPACE, key))
              .toList();
      String title = "Dracula " + what + " over UDP, " + DATAGRAMS + " under way, ";
      Load.Opener opener = it -> DraculaExchange.open(server, it);
      measure(new Run(title, COUNTESS, DATAGRAMS, 1, requests), opener, round);
    }
  }

  /**
   * A run.
   *
   * @param title what is asked, and how
   * @param of who is asked
   * @param commands in each of the requests
   */
  private record Run(
      String title, String of, int connections, int commands, List<byte[]> requests) {}

  private void measure(Run run, Load.Opener opener, Round round) {
    try (var load = Load.open(bench, run.connections, opener)) {
      Speed speed = load.run(run.requests, round.span).times(run.commands);
      bench.step("  %s%s: %s".formatted(run.title, run.of, speed));
      round.into.add(run.title + "a second", Unit.PER_SECOND, run.of, speed.perSecond());
      round.into.add(run.title + "p99", Unit.MILLIS, run.of, speed.p99Millis());
    }
  }

  /** Commands on keys that are drawn anew for each, so many in a piece. */
  private static List<byte[]> requests(String command, int pipelined) {
    var keys = new SplittableRandom(pipelined);
    return IntStream.range(0, REQUESTS)
        .mapToObj(
            i -> {
              var request = new ByteArrayOutputStream();
              for (int j = 0; j < pipelined; j++) {
                request.writeBytes(request(command, KeyDraw.name(keys.nextInt(KEYS))));
              }
              return request.toByteArray();
            })
        .toList();
  }

  /** A command on a key. */
  static byte[] request(String command, String key) {
    return "*2\r\n$%d\r\n%s\r\n$%d\r\n%s\r\n"
        .formatted(command.length(), command, key.length(), key)
        .getBytes(StandardCharsets.US_ASCII);
  }
}

package io.countess.door.redis;

import io.countess.event.ByteString;
import io.countess.event.Glob;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What is about the server: how it is, what it knows, what time it is. */
final class ServerCommands {
  /** Clients ask for some of these before they begin; all of them stand as they are. */
  private static final Map<String, String> CONFIG =
      new TreeMap<>(
          Map.of(
              "appendonly", "yes",
              "databases", "1",
              "maxclients", Integer.toString(RedisDoor.MAX_CONNECTIONS),
              "maxmemory", "0",
              "maxmemory-policy", "noeviction",
              "proto-max-bulk-len", Integer.toString(RequestParser.MAX_BYTES),
              "save", "",
              "timeout", "0"));

  private final Sessions sessions;
  private final CommandCommands commands;
  private final long beganNanos = System.nanoTime();

  ServerCommands(CommandTable table, Sessions sessions) {
    this.sessions = sessions;
    this.commands = new CommandCommands(table);
  }

  List<RedisCommand> all() {
    return List.of(
        RedisCommand.of("command", -1, commands::command),
        RedisCommand.of("config", -2, ServerCommands::config),
        RedisCommand.of("info", -1, this::info),
        RedisCommand.of("time", 1, call -> Told.of(time(Instant.now()))));
  }

  private static Reply time(Instant now) {
    return Reply.many(
        Reply.bulk(Long.toString(now.getEpochSecond())),
        Reply.bulk(Long.toString(now.getNano() / 1000)));
  }

  private static Told config(Call call) {
    Args args = call.args();
    if (!args.is(1, "get")) {
      return Refusals.unknownSubcommand("CONFIG", args);
    } else if (args.size() < 3) {
      return Refusals.arity("config|get");
    }
    var found = new ArrayList<Reply>();
    CONFIG.forEach(
        (name, value) -> {
          if (isAsked(args, name)) {
            found.add(Reply.bulk(name));
            found.add(Reply.bulk(value));
          }
        });
    return Told.of(new Reply.Pairs(found));
  }

  private static boolean isAsked(Args args, String name) {
    for (int i = 2; i < args.size(); i++) {
      if (Glob.of("parameter", Args.bytes(args.word(i))).matches(ByteString.utf8(name))) {
        return true;
      }
    }
    return false;
  }

  private Told info(Call call) {
    Args args = call.args();
    Set<String> asked =
        args.all().stream()
            .skip(1)
            .map(it -> Args.text(it).toLowerCase(Locale.ROOT))
            .collect(Collectors.toSet());
    boolean all =
        asked.isEmpty()
            || asked.contains("all")
            || asked.contains("default")
            || asked.contains("everything");
    return Told.of(
        new Reply.Text(
            sections().entrySet().stream()
                .filter(it -> all || asked.contains(it.getKey().toLowerCase(Locale.ROOT)))
                .map(it -> "# " + it.getKey() + "\r\n" + it.getValue())
                .collect(Collectors.joining("\r\n"))));
  }

  private Map<String, String> sections() {
    long seconds = Duration.ofNanos(System.nanoTime() - beganNanos).toSeconds();
    var sections = new LinkedHashMap<String, String>();
    sections.put(
        "Server",
        lines(
            "redis_version:" + ConnectionCommands.VERSION,
            "redis_mode:standalone",
            "server_name:countess",
            "uptime_in_seconds:" + seconds,
            "uptime_in_days:" + seconds / Duration.ofDays(1).toSeconds()));
    sections.put(
        "Clients",
        lines(
            "connected_clients:" + sessions.all().size(),
            "maxclients:" + RedisDoor.MAX_CONNECTIONS));
    sections.put("Persistence", lines("loading:0", "aof_enabled:1"));
    sections.put(
        "Stats",
        lines(
            "total_connections_received:" + sessions.ever(),
            "total_commands_processed:" + sessions.commands()));
    sections.put("Replication", lines("role:master", "connected_slaves:0"));
    sections.put("Cluster", lines("cluster_enabled:0"));
    return sections;
  }

  private static String lines(String... lines) {
    return String.join("\r\n", lines) + "\r\n";
  }
}

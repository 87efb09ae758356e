package io.countess.door.redis;

import io.countess.door.redis.RedisCommand.Effect;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** {@code COMMAND}: what commands there are. */
final class CommandCommands {
  private final CommandTable table;

  CommandCommands(CommandTable table) {
    this.table = table;
  }

  Told command(Call call) {
    Args args = call.args();
    if (args.size() == 1) {
      return Told.of(infos(table.all()));
    }
    return switch (args.word(1)) {
      case "count" -> Told.of(Reply.whole(table.all().size()));
      case "list" -> Told.of(names());
      case "info" -> args.size() == 2 ? Told.of(infos(table.all())) : Told.of(infos(args));
      case "docs" -> Told.of(docs(args));
      case "getkeys" -> keys(args);
      default -> Refusals.unknownSubcommand("COMMAND", args);
    };
  }

  private Reply names() {
    return new Reply.Many(table.all().stream().map(it -> Reply.bulk(it.word())).toList());
  }

  private static Reply infos(Collection<RedisCommand> commands) {
    return new Reply.Many(commands.stream().map(CommandCommands::info).toList());
  }

  private Reply infos(Args args) {
    return new Reply.Many(
        asked(args).map(it -> it.map(CommandCommands::info).orElse(Reply.Nil.ARRAY)).toList());
  }

  private Stream<Optional<RedisCommand>> asked(Args args) {
    return args.all().stream()
        .skip(2)
        .map(it -> table.find(Args.text(it).toLowerCase(Locale.ROOT)));
  }

  /** Ten fields: the last ones are categories, tips, where keys stand in detail, subcommands. */
  private static Reply info(RedisCommand command) {
    return Reply.many(
        Reply.bulk(command.word()),
        Reply.whole(command.arity()),
        new Reply.Words(flags(command)),
        Reply.whole(command.keys().first()),
        Reply.whole(command.keys().last()),
        Reply.whole(command.keys().step()),
        new Reply.Words(List.of()),
        Reply.EMPTY,
        Reply.EMPTY,
        Reply.EMPTY);
  }

  private static List<String> flags(RedisCommand command) {
    var all = new ArrayList<>(flagsOfEffect(command));
    if (command.inMulti() == RedisCommand.InMulti.REFUSED) {
      all.add("no_multi");
    }
    return all;
  }

  private static List<String> flagsOfEffect(RedisCommand command) {
    return switch (command.effect()) {
      case NONE -> List.of("loading", "stale", "fast");
      case NONE_UNKNOWN -> List.of("loading", "stale", "fast", "no_auth");
      case READ -> List.of("readonly", "fast");
      case WRITE, WRITE_IN_STEPS -> List.of("write", "fast");
    };
  }

  private Reply docs(Args args) {
    var docs = new ArrayList<Reply>();
    Stream<RedisCommand> commands =
        args.size() == 2 ? table.all().stream() : asked(args).flatMap(Optional::stream);
    commands.forEach(
        command -> {
          docs.add(Reply.bulk(command.word()));
          docs.add(Reply.pairs(Reply.bulk("group"), Reply.bulk(group(command))));
        });
    return new Reply.Pairs(docs);
  }

  private static String group(RedisCommand command) {
    return command.effect().isAtOnce() ? "connection" : "string";
  }

  private Told keys(Args args) {
    if (args.size() < 3) {
      return Refusals.arity("command|getkeys");
    }
    var request = new Args(args.all().subList(2, args.size()));
    Optional<RedisCommand> command = table.find(request.word(0));
    if (command.isEmpty()) {
      return Told.invalid("ERR Invalid command specified");
    } else if (!command.get().takes(request.size())) {
      return Told.invalid("ERR Invalid number of arguments specified for command");
    } else if (command.get().keys().first() == 0 || command.get().effect() == Effect.NONE) {
      return Told.invalid("ERR The command has no key arguments");
    }
    return Told.of(
        new Reply.Many(command.get().keysOf(request).stream().map(Reply::bulk).toList()));
  }
}

package io.countess.door.redis;

import io.countess.door.redis.RedisCommand.Effect;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/** All commands that the door knows, by their names. */
final class CommandTable {
  private final Map<String, RedisCommand> byName = new TreeMap<>();

  private final KeySpace space;

  private CommandTable(KeySpace space) {
    this.space = space;
  }

  /** The commands of a door. */
  static CommandTable of(KeySpace space, Sessions sessions) {
    var table = new CommandTable(space);
    var captchas = new CaptchaCommands();
    var values = new Values(space);
    Stream.of(
            new ConnectionCommands(sessions).all(),
            new TransactionCommands(values).all(),
            new CountCommands(values).all(),
            new StringCommands(values).all(),
            new ExpireCommands(values).all(),
            new KeyCommands(values).all(),
            new ScanCommands(space).all(),
            new ThrottleCommands(space).all(),
            new LeakCommands(captchas).all(),
            captchas.all(),
            new ChallengeCommands().all(),
            new FlushCommands(space).all(),
            new ServerCommands(table, sessions).all())
        .flatMap(List::stream)
        .forEach(command -> table.byName.put(command.word(), command));
    return table;
  }

  /**
   * The command of that name.
   *
   * @param name in lower case
   */
  Optional<RedisCommand> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }

  /**
   * What the {@code EXEC} of a transaction does to counters. One that writes may have to wait for
   * several namespaces, where there are several.
   */
  Effect effectOf(Transaction transaction) {
    if (!transaction.touchesKeys()) {
      return Effect.NONE;
    } else if (!transaction.writes()) {
      return Effect.READ;
    }
    return space.namespace().isPresent() ? Effect.WRITE : Effect.WRITE_IN_STEPS;
  }

  /** All of them, in the order of their names. */
  Collection<RedisCommand> all() {
    return byName.values();
  }
}

package io.countess.door.redis;

import io.countess.door.DoorOutcome;
import io.countess.door.redis.RedisCommand.InMulti;
import io.countess.event.ByteString;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What is about a connection alone: who is at its other end, and how to speak with it. */
final class ConnectionCommands {
  /** What is said to be the version: that of the Redis whose replies these are. */
  static final String VERSION = "7.0.15";

  private static final Told WRONG_PASS =
      Told.error(
          DoorOutcome.FORBIDDEN, "WRONGPASS invalid username-password pair or user is disabled.");

  private static final Told NO_AUTH_HELLO =
      Told.error(
          DoorOutcome.FORBIDDEN,
          "NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO"
              + " <proto> AUTH <user> <pass> option can be used to authenticate the client and"
              + " select the RESP protocol version at the same time");

  private static final Told NO_PASSWORDS =
      Told.invalid(
          "ERR AUTH <password> called without any password configured for the default user. Are you"
              + " sure your configuration is correct?");

  private final ClientCommands clients;

  ConnectionCommands(Sessions sessions) {
    this.clients = new ClientCommands(sessions);
  }

  List<RedisCommand> all() {
    return List.of(
        RedisCommand.of("ping", -1, ConnectionCommands::ping),
        RedisCommand.of("echo", 2, call -> Told.of(Reply.bulk(call.args().get(1)))),
        RedisCommand.of("select", 2, ConnectionCommands::select),
        RedisCommand.of("client", -2, clients::client),
        RedisCommand.ofAnyone("hello", -1, ConnectionCommands::hello).inMulti(InMulti.REFUSED),
        RedisCommand.ofAnyone("auth", -2, ConnectionCommands::auth).inMulti(InMulti.REFUSED),
        RedisCommand.ofAnyone("reset", 1, ConnectionCommands::reset).inMulti(InMulti.AT_ONCE),
        RedisCommand.ofAnyone("quit", -1, ConnectionCommands::quit).inMulti(InMulti.AT_ONCE),
        RedisCommand.ofAnyone("post", -1, ConnectionCommands::browser).inMulti(InMulti.AT_ONCE),
        RedisCommand.ofAnyone("host:", -1, ConnectionCommands::browser).inMulti(InMulti.AT_ONCE));
  }

  private static Told ping(Call call) {
    Args args = call.args();
    return switch (args.size()) {
      case 1 -> Told.of(new Reply.Simple("PONG"));
      case 2 -> Told.of(Reply.bulk(args.get(1)));
      default -> Refusals.arity("ping");
    };
  }

  private static Told select(Call call) {
    OptionalLong index = call.args().whole(1);
    if (index.isEmpty()) {
      return Refusals.NO_WHOLE;
    }
    return index.getAsLong() == 0
        ? Told.of(Reply.OK)
        : Told.invalid("ERR DB index is out of range");
  }

  private static Told auth(Call call) {
    Args args = call.args();
    if (args.size() > 3) {
      return Refusals.SYNTAX;
    } else if (args.size() == 2 && call.session().asksForNothing()) {
      return NO_PASSWORDS;
    }
    String user = args.size() == 2 ? "default" : args.text(1);
    return call.session().logIn(user, args.text(args.size() - 1)) ? Told.of(Reply.OK) : WRONG_PASS;
  }

  /** What {@code HELLO} says beside the version. */
  private static final class Greeted {
    private List<String> login = List.of();
    private ByteString name;
  }

  private static Told hello(Call call) {
    Args args = call.args();
    OptionalLong version = args.size() > 1 ? args.whole(1) : OptionalLong.empty();
    if (args.size() > 1 && version.isEmpty()) {
      return Told.invalid("ERR Protocol version is not an integer or out of range");
    } else if (version.isPresent() && version.getAsLong() != 2 && version.getAsLong() != 3) {
      return Told.invalid("NOPROTO unsupported protocol version");
    }
    var greeted = new Greeted();
    for (int i = 2; i < args.size(); ) {
      int taken = option(args, i, greeted);
      if (taken == 0) {
        return Told.invalidBytes("ERR Syntax error in HELLO option '" + args.text(i) + "'");
      }
      i += taken;
    }
    Session session = call.session();
    if (!greeted.login.isEmpty() && !session.logIn(greeted.login.get(0), greeted.login.get(1))) {
      return WRONG_PASS;
    } else if (session.caller().isEmpty()) {
      return NO_AUTH_HELLO;
    } else if (greeted.name != null && !ClientCommands.isName(greeted.name)) {
      return ClientCommands.NO_NAME;
    } else if (greeted.name != null) {
      session.name(greeted.name);
    }
    session.protocol((int) version.orElse(session.protocol()));
    return Told.of(greeting(session));
  }

  /** How many arguments the option at an index takes; 0 where there is none. */
  private static int option(Args args, int at, Greeted greeted) {
    if (args.is(at, "auth") && at + 2 < args.size()) {
      greeted.login = List.of(args.text(at + 1), args.text(at + 2));
      return 3;
    } else if (args.is(at, "setname") && at + 1 < args.size()) {
      greeted.name = args.get(at + 1);
      return 2;
    }
    return 0;
  }

  private static Reply greeting(Session session) {
    var said = new ArrayList<Reply>();
    said.addAll(List.of(Reply.bulk("server"), Reply.bulk("redis")));
    said.addAll(List.of(Reply.bulk("version"), Reply.bulk(VERSION)));
    said.addAll(List.of(Reply.bulk("proto"), Reply.whole(session.protocol())));
    said.addAll(List.of(Reply.bulk("id"), Reply.whole(session.id())));
    said.addAll(List.of(Reply.bulk("mode"), Reply.bulk("standalone")));
    said.addAll(List.of(Reply.bulk("role"), Reply.bulk("master")));
    said.addAll(List.of(Reply.bulk("modules"), Reply.EMPTY));
    return new Reply.Pairs(said);
  }

  private static Told reset(Call call) {
    call.session().reset();
    return Told.of(new Reply.Simple("RESET"));
  }

  private static Told quit(Call call) {
    call.session().end();
    return Told.of(Reply.OK);
  }

  /**
   * A page in a browser can have it send HTTP to any port of this machine, with lines in its body
   * that would be commands. So nothing more is taken after the first lines of HTTP.
   */
  private static Told browser(Call call) {
    call.session().end();
    return Told.invalid("ERR this port does not speak HTTP");
  }
}

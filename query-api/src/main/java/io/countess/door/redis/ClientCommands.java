package io.countess.door.redis;

import io.countess.event.ByteString;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** {@code CLIENT} and what it is followed by. */
final class ClientCommands {
  static final Told NO_NAME =
      Told.invalid("ERR Client names cannot contain spaces, newlines or special characters.");

  private final Sessions sessions;
  private final Map<String, Sub> subs =
      Map.of(
          "id", new Sub(2, 2, call -> Told.of(Reply.whole(call.session().id()))),
          "getname", new Sub(2, 2, ClientCommands::getName),
          "setname", new Sub(3, 3, ClientCommands::setName),
          "setinfo", new Sub(4, 4, ClientCommands::setInfo),
          "info", new Sub(2, 2, call -> Told.of(new Reply.Text(call.session().line() + "\n"))),
          "list", new Sub(2, Integer.MAX_VALUE, this::list),
          "no-evict", new Sub(3, 3, ClientCommands::onOrOff),
          "no-touch", new Sub(3, 3, ClientCommands::onOrOff),
          "getredir", new Sub(2, 2, call -> Told.of(Reply.whole(-1))),
          "tracking", new Sub(3, Integer.MAX_VALUE, ClientCommands::tracking));

  ClientCommands(Sessions sessions) {
    this.sessions = sessions;
  }

  /** A word that follows, and with how many arguments in all. */
  private record Sub(int least, int most, Function<Call, Told> action) {}

  Told client(Call call) {
    String word = call.args().word(1);
    Sub sub = subs.get(word);
    int size = call.args().size();
    if (sub == null) {
      return Refusals.unknownSubcommand("CLIENT", call.args());
    }
    return size < sub.least || size > sub.most
        ? Refusals.arity("client|" + word)
        : sub.action.apply(call);
  }

  /** Whether a name can stand in a list that is made for people. */
  static boolean isName(ByteString name) {
    for (int i = 0; i < name.size(); i++) {
      if (name.at(i) < '!' || name.at(i) > '~') {
        return false;
      }
    }
    return true;
  }

  private static Told getName(Call call) {
    ByteString name = call.session().name();
    return Told.of(name.size() == 0 ? Reply.Nil.STRING : Reply.bulk(name));
  }

  private static Told setName(Call call) {
    if (!isName(call.args().get(2))) {
      return NO_NAME;
    }
    call.session().name(call.args().get(2));
    return Told.of(Reply.OK);
  }

  private static Told setInfo(Call call) {
    Args args = call.args();
    String word = args.word(2);
    if (!word.equals("lib-name") && !word.equals("lib-ver")) {
      return Told.invalidBytes("ERR Unrecognized option '" + args.text(2) + "'");
    } else if (!isName(args.get(3))) {
      return Told.invalid(
          "ERR " + word + " cannot contain spaces, newlines or special characters.");
    }
    if (word.equals("lib-name")) {
      call.session().libraryName(args.get(3));
    } else {
      call.session().libraryVersion(args.get(3));
    }
    return Told.of(Reply.OK);
  }

  private Told list(Call call) {
    if (call.args().size() > 2) {
      return Refusals.SYNTAX;
    }
    return Told.of(
        new Reply.Text(
            sessions.all().stream()
                .map(session -> session.line() + "\n")
                .collect(Collectors.joining())));
  }

  /** Nothing here is evicted, and nothing is touched by reading it. */
  private static Told onOrOff(Call call) {
    return call.args().is(2, "on") || call.args().is(2, "off")
        ? Told.of(Reply.OK)
        : Refusals.SYNTAX;
  }

  private static Told tracking(Call call) {
    if (call.args().is(2, "off")) {
      return Told.of(Reply.OK);
    }
    return call.args().is(2, "on")
        ? Told.invalid("ERR this server does not tell clients what to forget")
        : Refusals.SYNTAX;
  }
}

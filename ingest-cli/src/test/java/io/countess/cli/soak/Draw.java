package io.countess.cli.soak;

import io.countess.cli.soak.Action.Command;
import io.countess.event.Amount;
import io.countess.event.CounterName;
import io.countess.event.Event;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What one client does, which depends on its seed and on nothing else: not on what comes of it, nor
 * on the time.
 */
final class Draw {
  private static final int KEYS = 5;
  private static final int RECENT = 6;
  private static final int MOST_LINES = 12;

  /** What is done in a namespace at once when its policy has changed. */
  private static final int AFTER_A_CHANGE = 4;

  private static final List<Duration> TTLS =
      List.of(
          Duration.ofMillis(700),
          Duration.ofMillis(1999),
          Duration.ofSeconds(5),
          Duration.ofMinutes(1),
          Duration.ofMinutes(10),
          Duration.ofHours(3));

  private final Random random;
  private final String client;
  private final Role role;
  private final Map<CounterName, List<String>> puts = new HashMap<>();
  private final PolicyDraw policies;
  private CounterName latest;
  private Space changed;
  private int afterwards;
  private int drawn;

  private enum Role {
    COMMANDS,
    /** Changes policies, too: what it finds changed it has changed itself. */
    CHANGES,
    READS,
    /** Appends to the log by itself, and is told nothing. */
    APPENDS
  }

  private Draw(long seed, String client, Role role) {
    this.random = new Random(seed ^ client.hashCode());
    this.policies = new PolicyDraw(random);
    this.client = client;
    this.role = role;
  }

  /**
   * Those of several clients. Some of them only read, and one appends to the log. One of the others
   * changes policies.
   */
  static List<Draw> forAll(long seed, int commanding, int reading) {
    int changer = new Random(seed).nextInt(commanding);
    return IntStream.rangeClosed(0, commanding + reading)
        .mapToObj(
            i -> {
              Role command = i == changer ? Role.CHANGES : Role.COMMANDS;
              Role other = i < commanding + reading ? Role.READS : Role.APPENDS;
              return new Draw(seed, "client" + i, i < commanding ? command : other);
            })
        .toList();
  }

  Action next() {
    int what = random.nextInt(100);
    if (role == Role.READS) {
      return new Action.Read(counter(anySpace()), what < 50);
    }
    if (role == Role.APPENDS) {
      return what < 50 ? append() : new Action.Read(counter(anySpace()), false);
    }
    if (afterwards > 0) {
      afterwards--;
      return what < 50 ? command(changed) : new Action.Read(counter(changed), false);
    }
    if (latest != null && what < 30) {
      return new Action.Read(latest, what < 24);
    }
    if (role == Role.CHANGES && what > 44) {
      return change();
    }
    return what > 94 ? load() : command(anySpace());
  }

  private Space anySpace() {
    return Space.values()[random.nextInt(Space.values().length)];
  }

  private CounterName counter(Space space) {
    return space.counter(isClaimed(space) ? tagged() : key());
  }

  private static boolean isClaimed(Space space) {
    return space == Space.QUOTA || space == Space.HOLD;
  }

  private String tagged() {
    return "{t" + random.nextInt(2) + "}" + random.nextInt(2);
  }

  /** What comes back from a bucket can only be known if somebody is told. */
  private Space spaceToAppendTo() {
    Space space = anySpace();
    while (space == Space.BUCKET) {
      space = anySpace();
    }
    return space;
  }

  private Action.Append append() {
    Command drawn = command(spaceToAppendTo());
    Event event = random.nextBoolean() ? drawn.event() : drawn.event().withId(Optional.empty());
    int away = random.nextInt(Services.PARTITIONS);
    return new Action.Append(new Command(drawn.counter(), event, drawn.agoMillis()), away);
  }

  private Action.Load load() {
    int lines = 2 + random.nextInt(MOST_LINES - 1);
    return new Action.Load(
        Stream.generate(() -> command(spaceToAppendTo()))
            .filter(command -> command.event() instanceof Event.Put)
            .limit(lines)
            .toList());
  }

  private Action change() {
    afterwards = AFTER_A_CHANGE;
    if (random.nextInt(5) < 3) {
      changed = anySpace();
      return policies.ofOne(counter(changed));
    }
    Action.Change change = policies.next();
    changed = policies.concerned(change);
    return change;
  }

  private Command command(Space space) {
    CounterName counter = counter(space);
    String id = client + "-" + drawn++;
    latest = counter;
    int what = random.nextInt(100);
    if (what < 3) {
      return now(counter, new Event.Reset(Optional.of(id)));
    }
    if (what < 22 && space != Space.DRIP && space != Space.BURSTS && puts.containsKey(counter)) {
      return release(space, counter, id);
    }
    if (what < 32 && (space == Space.STOCK || space == Space.HEAT)) {
      return now(counter, set(space, id));
    }
    if (space == Space.CACHE && what < 75) {
      return now(counter, WriteDraw.write(random, id));
    }
    if (isClaimed(space) && what < 80) {
      Event.Claim claim = claim(counter, id);
      claim.parts().forEach(part -> remember(part.counter(), id));
      return now(counter, claim);
    }
    remember(counter, id);
    return put(space, counter, id);
  }

  private String key() {
    return "key" + random.nextInt(KEYS);
  }

  private static Command now(CounterName counter, Event event) {
    return new Command(counter, event, 0);
  }

  private Command put(Space space, CounterName counter, String id) {
    long ago = random.nextInt(4) == 0 ? random.nextInt(space.latestMillis()) : 0;
    if (space == Space.HEAT) {
      double n = (random.nextInt(2001) - 1000) / 70.0;
      return new Command(
          counter, new Event.Put(Amount.of(n), Optional.empty(), Optional.of(id)), ago);
    }
    boolean own = space == Space.CALLS || space == Space.LOGINS;
    Optional<Duration> ttl =
        own && random.nextInt(3) == 0
            ? Optional.of(TTLS.get(random.nextInt(TTLS.size())))
            : Optional.empty();
    var put = new Event.Put(amount(space), ttl, Optional.of(id));
    boolean brings = space.isBrought() && random.nextBoolean();
    return new Command(counter, brings ? put.bringing(policies.brought(space)) : put, ago);
  }

  private long amount(Space space) {
    return switch (space) {
      case BUCKET -> 1 + random.nextInt(9000);
      case MINUTE, DAY, STOCK, METER, BILLS ->
          random.nextInt(3) == 0 ? -1 - random.nextInt(5) : 1 + few();
      default -> 1 + few();
    };
  }

  private int few() {
    return random.nextInt(7);
  }

  private Event set(Space space, String id) {
    boolean ifAbsent = random.nextBoolean();
    return space == Space.HEAT
        ? new Event.SetValue(Amount.of(random.nextInt(120) / 3.0), ifAbsent, Optional.of(id))
        : new Event.SetValue(random.nextInt(45), ifAbsent, Optional.of(id));
  }

  private Event.Claim claim(CounterName first, String id) {
    String key = first.key().text().orElseThrow();
    Space other = Space.of(first) == Space.QUOTA ? Space.HOLD : Space.QUOTA;
    var parts =
        List.of(
            Event.Claim.Part.of(first, 1 + few()),
            Event.Claim.Part.of(other.counter(key), 1 + few()));
    return new Event.Claim(parts, Optional.of(id));
  }

  /** Gives back some of what this client has put lately, accepted or not. */
  private Command release(Space space, CounterName counter, String id) {
    List<String> own = puts.get(counter);
    String of = own.get(random.nextInt(own.size()));
    boolean whole = space == Space.HEAT || Space.QUOTA == space || Space.HOLD == space;
    var most =
        whole || random.nextBoolean()
            ? OptionalLong.empty()
            : OptionalLong.of(amount(Space.BUCKET == space ? space : Space.CALLS));
    return now(counter, new Event.Release(of, most, Optional.of(id)));
  }

  private void remember(CounterName counter, String id) {
    List<String> own = puts.computeIfAbsent(counter, name -> new ArrayList<>());
    own.add(id);
    if (own.size() > RECENT) {
      own.remove(0);
    }
  }
}

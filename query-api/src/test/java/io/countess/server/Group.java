package io.countess.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.countess.broker.BrokerConfig;
import io.countess.broker.EmbeddedBroker;
import io.countess.client.Counts;
import io.countess.client.CountsConfig;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Several instances in this process, over one Kafka. */
public final class Group implements AutoCloseable {
  static final Duration READY = Duration.ofSeconds(60);
  public static final int PARTITIONS = 4;

  private final Path data;
  private final EmbeddedBroker broker;
  private final List<Member> members = new ArrayList<>();

  /** Starts its Kafka, with its data in a directory of its own in {@code data}. */
  public Group(Path data) {
    this.data = data;
    this.broker =
        EmbeddedBroker.start(
            new BrokerConfig(
                data.resolve("kafka"), "127.0.0.1", 0, Optional.empty(), PARTITIONS, false));
  }

  /** Where its Kafka listens. */
  String kafka() {
    return broker.bootstrapServers();
  }

  /** An instance, and a client that asks it. */
  public record Member(Countess countess, Counts counts) implements AutoCloseable {
    /** The partitions that it holds. */
    public Set<Integer> held() {
      return counts.readiness().lag().keySet();
    }

    @Override
    public void close() {
      counts.close();
      countess.close();
    }
  }

  /** Starts one more, with a data directory of its own. */
  public Member start(String name, Map<Setting, String> more) throws InterruptedException {
    var flags = new EnumMap<Setting, String>(Setting.class);
    flags.putAll(
        new HashMap<>(
            Map.of(
                Setting.DATA,
                data.resolve(name).toString(),
                Setting.HTTP_PORT,
                "0",
                Setting.BOOTSTRAP_SERVERS,
                broker.bootstrapServers(),
                Setting.PARTITIONS,
                Integer.toString(PARTITIONS),
                Setting.REPLICATION,
                "1",
                Setting.THREADS,
                "1")));
    flags.putAll(more);
    var countess = Countess.start(CountessConfig.of(Settings.read(flags, Map.of())));
    var member = new Member(countess, Counts.open(CountsConfig.of(countess.url())));
    members.add(member);
    assertThat(countess.awaitReady(READY)).isTrue();
    return member;
  }

  /** Starts one more, as it is by default. */
  public Member start(String name) throws InterruptedException {
    return start(name, Map.of());
  }

  /** Waits until every one of them holds some partitions, and each partition is with one. */
  public static void awaitShared(Member... members) {
    await()
        .atMost(READY)
        .pollDelay(Duration.ZERO)
        .ignoreExceptions()
        .until(
            () -> {
              int sum = 0;
              for (Member member : members) {
                int held = member.held().size();
                if (held == 0) {
                  return false;
                }
                sum += held;
              }
              return sum == PARTITIONS;
            });
  }

  void stop(Member member) {
    members.remove(member);
    member.close();
  }

  @Override
  public void close() {
    List.copyOf(members).forEach(this::stop);
    broker.close();
  }
}

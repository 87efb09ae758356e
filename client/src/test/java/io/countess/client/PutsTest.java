package io.countess.client;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.event.InvalidInputException;
import io.countess.event.Partitions;
import io.countess.event.Position;
import io.countess.event.RecordKey;
import io.countess.event.codec.EventCodec;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.Cluster;
import org.apache.kafka.common.Node;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.errors.NotLeaderOrFollowerException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

class PutsTest {
  private static final int PARTITIONS = 7;
  private static final CounterName ALICE = CounterName.of("logins", "alice");

  private final MockProducer<byte[], byte[]> kafka =
      new MockProducer<>(
          cluster(),
          false,
          new EventPartitioner(),
          new ByteArraySerializer(),
          new ByteArraySerializer());
  private final Puts puts = new Puts(kafka);

  @Test
  void shouldAppendTheShortestRecordThatMeansTheEvent() {
    assertSent(
        List.of(
            puts.put(ALICE),
            puts.put(ALICE, new Event.Put(2, Optional.of(Duration.ofSeconds(5))))));
    assertThat(kafka.history())
        .allSatisfy(record -> assertThat(record.topic()).isEqualTo("countess.events"))
        .allSatisfy(record -> assertThat(record.key()).asString().isEqualTo("logins/alice"))
        .allSatisfy(record -> assertThat(record.timestamp()).isNull())
        .extracting(record -> new String(record.value(), UTF_8))
        .containsExactly("", "{\"n\":2,\"ttl\":\"5s\"}");
  }

  @Test
  void shouldAppendIdsReleasesSetsAndNumbersThatAreNotWhole() {
    assertSent(
        List.of(
            puts.put(ALICE, new Event.Put(2, Optional.empty(), Optional.of("x"))),
            puts.release(ALICE, "x"),
            puts.put(ALICE, 2),
            puts.put(ALICE, 0.5),
            puts.set(ALICE, 2),
            puts.set(ALICE, 2.0)));
    assertThat(kafka.history())
        .extracting(record -> new String(record.value(), UTF_8))
        .containsExactly(
            "{\"n\":2,\"id\":\"x\"}",
            "{\"op\":\"release\",\"of\":\"x\"}",
            "{\"n\":2}",
            "{\"n\":0.5}",
            "{\"op\":\"set\",\"value\":2}",
            "{\"op\":\"set\",\"value\":2.0}");
  }

  @Test
  void shouldSendNoEventThatWouldBeADeadLetter() {
    var large =
        IntStream.range(0, 16)
            .mapToObj(i -> CounterName.of("n", "{a}" + i + "-" + "x".repeat(4080)))
            .toArray(CounterName[]::new);
    assertThatThrownBy(() -> puts.claim(claim(large)))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageMatching(
            "event takes 6\\d{4} bytes with its key; both together may take at most 65408");
    assertThat(kafka.history()).isEmpty();
  }

  @Test
  void shouldAppendAClaimUnderItsFirstCounter() {
    var cpu = CounterName.of("cpu", "{u1}");
    var claim = claim(cpu, CounterName.of("memory", "of {u1}"));
    var position = puts.claim(claim);
    kafka.completeNext();
    var record = kafka.history().get(0);
    assertThat(record.key()).asString().isEqualTo("cpu/{u1}");
    assertThat(EventCodec.decode(record.value(), record.key())).isEqualTo(claim);
    int home = Partitions.of(RecordKey.of(cpu), PARTITIONS);
    assertThat(position).isCompletedWithValue(Position.of(home, 0));
  }

  @Test
  void shouldSayHowAClaimGetsIntoOnePartition() {
    var apart = claim(CounterName.of("cpu", "u1"), CounterName.of("memory", "u1"));
    assertThatThrownBy(() -> puts.claim(apart))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("'cpu/u1' and 'memory/u1' must carry the same hash tag");
    assertThatThrownBy(() -> puts.put(ALICE, claim(CounterName.of("cpu", "u1"))))
        .hasMessage("counter is not the first of those that the event names");
    assertThat(kafka.history()).isEmpty();
  }

  private static Event.Claim claim(CounterName... counters) {
    var parts = Arrays.stream(counters).map(it -> Event.Claim.Part.of(it, 1)).toList();
    return new Event.Claim(parts, Optional.empty());
  }

  @Test
  void shouldSayWhenTheEventHappened() {
    assertSent(List.of(puts.put(ALICE, Event.Put.ONE, Instant.ofEpochMilli(1_700_000_000_000L))));
    assertThat(kafka.history().get(0).timestamp()).isEqualTo(1_700_000_000_000L);
  }

  @Test
  void shouldCompleteWithThePositionOnceTheLogHasIt() {
    for (var counter : List.of(ALICE, CounterName.of("carts", "a{u1}"))) {
      var position = puts.put(counter);
      assertThat(position).isNotDone();
      kafka.completeNext();
      int partition = Partitions.of(RecordKey.of(counter), PARTITIONS);
      assertThat(position).isCompletedWithValue(Position.of(partition, 0));
    }
  }

  @Test
  void shouldFailTheFutureWhereTheLogRefuses() {
    var position = puts.put(ALICE);
    kafka.errorNext(new NotLeaderOrFollowerException("moved"));
    assertThat(position).isCompletedExceptionally();
    kafka.sendException = new NotLeaderOrFollowerException("moved");
    assertThat(puts.put(ALICE)).isCompletedExceptionally();
  }

  @Test
  void shouldSendWhatIsBufferedOnFlushAndClose() {
    var first = puts.put(ALICE);
    puts.flush();
    assertThat(first).isCompleted();
    puts.close();
    assertThat(kafka.closed()).isTrue();
    assertThatThrownBy(() -> puts.put(ALICE)).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldSayThatThereIsNoLog() {
    assertThatThrownBy(() -> Puts.open(PutsConfig.of("nowhere.invalid:9092")))
        .isInstanceOf(LogNotThereException.class)
        .hasMessageStartingWith("no log at nowhere.invalid:9092: topic countess.events: ");
  }

  private static Cluster cluster() {
    var node = new Node(0, "localhost", 9092);
    var partitions =
        IntStream.range(0, PARTITIONS)
            .mapToObj(p -> new PartitionInfo("countess.events", p, node, null, null))
            .toList();
    return new Cluster("test", List.of(node), partitions, Set.of(), Set.of());
  }

  /** None of them has failed, nor is in the log. */
  private static void assertSent(List<CompletableFuture<Position>> positions) {
    assertThat(positions).noneMatch(CompletableFuture::isDone);
  }
}

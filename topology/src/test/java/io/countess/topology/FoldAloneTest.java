package io.countess.topology;

import static org.assertj.core.api.Assertions.assertThat;

import io.countess.event.ByteString;
import io.countess.event.Decision;
import io.countess.event.Outcome;
import io.countess.fold.Skipped;
import io.countess.state.LogId;
import io.countess.state.Rows;
import io.countess.store.RestoredStore;
import io.countess.topology.CraftedRecords.Crafted;
import io.countess.topology.FoldAlone.Told;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.test.TestRecord;

/** A log that the fold reads alone gives what the topology gives: decisions, effects and rows. */
class FoldAloneTest {
  private static final int RECORDS = 300;

  @Property(tries = 60)
  void shouldGiveWhatTheTopologyGives(@ForAll long seed) {
    assertAlike(drawn(seed));
  }

  @Property(tries = 40)
  void shouldDoSoWhateverIsInTheLog(@ForAll("crafted") List<Crafted> records) {
    assertAlike(records);
  }

  @Provide
  Arbitrary<List<Crafted>> crafted() {
    return CraftedRecords.all().list().ofMinSize(1).ofMaxSize(60);
  }

  private static void assertAlike(List<Crafted> records) {
    var written = new ArrayList<TestRecord<byte[], byte[]>>();
    var store = new RestoredStore(List.of(), written);
    var alone = alone(1000);
    try (var fold = FoldFixture.ofPartitions(DrawnRecords.PARTITIONS, store)) {
      for (int i = 0; i < records.size(); i++) {
        Crafted record = records.get(i);
        Told told = alone.fold(record(record), i);
        alone.flush();

        assertThat(told).as("at %d: %s", i, record).isEqualTo(pipe(fold, record));
        assertThat(alone.next()).isEqualTo(i + 1);
      }
      assertThat(standing(alone)).isEqualTo(standing(written));
    }
  }

  /** When rows are written, evicted, cleaned or read anew is no matter of the log. */
  @Property(tries = 60)
  void shouldDecideAlikeWhenItIsFlushedAtOtherTimes(@ForAll long seed) {
    List<Crafted> records = drawn(seed);
    var random = new SplittableRandom(seed + 1);
    var one = alone(1000);
    var other = alone(3);
    var folded = new TreeMap<Integer, Told>();
    for (int i = 0; i < records.size(); i++) {
      folded.put(i, one.fold(record(records.get(i)), i));
    }
    for (int i = 0; i < records.size(); i = (int) other.next()) {
      assertThat(other.fold(record(records.get(i)), i)).as("at " + i).isEqualTo(folded.get(i));
      switch (random.nextInt(12)) {
        case 0 -> other.flush();
        case 1 -> other.work();
        case 2 -> other.open(1 + random.nextInt(9));
        default -> {}
      }
    }
  }

  @Example
  void shouldPassOverWhatWasFoldedBefore() {
    Crafted record = drawn(1).get(0);
    var alone = alone(10);
    alone.fold(record(record), 0);

    assertThat(alone.fold(record(record), 0)).isEqualTo(new Told());
    assertThat(alone.next()).isEqualTo(1);
  }

  /** Else the properties say less than they seem to. */
  @Example
  void shouldDrawEveryOutcomeAndEveryReasonToPassOver() {
    var decided = new ArrayList<Decision>();
    var skipped = EnumSet.noneOf(Skipped.class);
    int forwarded = 0;
    int buried = 0;
    for (long seed = 0; seed < 10; seed++) {
      List<Crafted> records = drawn(seed);
      var alone = alone(1000);
      for (int i = 0; i < records.size(); i++) {
        Told told = alone.fold(record(records.get(i)), i);
        decided.addAll(told.decided());
        skipped.addAll(told.skipped());
        forwarded += told.forwarded().size();
        buried += told.buried().size();
      }
    }
    assertThat(decided).extracting(Decision::outcome).contains(Outcome.values());
    assertThat(decided).anyMatch(decision -> decision.details().replayed());
    assertThat(decided).anyMatch(decision -> decision.details().released().orElse(0) > 0);
    assertThat(skipped).contains(Skipped.REPEAT, Skipped.GAP);
    assertThat(forwarded).isPositive();
    assertThat(buried).isPositive();
  }

  private static List<Crafted> drawn(long seed) {
    var draw = new DrawnRecords(new SplittableRandom(seed));
    var records = new ArrayList<Crafted>();
    for (int i = 0; i < RECORDS; i++) {
      records.add(draw.next());
    }
    return records;
  }

  private static FoldAlone alone(int hotRows) {
    var log = new BrokersLog(FakeLog.ENDLESS, DrawnRecords.PARTITIONS);
    assertThat(log.id()).isNotEqualTo(LogId.UNKNOWN);
    return new FoldAlone(0, log, hotRows);
  }

  /** As the topology takes it: a time before 1970 is none. */
  private static Record<byte[], byte[]> record(Crafted record) {
    long at = Math.max(0, record.at().toEpochMilli());
    return new Record<>(record.key(), record.value(), at, new RecordHeaders(record.headers()));
  }

  private static Told pipe(FoldFixture fold, Crafted record) {
    var heard = fold.heard;
    int decided = heard.decisions.size();
    int answered = heard.answers.size();
    int buried = heard.deadLetterReasons.size();
    int sent = fold.forwarder.sent.size();
    int skipped = heard.skipped.size();
    fold.pipe(record.key(), record.value(), new RecordHeaders(record.headers()), record.at());
    return new Told(
        since(decided, heard.decisions),
        since(answered, heard.answers).stream().map(RecordingObserver.Answer::decision).toList(),
        since(buried, heard.deadLetterReasons),
        since(sent, fold.forwarder.sent).stream().map(FoldAloneTest::shown).toList(),
        since(skipped, heard.skipped));
  }

  private static String shown(Forwarder.Outgoing out) {
    var mark = Marks.of(out.headers()).orElseThrow();
    return FoldAlone.shown(out.partition(), out.key(), out.value(), mark);
  }

  private static <T> List<T> since(int before, List<T> all) {
    return List.copyOf(all.subList(before, all.size()));
  }

  private static Map<ByteString, ByteString> standing(FoldAlone alone) {
    var rows = new TreeMap<ByteString, ByteString>();
    try (Rows.Cursor all = alone.rows().all()) {
      while (all.next()) {
        rows.put(ByteString.of(all.key()), ByteString.of(all.value()));
      }
    }
    return rows;
  }

  private static Map<ByteString, ByteString> standing(List<TestRecord<byte[], byte[]>> written) {
    var rows = new TreeMap<ByteString, ByteString>();
    for (var row : written) {
      if (row.value() == null) {
        rows.remove(ByteString.of(row.key()));
      } else {
        rows.put(ByteString.of(row.key()), ByteString.of(row.value()));
      }
    }
    return rows;
  }
}

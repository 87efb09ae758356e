package io.countess.cli.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.cli.console.FailedException;
import io.countess.event.LogFormat;
import io.countess.event.Position;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A letter is put back once, whatever fails half way. */
class PutBackOnceTest {
  private static final long TODAY = System.currentTimeMillis();
  private static final int MANY = 20_000;

  private static Post post;

  @BeforeAll
  static void start(@TempDir Path data) {
    post = new Post(data);
  }

  @AfterAll
  static void stop() {
    post.close();
  }

  @BeforeEach
  void empty() {
    post.empty();
  }

  @Test
  void shouldPutBackOnceWhenItIsKilledBeforeTheCommit() {
    write(5);
    MarksTopic.ensure(post.clients().admin());
    Producer<byte[], byte[]> killed = post.clients().producer("countess-dead-letters");
    var appended = new ArrayList<DeadLetter>();
    var atDesk = Desk.open(post.clients(), killed);
    atDesk.letters().seekToFirst();
    atDesk.letters().read(appended::add);
    killed.beginTransaction();
    for (var letter : appended) {
      var unused = killed.send(recordOf(letter)); // flushed next
    }
    killed.flush();
    // Its process ends here: nothing is committed, nothing is aborted.
    assertThat(putBack(Desk.open(post.clients()))).hasSize(5);
    assertThat(post.keys()).hasSize(5).doesNotHaveDuplicates();
    killed.close(Duration.ZERO);
    assertThat(putBack(Desk.open(post.clients()))).isEmpty();
  }

  @Test
  void shouldLetNobodyPutBackByMarksThatAreOutOfDate() {
    write(5);
    Desk first = Desk.open(post.clients());
    Desk second = Desk.open(post.clients());
    assertThatThrownBy(() -> putBack(first))
        .isInstanceOf(FailedException.class)
        .hasMessage(
            "another 'dead-letters' command has begun meanwhile; what is not shown is not done");
    assertThat(putBack(second)).hasSize(5);
    assertThat(post.keys()).hasSize(5);
  }

  @Test
  void shouldDealWithAnyNumberInAnyOrder() {
    for (int from = 0; from < MANY; from += 1000) {
      write(from, 1000);
    }
    var all = new ArrayList<DeadLetter>();
    try (var desk = Desk.open(post.clients())) {
      desk.letters().seekToFirst();
      desk.letters().read(all::add);
      List<DeadLetter> everyOther =
          IntStream.range(0, MANY).filter(i -> i % 2 == 1).mapToObj(all::get).toList();
      for (int i = everyOther.size(); i > 0; i -= 500) {
        desk.deal(everyOther.subList(i - 500, i), List.of());
      }
    }
    assertThat(putBack(Desk.open(post.clients()))).hasSize(MANY / 2);
    assertThat(post.keys()).hasSize(MANY / 2).doesNotHaveDuplicates();
    assertThat(putBack(Desk.open(post.clients()))).isEmpty();
  }

  private static void write(int letters) {
    write(0, letters);
  }

  private static void write(int from, int letters) {
    post.write(
        IntStream.range(from, from + letters)
            .mapToObj(i -> Post.letter(TODAY, "logins/k" + i, ""))
            .toList());
  }

  /** Puts back all that nobody has dealt with, as the command does. */
  private static List<Position> putBack(Desk desk) {
    var positions = new ArrayList<Position>();
    try (desk) {
      var log = new PutBack(desk, options(), Duration.ofDays(6), InstantSource.system());
      var batches =
          new Batches(
              batch ->
                  log.put(
                      batch,
                      new PutBack.Report() {
                        @Override
                        public void putBack(DeadLetter letter, Position position) {
                          positions.add(position);
                        }

                        @Override
                        public void passedOver(DeadLetter letter, String why) {
                          throw new AssertionError(why);
                        }
                      }));
      desk.letters().seekToFirst();
      desk.letters().read(letter -> desk.letters().isDealtWith(letter) || batches.add(letter));
      batches.finish();
    }
    return positions;
  }

  private static PutBack.Options options() {
    return new PutBack.Options(Optional.empty(), false);
  }

  private static ProducerRecord<byte[], byte[]> recordOf(DeadLetter letter) {
    return new ProducerRecord<>(LogFormat.EVENTS_TOPIC, letter.key(), letter.value());
  }
}

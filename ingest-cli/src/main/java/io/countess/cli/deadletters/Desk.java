package io.countess.cli.deadletters;

import io.countess.cli.console.ExitCode;
import io.countess.cli.console.FailedException;
import io.countess.cli.deadletters.Marks.Chunk;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.InvalidProducerEpochException;
import org.apache.kafka.common.errors.ProducerFencedException;

/**
 * Deals with letters: what is appended to the log for them, and that they have been dealt with, is
 * one transaction. So a letter is put back once, whatever fails half way, and wherever.
 *
 * <p>All desks have the same transactional id. A new desk ends the transaction that an earlier one
 * has left open, and the earlier command can do nothing more. So nobody marks letters by marks that
 * are out of date.
 */
final class Desk implements AutoCloseable {
  private static final String TRANSACTIONAL_ID = "countess-dead-letters";
  private static final int STOP_SECONDS = 5;

  private final Producer<byte[], byte[]> producer;
  private final DeadLetters letters;
  private final ReentrantLock turn = new ReentrantLock();

  private Desk(Producer<byte[], byte[]> producer, DeadLetters letters) {
    this.producer = producer;
    this.letters = letters;
  }

  /** Opens the desk, and closes everybody else's. */
  static Desk open(Clients clients) {
    try (var admin = clients.admin()) {
      MarksTopic.ensure(admin);
    }
    return open(clients, clients.producer(TRANSACTIONAL_ID));
  }

  /** The same with a producer that is there already. */
  static Desk open(Clients clients, Producer<byte[], byte[]> producer) {
    try {
      producer.initTransactions();
      // Only now nobody else can mark any more.
      var desk = new Desk(producer, DeadLetters.open(clients));
      var stopping = new Thread(desk::stop, "countess-dead-letters-stop");
      Runtime.getRuntime().addShutdownHook(stopping);
      return desk;
    } catch (RuntimeException failed) {
      producer.close();
      throw failed;
    }
  }

  DeadLetters letters() {
    return letters;
  }

  /**
   * Appends {@code records} and marks {@code dealtWith}: both, or neither.
   *
   * @return where the records stand
   * @throws RefusedRecordException where the log refuses one of the records
   */
  List<RecordMetadata> deal(
      List<DeadLetter> dealtWith, List<ProducerRecord<byte[], byte[]>> records) {
    turn.lock();
    try {
      Map<Chunk, byte[]> changed = letters.marks().with(dealtWith);
      List<RecordMetadata> appended = append(records, letters.topic().records(changed));
      letters.marks().saved(changed);
      letters.topic().appended();
      return appended;
    } catch (ProducerFencedException | InvalidProducerEpochException fenced) {
      throw new FailedException(
          ExitCode.FAILED,
          "another 'dead-letters' command has begun meanwhile; what is not shown is not done",
          fenced);
    } finally {
      turn.unlock();
    }
  }

  private List<RecordMetadata> append(
      List<ProducerRecord<byte[], byte[]>> records, List<ProducerRecord<byte[], byte[]>> marks) {
    producer.beginTransaction();
    try {
      List<RecordMetadata> appended = sent(records);
      sent(marks);
      producer.commitTransaction();
      return appended;
    } catch (ProducerFencedException | InvalidProducerEpochException fenced) {
      throw fenced;
    } catch (RefusedRecordException | KafkaException failed) {
      producer.abortTransaction();
      throw failed;
    }
  }

  private List<RecordMetadata> sent(List<ProducerRecord<byte[], byte[]>> records) {
    var sending = new ArrayList<Future<RecordMetadata>>();
    Optional<RuntimeException> failure = Optional.empty();
    try {
      records.forEach(record -> sending.add(producer.send(record)));
    } catch (KafkaException earlierOneFailed) {
      failure = Optional.of(earlierOneFailed);
    }
    producer.flush();
    var sent = new ArrayList<RecordMetadata>();
    for (Future<RecordMetadata> one : sending) {
      try {
        sent.add(one.get());
      } catch (ExecutionException failed) {
        failure = Optional.of(RefusedRecordException.worse(failure, failed.getCause()));
      } catch (InterruptedException interrupted) {
        throw new InterruptException(interrupted);
      }
    }
    failure.ifPresent(
        it -> {
          throw it;
        });
    return sent;
  }

  /** The process ends: lets what is under way be finished, and begins nothing more. */
  private void stop() {
    try {
      turn.tryLock(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    letters.close();
    producer.close();
  }
}

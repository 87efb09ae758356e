package io.countess.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.countess.topology.Forwarder.ForwardingException;
import io.countess.topology.Forwarder.Outgoing;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** What is sent must arrive before anything is committed; what is only offered need not. */
class KafkaForwarderTest {
  private static final Outgoing RECORD =
      new Outgoing(1, new byte[] {'/'}, null, 1, new RecordHeaders());

  private final MockProducer<byte[], byte[]> producer =
      new MockProducer<>(false, null, new ByteArraySerializer(), new ByteArraySerializer());
  private final KafkaForwarder forwarder = new KafkaForwarder(producer);
  private final List<Exception> failures = new ArrayList<>();

  @Test
  void shouldFailNothingWhereTheLogDoesNotTakeWhatIsOffered() {
    var refused = new InvalidTimestampException("too far ahead");
    forwarder.offer(RECORD, failures::add);
    producer.errorNext(refused);
    forwarder.flush();
    forwarder.send(RECORD);
    producer.completeNext();

    forwarder.flush();

    assertThat(failures).containsExactly(refused);
    assertThat(producer.history()).hasSize(2);
  }

  @Test
  void shouldFailNothingWhereWhatIsOfferedCannotBeSent() {
    producer.sendException = new TimeoutException("nobody there");

    forwarder.offer(RECORD, failures::add);
    forwarder.flush();

    assertThat(failures).containsExactly(producer.sendException);
  }

  @Test
  void shouldNotWaitForWhatIsOffered() {
    forwarder.offer(RECORD, failures::add);
    producer.flushException = new IllegalStateException("waited");

    forwarder.flush();

    assertThat(producer.flushed()).as("it is still on its way").isFalse();
  }

  @Test
  void shouldFailToFlushWhereWhatWasSentDidNotArrive() {
    forwarder.send(RECORD);
    producer.errorNext(new TimeoutException("away"));

    assertThatThrownBy(forwarder::flush)
        .isInstanceOf(ForwardingException.class)
        .hasRootCauseMessage("away");
    assertThatThrownBy(() -> forwarder.send(RECORD)).isInstanceOf(ForwardingException.class);
  }
}

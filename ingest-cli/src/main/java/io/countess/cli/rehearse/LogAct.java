package io.countess.cli.rehearse;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.countess.event.LogFormat;
import java.util.Map;
import java.util.Random;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Puts into the log as producers do: one half in the right partition, the other in any. */
final class LogAct implements Rehearsal.Act {
  private static final int BURST = 4000;
  private static final int KEYS = 50_000;
  private static final int LINGER_MILLIS = 50;
  private static final long REST_MILLIS = 100;
  private static final byte[] NOTHING = {};

  private final Producer<byte[], byte[]> producer;
  private final int partitions;
  private final Random random = new Random(1);

  LogAct(String kafka) {
    producer =
        new KafkaProducer<>(
            Map.of(
                ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, kafka,
                ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS),
            new ByteArraySerializer(),
            new ByteArraySerializer());
    partitions = producer.partitionsFor(LogFormat.EVENTS_TOPIC).size();
  }

  @Override
  public void play() throws InterruptedException {
    for (int i = 0; i < BURST; i++) {
      byte[] key = ("n3/k" + random.nextInt(KEYS)).getBytes(UTF_8);
      Integer partition = i % 2 == 0 ? null : random.nextInt(partitions);
      byte[] value = i % 8 == 0 ? "{\"n\":2}".getBytes(UTF_8) : NOTHING;
      var unused =
          producer.send(new ProducerRecord<>(LogFormat.EVENTS_TOPIC, partition, key, value));
    }
    producer.flush();
    Thread.sleep(REST_MILLIS);
  }

  @Override
  public void close() {
    producer.close();
  }
}

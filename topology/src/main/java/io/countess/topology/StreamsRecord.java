package io.countess.topology;

import io.countess.fold.LogRecord;
import java.util.function.BiConsumer;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.streams.processor.api.Record;

/** A record as Kafka Streams hands it over. One object stands for each in turn. */
final class StreamsRecord implements LogRecord {
  private Record<byte[], byte[]> record;
  private long offset;

  /** Stands for another record from now on. */
  StreamsRecord of(Record<byte[], byte[]> newRecord, long newOffset) {
    record = newRecord;
    offset = newOffset;
    return this;
  }

  @Override
  public long offset() {
    return offset;
  }

  @Override
  public long timestamp() {
    return record.timestamp();
  }

  @Override
  public byte[] key() {
    return record.key();
  }

  @Override
  public byte[] value() {
    return record.value();
  }

  @Override
  public byte[] header(String name) {
    Header header = record.headers().lastHeader(name);
    return header == null ? null : header.value();
  }

  @Override
  public boolean hasHeader(String name) {
    return record.headers().lastHeader(name) != null;
  }

  @Override
  public void forEachHeader(BiConsumer<String, byte[]> action) {
    record.headers().forEach(header -> action.accept(header.key(), header.value()));
  }

  @Override
  public long headerBytes() {
    long bytes = 0;
    for (Header header : record.headers()) {
      bytes += header.key().length() + (header.value() == null ? 0 : header.value().length);
    }
    return bytes;
  }
}

package io.countess.cli.load;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import de.siegmar.fastcsv.reader.CloseableIterator;
import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import io.countess.event.ByteString;
import io.countess.event.InvalidInputException;
import io.countess.event.LogFormat;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Map;

/**
 * The events of a source whose records are those of RFC 4180. A record may go over several lines:
 * the event stands where it starts, and blank lines follow. All is read as bytes, one for each
 * character; what stands in a field is then read as UTF-8.
 */
final class CsvRecords extends EventStream {
  private final InputStream in;
  private final PutFields puts;
  private final CloseableIterator<CsvRecord> records;
  private final Columns columns;
  private CsvRecord ahead;
  private long number;

  /**
   * @param places names of columns, which the first line tells, or their numbers from 1 on
   */
  CsvRecords(InputStream in, Map<EventField, String> places, PutFields puts, Tally tally) {
    super(tally);
    this.in = in;
    this.puts = puts;
    this.columns = new Columns(places);
    this.records =
        CsvReader.builder()
            .allowExtraFields(true)
            .allowMissingFields(true)
            .maxBufferSize(LogFormat.MAX_RECORD_BYTES)
            .ofCsvRecord(new ByteReader(in))
            .iterator();
  }

  @Override
  byte[] next() throws IOException {
    if (ahead == null && !readAhead()) {
      return null;
    }
    number++;
    if (number < ahead.getStartingLineNumber()) {
      return BLANK;
    }
    var record = ahead;
    ahead = null;
    if (columns.areNamedBy(record)) {
      return BLANK;
    }
    return line(number, () -> puts.put(field -> text(field, record)));
  }

  private boolean readAhead() throws IOException {
    try {
      ahead = records.hasNext() ? records.next() : null;
      if (ahead != null && isEnd(ahead)) {
        ahead = null;
      }
      return ahead != null;
    } catch (UncheckedIOException unreadable) {
      throw unreadable.getCause();
    } catch (CsvParseException malformed) {
      throw new IOException(
          "is no CSV after line %d: something stands behind a quote that closes a field, or a field"
                  .formatted(number)
              + " has more than %d bytes; is a quote not closed?"
                  .formatted(LogFormat.MAX_RECORD_BYTES),
          malformed);
    }
  }

  private static boolean isEnd(CsvRecord record) throws IOException {
    String last = record.getField(record.getFieldCount() - 1);
    if (last.equals(ByteReader.END) && record.getFieldCount() == 1) {
      return true;
    } else if (last.endsWith(ByteReader.END)) {
      throw new IOException(
          "is no CSV from line %d on: a quote is not closed"
              .formatted(record.getStartingLineNumber()));
    }
    return false;
  }

  private String text(EventField field, CsvRecord record) {
    int column = columns.of(field);
    return column < record.getFieldCount() ? utf8(field.text(), record.getField(column)) : null;
  }

  static String utf8(String field, String bytes) {
    return ByteString.of(bytes.getBytes(ISO_8859_1))
        .text()
        .orElseThrow(() -> new InvalidInputException(field, "is not UTF-8"));
  }

  /** A record comes as soon as it is there. */
  @Override
  boolean isReady() {
    return ahead != null;
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}

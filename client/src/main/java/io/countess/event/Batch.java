package io.countess.event;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Events on several counters of one partition, in one step. The key of the record is that of the
 * first.
 *
 * @param parts 1 to {@link #MAX_PARTS}, in their order
 * @param together whether all of them are accepted or none is carried out, and each is for another
 *     counter. Else each is decided by itself, after those before it
 * @param note what its sender wants to have written down beside it; it changes nothing
 */
public record Batch(List<Part> parts, boolean together, Optional<String> id, Optional<String> note)
    implements Event {
  /** The most events of one batch. */
  public static final int MAX_PARTS = 100;

  /** The longest note, in bytes of UTF-8. */
  public static final int MAX_NOTE_BYTES = 512;

  public Batch {
    parts = List.copyOf(parts);
    id.ifPresent(text -> Event.requireId("id", text));
    note.ifPresent(Batch::requireNote);
    if (parts.isEmpty() || parts.size() > MAX_PARTS) {
      throw new InvalidInputException(
          "events", "are %d; there must be 1 to %d".formatted(parts.size(), MAX_PARTS));
    }
    if (together && parts.stream().map(Part::counter).distinct().count() < parts.size()) {
      throw new InvalidInputException(
          "events", "have one counter twice; each may come once where they are together");
    }
  }

  /** Events of which each is decided by itself, in their order. */
  public static Batch inOrder(List<Part> parts) {
    return new Batch(parts, false, Optional.empty(), Optional.empty());
  }

  /** Events that are all accepted, or none is carried out. */
  public static Batch together(List<Part> parts) {
    return new Batch(parts, true, Optional.empty(), Optional.empty());
  }

  /** The same with a note. */
  public Batch noting(String other) {
    return new Batch(parts, together, id, Optional.of(other));
  }

  @Override
  public Set<ByteString> namespaces(CounterName record) {
    var all = new HashSet<ByteString>();
    all.add(record.namespace());
    parts.forEach(part -> all.add(part.counter().namespace()));
    return all;
  }

  @Override
  public Event withId(Optional<String> other) {
    return new Batch(parts, together, other, note);
  }

  @Override
  public Optional<CounterName> first() {
    return Optional.of(counter());
  }

  @Override
  public void requireTogether() {
    Partitions.requireTogether(parts.stream().map(Part::counter).toList());
  }

  /** The counter of the first event: the record stands under its name. */
  public CounterName counter() {
    return parts.get(0).counter();
  }

  /** Whether one of its puts brings a policy. */
  public boolean bringsPolicy() {
    return parts.stream()
        .anyMatch(part -> part.event() instanceof Put put && put.policy().isPresent());
  }

  private static void requireNote(String note) {
    int bytes = ByteString.utf8("note", note).size();
    if (bytes > MAX_NOTE_BYTES) {
      throw new InvalidInputException(
          "note", "takes %d bytes of UTF-8; it must take 0 to %d".formatted(bytes, MAX_NOTE_BYTES));
    }
  }

  /**
   * One event of a batch.
   *
   * @param event a put, set, write or reset without an id of its own
   */
  public record Part(CounterName counter, Event event) {
    public Part {
      boolean isOfOne =
          event instanceof Put
              || event instanceof SetValue
              || event instanceof Write
              || event instanceof Reset;
      if (!isOfOne) {
        throw new InvalidInputException(
            "op", "is not one of put, set, write and reset; a batch has no others");
      }
      if (event.id().isPresent()) {
        throw new InvalidInputException("id", "is that of a whole batch, and not of a part of it");
      }
    }
  }
}

package io.countess.event.codec;

import com.fasterxml.jackson.core.JsonParser;
import io.countess.event.ByteString;
import io.countess.event.CounterName;
import io.countess.event.InvalidInputException;
import java.io.IOException;
import java.util.Optional;
import java.util.function.Supplier;

/** Collects the name of a counter from an object that may hold other fields too. */
final class NameFields {
  static final String NAMES = "namespace, namespaceBase64, key, keyBase64";

  private final String path;
  private ByteString namespace;
  private ByteString key;

  /**
   * @param path the prefix of the names of fields in messages
   */
  NameFields(String path) {
    this.path = path;
  }

  /**
   * Takes a field that the parser stands at.
   *
   * @return whether this is a field of names
   */
  boolean take(String field, JsonParser in) throws IOException {
    switch (field) {
      case "namespace", "namespaceBase64" ->
          namespace = only(field, namespace, Names.read(path + field, in));
      case "key", "keyBase64" -> key = only(field, key, Names.read(path + field, in));
      default -> {
        return false;
      }
    }
    return true;
  }

  Optional<ByteString> namespace() {
    return Optional.ofNullable(namespace);
  }

  boolean hasKey() {
    return key != null;
  }

  /** The name; there must be both parts of it. */
  CounterName counter() {
    return counter(Optional::empty);
  }

  /**
   * The name; the key must be there.
   *
   * @param surrounding the namespace if none was given here
   */
  CounterName counter(Supplier<Optional<ByteString>> surrounding) {
    ByteString in = namespace == null ? surrounding.get().orElse(null) : namespace;
    return new CounterName(required("namespace", in), required("key", key));
  }

  private ByteString required(String field, ByteString name) {
    if (name == null) {
      throw new InvalidInputException(path + field, "is missing");
    }
    return name;
  }

  private ByteString only(String field, ByteString before, ByteString now) {
    if (before != null) {
      throw new InvalidInputException(path + field, "is given twice, as text and in Base64");
    }
    return now;
  }
}

package io.countess.event;

/**
 * Names a counter.
 *
 * @param namespace 0 to 64 bytes, any bytes
 * @param key 0 to 4096 bytes, any bytes
 */
public record CounterName(ByteString namespace, ByteString key) {
  public static final int MAX_NAMESPACE_BYTES = 64;
  public static final int MAX_KEY_BYTES = 4096;

  private static final int MAX_SHOWN = 60;

  public CounterName {
    if (namespace.size() > MAX_NAMESPACE_BYTES) {
      throw new InvalidInputException("namespace", tooLong(namespace, MAX_NAMESPACE_BYTES));
    }
    if (key.size() > MAX_KEY_BYTES) {
      throw new InvalidInputException("key", tooLong(key, MAX_KEY_BYTES));
    }
  }

  /** The counter with these UTF-8 names. */
  public static CounterName of(String namespace, String key) {
    return new CounterName(ByteString.utf8("namespace", namespace), ByteString.utf8("key", key));
  }

  /** The name under which the policy of {@code namespace} is set: its empty key. */
  public static CounterName policyOf(ByteString namespace) {
    return new CounterName(namespace, ByteString.EMPTY);
  }

  /** The name as messages show it: in quotes, and cut where it is long. */
  public String shown() {
    String text = namespace + "/" + key;
    return "'" + (text.length() > MAX_SHOWN ? text.substring(0, MAX_SHOWN) + "…" : text) + "'";
  }

  private static String tooLong(ByteString name, int max) {
    return "is " + name.size() + " bytes long; at most " + max + " bytes are allowed";
  }
}

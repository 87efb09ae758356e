package io.countess.door.tenants;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Whose pages may call from a browser, in counter-api's way: it tells each origin that is allowed
 * that origin, also where all are.
 *
 * @param allowed as browsers send them in {@code Origin}; {@code *} for any
 */
public record Origins(List<String> allowed) {
  /** Any page, as in counter-api. */
  public static final Origins ANY = new Origins(List.of("*"));

  private static final Map<String, String> ALWAYS =
      Map.of(
          "Access-Control-Allow-Methods",
          "GET,POST,OPTIONS",
          "Access-Control-Allow-Headers",
          "Content-Type,Authorization,X-Request-ID,X-API-Key,Idempotency-Key",
          "Access-Control-Max-Age",
          "3600");

  /** Copies the list. */
  public Origins {
    allowed = List.copyOf(allowed);
  }

  /** Reads origins between which commas stand. */
  public static Origins parse(String text) {
    return new Origins(
        Arrays.stream(text.split(",")).map(String::strip).filter(it -> !it.isEmpty()).toList());
  }

  boolean allow(String origin) {
    return allowed.contains("*") || allowed.contains(origin);
  }

  /**
   * What an answer tells a browser.
   *
   * @param origin of the page that asks, or null
   */
  Map<String, String> headers(String origin) {
    var headers = new TreeMap<>(ALWAYS);
    if (origin != null && !origin.isEmpty() && allow(origin)) {
      headers.put("Access-Control-Allow-Origin", origin);
    }
    return headers;
  }
}

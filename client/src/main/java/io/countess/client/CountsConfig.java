package io.countess.client;

import io.countess.event.Durations;
import io.countess.event.InvalidInputException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;

/**
 * How {@link Counts} reaches a server.
 *
 * @param url where it is, for example {@code http://127.0.0.1:8080}; a path in it stays in front
 * @param apiKey sent as {@code Authorization: Bearer}
 * @param connect how long a connection may take to be made, where that is less than {@code timeout}
 * @param timeout the whole time that a call may take: looking up the host, connecting, the network,
 *     the server, the body and all attempts; at most {@link #MAX_TIMEOUT}
 * @param retry what is sent again, within that time
 */
public record CountsConfig(
    URI url, Optional<String> apiKey, Duration connect, Duration timeout, Retry retry) {
  /** What is done where it is unknown whether the server carried a command out. */
  public enum Retry {
    /** Nothing: the caller is told. */
    NEVER,
    /**
     * A command with an id is sent again, under the same id. That is exact where the policy's
     * {@code dedupe} is longer than a call may take, as it is by default.
     */
    WITH_ID
  }

  /** The longest that a call may take. */
  public static final Duration MAX_TIMEOUT = Duration.ofSeconds(60);

  /** How long a call takes at most unless told otherwise. */
  public static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(5);

  private static final Duration DEFAULT_CONNECT = Duration.ofSeconds(5);

  /** Checks the URL, the key and the times. */
  public CountsConfig {
    if (url.getHost() == null || url.getScheme() == null || !url.getScheme().matches("https?")) {
      throw new InvalidInputException(
          "url", "is '" + url + "'; it must look like http://127.0.0.1:8080");
    }
    if (url.getRawQuery() != null || url.getRawFragment() != null || url.getUserInfo() != null) {
      throw new InvalidInputException("url", "is '" + url + "'; it can only have host, port, path");
    }
    // What a header can't hold would be an obscure failure later.
    if (apiKey.isPresent() && !apiKey.get().matches("[\\x21-\\x7e]+")) {
      throw new InvalidInputException("apiKey", "must be visible ASCII characters");
    }
    requireTimeout("connect", connect);
    requireTimeout("timeout", timeout);
  }

  /** The server at {@code url}, with the usual time-outs and no key. */
  public static CountsConfig of(String url) {
    return new CountsConfig(
        uri(url), Optional.empty(), DEFAULT_CONNECT, DEFAULT_TIMEOUT, Retry.WITH_ID);
  }

  /** The same with a key. */
  public CountsConfig withApiKey(String key) {
    return new CountsConfig(url, Optional.of(key), connect, timeout, retry);
  }

  /** The same with another time-out. */
  public CountsConfig withTimeout(Duration other) {
    return new CountsConfig(url, apiKey, connect, other, retry);
  }

  /** The same with other retries. */
  public CountsConfig withRetry(Retry other) {
    return new CountsConfig(url, apiKey, connect, timeout, other);
  }

  private static URI uri(String url) {
    try {
      return URI.create(url);
    } catch (IllegalArgumentException malformed) {
      throw new InvalidInputException(
          "url", "is '" + url + "'; it must look like http://127.0.0.1:8080");
    }
  }

  /** Checks a time-out. */
  static Duration requireTimeout(String field, Duration value) {
    if (value.compareTo(Duration.ofMillis(1)) < 0 || value.compareTo(MAX_TIMEOUT) > 0) {
      throw new InvalidInputException(
          field, "is " + Durations.show(value) + "; it must be from 1ms to 60s");
    }
    return value;
  }
}

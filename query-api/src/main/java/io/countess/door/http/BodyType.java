package io.countess.door.http;

import io.countess.answer.ProblemType;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;

/** Of which types and encodings bodies are read, and what is said of the others. */
final class BodyType {
  /** JSON under its names, and what programs call a body that nobody gave a type, curl first. */
  private static final Pattern READ =
      Pattern.compile(
          "application/(json|[\\w.-]+\\+json|(x-)?ndjson|jsonl|(x-)?jsonlines"
              + "|octet-stream|x-www-form-urlencoded)|text/(plain|json)");

  private static final Pattern CHARSET =
      Pattern.compile(";\\s*charset\\s*=\\s*\"?([^\\s;\"]*)", Pattern.CASE_INSENSITIVE);

  private static final Set<String> UTF_8 = Set.of("utf-8", "utf8", "us-ascii", "ascii");

  /** RFC 9110, section 8.4.1.3: the second is to be taken for the first. */
  private static final Set<String> GZIP = Set.of("gzip", "x-gzip");

  private static final String JSON = "application/json";

  private BodyType() {}

  /**
   * Refuses bodies that say that they are no JSON in UTF-8; those that say nothing are tried.
   *
   * @throws ProblemException where that is so
   */
  static void requireJson(Request request) {
    String type = request.getHeaders().get(HttpHeader.CONTENT_TYPE);
    if (type == null || type.isBlank()) {
      return;
    }
    int end = type.indexOf(';');
    String media = (end < 0 ? type : type.substring(0, end)).strip().toLowerCase(Locale.ROOT);
    if (!READ.matcher(media).matches()) {
      throw refusal(
          "Content-Type %s is not read here; send %s, or no type".formatted(type, JSON),
          "Accept",
          JSON);
    }
    Matcher charset = CHARSET.matcher(type);
    if (charset.find() && !UTF_8.contains(charset.group(1).toLowerCase(Locale.ROOT))) {
      throw refusal(
          "Content-Type %s is not read here; bodies are UTF-8".formatted(type), "Accept", JSON);
    }
  }

  /**
   * Refuses bodies that are compressed.
   *
   * @throws ProblemException where that is so
   */
  static void requirePlain(Request request) {
    String encoding = encoding(request);
    if (!encoding.equals("identity")) {
      throw refusal(
          "Content-Encoding %s is not read here; send the body as it is".formatted(encoding),
          "Accept-Encoding",
          "identity");
    }
  }

  /**
   * Whether the body is compressed with gzip.
   *
   * @throws ProblemException where it is compressed in another way
   */
  static boolean isGzip(Request request) {
    String encoding = encoding(request);
    if (GZIP.contains(encoding)) {
      return true;
    }
    if (!encoding.equals("identity")) {
      throw refusal(
          "Content-Encoding %s is not read here; gzip is".formatted(encoding),
          "Accept-Encoding",
          "gzip, identity");
    }
    return false;
  }

  private static String encoding(Request request) {
    return Headers.list(request, "Content-Encoding")
        .map(it -> it.strip().toLowerCase(Locale.ROOT))
        .filter(it -> !it.isEmpty())
        .orElse("identity");
  }

  /** A refusal with the header that says what would be taken (RFC 9110, section 15.5.16). */
  private static ProblemException refusal(String detail, String header, String taken) {
    Reply reply = Problem.of(ProblemType.UNSUPPORTED_TYPE, detail).reply().with(header, taken);
    return new ProblemException(detail, reply);
  }
}

package io.countess.answer;

import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;

/** The kinds of problems that the API answers with, each with its status. */
public enum ProblemType {
  INVALID_FIELD(400, "A value breaks a rule"),
  MALFORMED_REQUEST(400, "The request is not well-formed HTTP"),
  UNAUTHORIZED(401, "A key is needed"),
  FORBIDDEN(403, "The key does not allow this"),
  FOREIGN(403, "A page or a host name of elsewhere may not ask for this"),
  NOT_FOUND(404, "There is nothing at this path"),
  METHOD_NOT_ALLOWED(405, "This path does not take this method"),
  TIMED_OUT(408, "The request did not arrive in time"),
  CONFLICT(409, "The same id was accepted with other content"),
  OUTDATED(412, "The policy is of another version"),
  TOO_LARGE(413, "The body is too large"),
  UNSUPPORTED_TYPE(415, "The body is of a type that is not read here"),
  IMPOSSIBLE(422, "This can never be carried out under the policy"),
  REFUSED(429, "The count would leave its bounds"),
  INTERNAL(500, "Something went wrong inside"),
  NOT_IMPLEMENTED(501, "HTTP has this, and this server does not"),
  NOT_READY(503, "The question can't be answered now"),
  NOT_SENT(503, "The command was not sent"),
  OVERLOADED(503, "Too much is under way"),
  STOPPING(503, "This instance is stopping"),
  ELSEWHERE(503, "Another instance holds this partition"),
  BEHIND(504, "The state did not include the position in time"),
  UNCONFIRMED(504, "The policy is not confirmed by every partition"),
  FATE_UNKNOWN(504, "The command may or may not be in the log");

  /** Those that are decisions too: the body holds one. */
  private static final Set<ProblemType> DECISIONS =
      EnumSet.of(REFUSED, IMPOSSIBLE, CONFLICT, OUTDATED);

  private final int status;
  private final String title;

  ProblemType(int status, String title) {
    this.status = status;
    this.title = title;
  }

  /** The status that the problem is answered with. */
  public int status() {
    return status;
  }

  /** The same sentence for every problem of the type. */
  public String title() {
    return title;
  }

  /** The type's name as a URI: stable, and nothing to be fetched. */
  public String uri() {
    return "urn:countess:problem:" + name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Whether problems of the type {@code uri} are decisions too, so that the body holds one. */
  public static boolean isDecision(String uri) {
    return DECISIONS.stream().anyMatch(type -> type.uri().equals(uri));
  }
}

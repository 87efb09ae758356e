package io.countess.door.tenants;

/** Ends the reading of a request that breaks a rule, with what the caller is told. */
final class ApiException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient ApiReply reply;

  ApiException(ApiReply reply) {
    super(null, null, false, false);
    this.reply = reply;
  }

  /** A value that may not be. */
  static ApiException parameter(String message) {
    return new ApiException(ApiReply.error(400, "INVALID_PARAMETER", message));
  }

  /** A body that is no JSON, or not of the types that it has to be. */
  static ApiException json() {
    return new ApiException(ApiReply.error(400, "INVALID_JSON", "Invalid JSON"));
  }

  static ApiException uuid(String message) {
    return new ApiException(ApiReply.error(400, "INVALID_UUID", message));
  }

  static ApiException cursor(String message) {
    return new ApiException(ApiReply.error(400, "INVALID_CURSOR", message));
  }

  ApiReply reply() {
    return reply;
  }
}

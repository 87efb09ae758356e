package io.countess.door.tenants;

/**
 * What an operation on a tenant's counter tells of whoever asked for it.
 *
 * @param request the id of the request
 */
record Signature(String tenant, Principal principal, String request) {
  /** As it is kept with the operation. */
  String note(String kind, String operation) {
    return new Note(kind, operation, principal.id(), request).text();
  }
}

package io.countess.door.http;

import io.countess.query.Response;

/**
 * Why a line that was to be logged was not, or may not have been: the reason in a load's report.
 */
record LineRefusal() implements Response.Cases<String> {
  @Override
  public String decided(Response.Decided it) {
    return "was decided before it was known to be in the log";
  }

  @Override
  public String logged(Response.Logged it) {
    return "is in the log at " + it.position();
  }

  @Override
  public String invalid(Response.Invalid it) {
    return it.field() + " " + it.rule();
  }

  @Override
  public String notSent(Response.NotSent it) {
    return it.reason();
  }

  @Override
  public String elsewhere(Response.Elsewhere it) {
    return "partition %d is held by %s".formatted(it.partition(), it.owner());
  }

  @Override
  public String unconfirmed(Response.Unconfirmed it) {
    return "is in the log, and not confirmed by " + it.partitions();
  }

  @Override
  public String fateUnknown(Response.FateUnknown it) {
    return it.reason() + ": it may or may not be in the log";
  }

  @Override
  public String forbidden(Response.Forbidden it) {
    return it.denial().sentence();
  }
}

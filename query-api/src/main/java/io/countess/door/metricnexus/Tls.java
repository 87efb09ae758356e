package io.countess.door.metricnexus;

import java.nio.file.Path;

/** Where the certificate of the door is from. */
public sealed interface Tls {
  /** From nowhere: it speaks plain HTTP, for whatever ends HTTPS in front of it. */
  record Off() implements Tls {}

  /** From these files, in PEM: the certificate with those that vouch for it, and its key. */
  record Given(Path certificate, Path key) implements Tls {}

  /** From two files in that directory, which are made at the first start. */
  record Own(Path directory) implements Tls {}
}

package io.countess.cli.load;

import picocli.CommandLine.Option;

/**
 * The options that say what a line is. What they mean is told by {@link Forms}, whose classes are
 * loaded only then.
 */
final class FormOptions {
  @Option(
      names = "--namespace",
      paramLabel = "NS",
      description = "The namespace of lines that have none. Alone: each line is a key, and puts 1.")
  String namespace;

  @Option(
      names = "--regex",
      paramLabel = "PATTERN",
      description =
          "Lines in which this Java pattern is found are puts; its group (?<key>...) is the key. It"
              + " may have groups n, at, namespace and id.")
  String regex;

  @Option(
      names = "--json",
      description = "Lines are JSON objects; a FIELD is a JSON pointer as /client/ip, or a name.")
  boolean json;

  @Option(
      names = "--csv",
      description = "The file is CSV; a FIELD is a name in the first line, or a number from 1.")
  boolean csv;

  @Option(names = "--key-field", paramLabel = "FIELD", description = "Where the key stands.")
  String key;

  @Option(names = "--n-field", paramLabel = "FIELD", description = "How much to add; else 1.")
  String n;

  @Option(names = "--at-field", paramLabel = "FIELD", description = "When it was; else now.")
  String at;

  @Option(
      names = "--namespace-field",
      paramLabel = "FIELD",
      description = "The namespace; else --namespace.")
  String ownNamespace;

  @Option(names = "--id-field", paramLabel = "FIELD", description = "An id, for safe repeating.")
  String ownId;

  @Option(
      names = "--time-format",
      paramLabel = "FORMAT",
      description =
          "iso (default), syslog, apache, epoch, epoch-millis, or a Java pattern as 'yyyy-MM-dd"
              + " HH:mm:ss'. With --regex without a group at, the time stands at the start of the"
              + " line, with apache after the first [.")
  String timeFormat;

  @Option(
      names = "--time-zone",
      paramLabel = "ZONE",
      description = "Of times that say none, as Europe/Berlin (default: the system's).")
  String timeZone;

  @Option(names = "--strict", description = "Reject lines without a key, rather than pass over.")
  boolean strict;
}

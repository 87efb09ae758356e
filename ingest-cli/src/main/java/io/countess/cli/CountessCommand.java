package io.countess.cli;

import java.util.Optional;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What all commands stand below. */
@Command(
    name = "countess",
    description = "Counts things for a fleet of services.",
    versionProvider = CountessCommand.Version.class,
    synopsisSubcommandLabel = "COMMAND",
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:All went well.",
      "1:The server said no, or not all lines were taken.",
      "2:The command line, or a value on it, is wrong; nothing was done.",
      "3:A limit refused it, or would; nothing was changed.",
      "4:The server can't be reached, is not ready, or did not answer in time."
          + " A command may have been carried out in the last case.",
      "5:The id was used for something else, or the policy is of another version;"
          + " nothing was changed.",
      "70:A bug."
    })
@SuppressWarnings("unused") // picocli sets the fields and reads the names
final class CountessCommand {
  @Option(
      names = {"-h", "--help"},
      usageHelp = true,
      scope = ScopeType.INHERIT,
      description = "Show this help.")
  private boolean help;

  @Option(
      names = {"-V", "--version"},
      versionHelp = true,
      description = "Show the version.")
  private boolean version;

  @Option(
      names = "--verbose",
      scope = ScopeType.INHERIT,
      description = "Show stack traces of failures.")
  private boolean verbose;

  /** The version that the build wrote into the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String built = CountessCommand.class.getPackage().getImplementationVersion();
      return new String[] {"countess " + Optional.ofNullable(built).orElse("(not built as a jar)")};
    }
  }
}

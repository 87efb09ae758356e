package io.countess;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameStartingWith;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.GeneralCodingRules.ACCESS_STANDARD_STREAMS;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.Timer;
import java.util.concurrent.ScheduledExecutorService;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Imports go one way, over all modules. */
class ImportsTest {
  /** In the order in which data flows; what stands together knows nothing of each other. */
  private static final List<Set<String>> ORDER =
      List.of(
          Set.of("background"),
          Set.of("event"),
          Set.of("event.codec"),
          Set.of("answer"),
          Set.of("answer.codec"),
          Set.of("client"),
          Set.of("count"),
          Set.of("state"),
          Set.of("fold", "store"),
          Set.of("topology"),
          Set.of("runtime"),
          Set.of("query"),
          Set.of("cluster.wire"),
          Set.of("cluster"),
          Set.of("door", "broker", "metrics"),
          Set.of("door.http", "door.net"),
          Set.of("door.dracula", "door.redis", "door.metricnexus", "door.envoy", "door.tenants"),
          Set.of("server"),
          Set.of("cli"),
          Set.of("bench"));

  /**
   * The roots of the contract, of the cluster and of the doors: packages beside what is in them.
   */
  private static final Set<String> ROOTS = Set.of("event", "answer", "cluster", "door");

  static final JavaClasses ALL =
      new ClassFileImporter()
          .withImportOption(new DoNotIncludeTests())
          .importPackages("io.countess");

  @Test
  void shouldImportOneWayOnly() {
    for (int i = 0; i < ORDER.size(); i++) {
      for (String name : ORDER.get(i)) {
        String[] later = later(i, name);
        noClasses()
            .that()
            .resideInAPackage(matching(name))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(later)
            .allowEmptyShould(true)
            .check(ALL);
      }
    }
  }

  @Test
  void shouldLookAtAllModules() {
    assertThat(ORDER.stream().flatMap(Set::stream))
        .filteredOn(name -> !ALL.containPackage("io.countess." + name))
        .as("packages without a class")
        .isEmpty();
  }

  @Test
  void shouldHaveNoPackageThatIsNotInTheOrder() {
    String[] known =
        ORDER.stream().flatMap(Set::stream).map(ImportsTest::matching).toArray(String[]::new);
    classes().should().resideInAnyPackage(known).check(ALL);
  }

  @Test
  void shouldHaveNoCyclesBetweenPackages() {
    slices().matching("io.countess.(**)").should().beFreeOfCycles().check(ALL);
  }

  @Test
  void shouldKeepTheContractAndTheArithmeticFreeOfLibraries() {
    classes()
        .that()
        .resideInAPackage("io.countess.event")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "io.countess.event")
        .check(ALL);
    classes()
        .that()
        .resideInAPackage("io.countess.answer")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "io.countess.event", "io.countess.answer")
        .check(ALL);
    classes()
        .that()
        .resideInAPackage("io.countess.count..")
        .should()
        .onlyDependOnClassesThat()
        .resideInAnyPackage("java..", "io.countess.event", "io.countess.count..")
        .check(ALL);
  }

  /** So that a log can be folded anywhere. */
  @Test
  void shouldKeepTheFoldFreeOfKafka() {
    noClasses()
        .that()
        .resideInAnyPackage("io.countess.fold..", "io.countess.state..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.kafka..")
        .check(ALL);
  }

  @Test
  void shouldKeepDoorsFromStores() {
    noClasses()
        .that()
        .resideInAPackage("io.countess.door..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.countess.count..",
            "io.countess.state..",
            "io.countess.fold..",
            "io.countess.store..",
            "io.countess.topology..",
            "io.countess.runtime..",
            "org.apache.kafka..")
        .check(ALL);
  }

  /** What a short command loads decides how fast it starts. */
  @Test
  void shouldKeepShortCommandsFromTheServerAndKafka() {
    noClasses()
        .that()
        .resideInAnyPackage(
            "io.countess.cli.console..",
            "io.countess.cli.counters..",
            "io.countess.cli.listings..",
            "io.countess.cli.policy..",
            "io.countess.cli.load..",
            "io.countess.cli.apikey..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "org.apache.kafka..",
            "io.javalin..",
            "org.slf4j..",
            "com.fasterxml.jackson.databind..",
            "io.countess.query..",
            "io.countess.door..",
            "io.countess.server..")
        .check(ALL);
  }

  /**
   * A timer of the JDK runs a task no more that has failed once, and tells nobody. The event loops
   * of Netty are such timers, too; a door may use them to run what it has to run now.
   */
  @Test
  void shouldRepeatTasksOnlyBehindTheGuard() {
    noClasses()
        .that()
        .resideOutsideOfPackage("io.countess.background..")
        .should()
        .dependOnClassesThat(
            assignableTo(ScheduledExecutorService.class).and(resideOutsideOfPackage("io.netty..")))
        .orShould()
        .dependOnClassesThat()
        .areAssignableTo(Timer.class)
        .orShould()
        .callMethodWhere(
            target(nameStartingWith("schedule"))
                .and(target(owner(assignableTo(ScheduledExecutorService.class)))))
        .check(ALL);
  }

  @Test
  void shouldPrintNowhereButInTheCommands() {
    noClasses()
        .that()
        .resideOutsideOfPackages("io.countess.cli..", "io.countess.bench..")
        .should(ACCESS_STANDARD_STREAMS)
        .check(ALL);
  }

  @Test
  void shouldDescribeEveryPackage() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of(".."))) {
      var sources =
          files
              .filter(file -> file.toString().contains("/src/main/java/"))
              .filter(file -> file.toString().endsWith(".java"))
              .collect(Collectors.groupingBy(Path::getParent));
      assertThat(sources).isNotEmpty();
      assertThat(sources.keySet())
          .allSatisfy(dir -> assertThat(dir.resolve("package-info.java")).exists());
    }
  }

  /** Everything that comes after the place {@code i}, and what stands there beside {@code name}. */
  private static String[] later(int i, String name) {
    var beside = ORDER.get(i).stream().filter(other -> !other.equals(name));
    var after = ORDER.subList(i + 1, ORDER.size()).stream().flatMap(Set::stream);
    return Stream.concat(beside, after).map(ImportsTest::matching).toArray(String[]::new);
  }

  private static String matching(String name) {
    return "io.countess." + name + (ROOTS.contains(name) ? "" : "..");
  }
}

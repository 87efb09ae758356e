package io.countess;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.AccessTarget.ConstructorCallTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Classes are initialized one way: where two need each other for that, two threads that begin with
 * one of them each wait for each other for ever, and so does everybody who needs either.
 *
 * <p>Only what initializers do themselves is looked at, not what the methods do that they call.
 */
class InitializationTest {
  @Test
  void shouldInitializeClassesOneWayOnly() {
    List<String> circular =
        ImportsTest.ALL.stream()
            .filter(it -> first(it).anyMatch(before -> reaches(before, it, new HashSet<>())))
            .map(JavaClass::getName)
            .toList();
    assertThat(circular).as("classes that need themselves to be initialized").isEmpty();
  }

  private static boolean reaches(JavaClass from, JavaClass to, Set<JavaClass> seen) {
    return from.equals(to)
        || seen.add(from) && first(from).anyMatch(before -> reaches(before, to, seen));
  }

  /** What has to be initialized before a class can be, or while it is. */
  private static Stream<JavaClass> first(JavaClass it) {
    var initialized =
        it.getStaticInitializer().stream()
            .flatMap(initializer -> initializer.getAccessesFromSelf().stream())
            .filter(InitializationTest::initializesItsTarget)
            .map(JavaAccess::getTargetOwner);
    var supertypes = Stream.concat(it.getRawSuperclass().stream(), inherited(it));
    return Stream.concat(supertypes, initialized)
        .filter(other -> !other.equals(it) && ImportsTest.ALL.contain(other.getName()))
        // A class without a name is used where it stands, by the thread that has come there.
        .filter(Predicate.not(JavaClass::isAnonymousClass));
  }

  /** Interfaces come first only where they have something to run. */
  private static Stream<JavaClass> inherited(JavaClass it) {
    return it.isInterface()
        ? Stream.empty()
        : it.getAllRawInterfaces().stream()
            .filter(type -> type.getMethods().stream().anyMatch(InitializationTest::isDefault));
  }

  private static boolean isDefault(JavaMethod method) {
    Set<JavaModifier> has = method.getModifiers();
    return !has.contains(JavaModifier.ABSTRACT) && !has.contains(JavaModifier.STATIC);
  }

  private static boolean initializesItsTarget(JavaAccess<?> access) {
    return access.getTarget() instanceof ConstructorCallTarget
        || access.getTarget().resolveMember().stream()
            .anyMatch(member -> member.getModifiers().contains(JavaModifier.STATIC));
  }
}

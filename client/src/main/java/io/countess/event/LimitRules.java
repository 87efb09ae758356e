package io.countess.event;

import java.util.List;
import java.util.Map;

/** What several limits on one counter have to be. */
final class LimitRules {
  private static final List<String> KINDS = List.of("expiring", "leaky", "window", "total");

  private LimitRules() {}

  static void require(List<Policy> limits) {
    if (limits.isEmpty() || limits.size() > Policy.Limits.MOST) {
      throw new InvalidInputException(
          "limits", "are %d; there must be 1 to %d".formatted(limits.size(), Policy.Limits.MOST));
    }
    for (int i = 0; i < limits.size(); i++) {
      require("limits[" + i + "]", limits.get(i));
    }
  }

  private static void require(String name, Policy limit) {
    requireKind(name + ".kind", limit.kind());
    if (limit.limit().isEmpty()) {
      String field = limit instanceof Policy.Leaky ? "capacity" : "limit";
      throw new InvalidInputException(
          name + "." + field, "is missing; each of several limits needs one");
    }
    if (KeepRules.keeps(limit)) {
      throw new InvalidInputException(
          name + ".keep", "is not for one of several limits; it is for a counter that has one");
    }
    if (limit.terms().journal().isPresent()) {
      throw new InvalidInputException(
          name + ".journal", "is not for one of several limits; it is for total, gauge and value");
    }
    if (limit.terms().lapses()) {
      throw new InvalidInputException(name + ".lapses", "stands beside limits, for all of them");
    }
    if (!limit.terms().equals(Terms.DEFAULT)) {
      throw new InvalidInputException(
          name,
          "has a description, mode, dedupe, maxIds or plans;"
              + " these stand beside limits, for all of them");
    }
  }

  static void requireKind(String field, String kind) {
    if (kind == null || !KINDS.contains(kind)) {
      throw new InvalidInputException(
          field,
          (kind == null ? "is missing" : "is " + kind)
              + "; a limit is of the kind expiring, leaky, window or total");
    }
  }

  /** A counter goes from plan to plan without being touched, so what it counts has to fit all. */
  static void requireSameKinds(List<Policy> limits, Terms terms) {
    terms.requireKind(Policy.Limits.class);
    List<String> kinds = limits.stream().map(Policy::kind).toList();
    for (Map.Entry<String, Policy> plan : terms.plans().entrySet()) {
      List<String> others = ((Policy.Limits) plan.getValue()).kinds();
      if (!others.equals(kinds)) {
        throw new InvalidInputException(
            "plans",
            "has the plan '%s' with the limits %s; a plan has limits of the same kinds as its policy: %s"
                .formatted(plan.getKey(), String.join(", ", others), String.join(", ", kinds)));
      }
    }
  }
}

package io.countess.event;

/** How many windows are kept after their end, and by whom. */
final class KeepRules {
  private KeepRules() {}

  static void require(int keep) {
    if (keep < 0 || keep > Policy.Window.MOST_KEPT) {
      throw new InvalidInputException(
          "keep", "is %d; it must be from 0 to %d".formatted(keep, Policy.Window.MOST_KEPT));
    }
  }

  /** Whether windows that have ended are kept by a policy, or by one of its plans. */
  static boolean keeps(Policy policy) {
    return policy instanceof Policy.Window window && window.keep() > 0
        || policy.terms().plans().values().stream().anyMatch(KeepRules::keeps);
  }
}

package io.countess.count;

import java.util.Optional;

/**
 * What a release led to.
 *
 * @param folded the state after it, and the decision, which says how much was taken back
 * @param left what could still be taken back by another release
 */
public record Released(Folded folded, Optional<Added> left) {}

package io.countess.door;

import java.util.EnumSet;
import java.util.Set;

/**
 * Who sends a request.
 *
 * @param name as it stands beside the key
 * @param access what the key allows
 */
public record Caller(String name, Set<Access> access) {
  /** Whoever comes, where no keys are asked for. */
  public static final Caller ANYONE = new Caller("anyone", EnumSet.allOf(Access.class));

  /** Whoever comes without a key, where no key is needed. */
  public static final Caller NOBODY = new Caller("nobody", EnumSet.noneOf(Access.class));

  public boolean may(Access needed) {
    return needed == Access.OPEN || access.contains(needed);
  }
}

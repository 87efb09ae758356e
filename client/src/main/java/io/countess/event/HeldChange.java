package io.countess.event;

import java.util.Optional;

/**
 * What an event did to a counter of the kind {@code value}, or did not.
 *
 * @param before what it held; empty where it held nothing
 * @param after what it holds from then on
 */
public record HeldChange(Optional<Held> before, Optional<Held> after) {}

package io.countess.door.dracula;

import io.countess.door.DoorOutcome;
import java.util.Optional;

/**
 * What goes back to whoever sent a packet.
 *
 * @param bytes a sealed packet; empty where nothing is to be sent
 * @param sent is run when it has been written, or can't be
 */
record Reply(DoorOutcome outcome, Optional<byte[]> bytes, Runnable sent) {}

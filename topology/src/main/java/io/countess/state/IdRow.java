package io.countess.state;

/** A row of what counters remember of ids. */
sealed interface IdRow permits DedupeEntry, DedupePointer, IdLedger {}

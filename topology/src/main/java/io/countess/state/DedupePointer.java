package io.countess.state;

/**
 * An accepted event on several counters that one of the others has the row of.
 *
 * @param recordKey of that one
 * @param endMillis when it is forgotten
 * @param offset of the event's record: another event in that row is not the one that is meant
 */
record DedupePointer(byte[] recordKey, long endMillis, long offset) implements IdRow {}

package io.countess.state;

import io.countess.count.IdCount;

/**
 * What a counter keeps of all its ids together.
 *
 * @param count how many it remembers
 * @param voidedAt the offset of the last record that set or reset the counter; -1 where there was
 *     none. Nothing is left of earlier puts
 * @param armedSeconds when the expiry index looks at this, in seconds since the epoch, unsigned
 */
record IdLedger(IdCount count, long voidedAt, int armedSeconds) implements IdRow {
  static final IdLedger EMPTY = new IdLedger(IdCount.NONE, -1, 0);
}

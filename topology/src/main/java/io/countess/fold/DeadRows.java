package io.countess.fold;

import io.countess.state.PartitionState;

/**
 * Sees to it that dead rows go. While records come, each pays for more work in the expiry index
 * than a record can make there. So expiry keeps up with any load. The rest is done in small steps.
 */
final class DeadRows {
  /** What a record pays: for a block with nothing but its entry, and a little more. */
  private static final int PAID_BY_RECORD = 4;

  /** What a block of the expiry index costs beside its entries, which cost one each. */
  private static final int BLOCK_COST = 2;

  private static final int PAID_BEFORE_WORK = 256;
  private static final int WORK_IN_A_STEP = 2048;

  private final PartitionState state;
  private int paid;

  DeadRows(PartitionState state) {
    this.state = state;
  }

  void afterRecord() {
    if (state.isExpiryDue()) {
      paid += PAID_BY_RECORD;
      if (paid >= PAID_BEFORE_WORK) {
        expire(paid);
        paid = 0;
      }
    }
  }

  /** Does a little, and answers whether there is more. */
  boolean work() {
    expire(WORK_IN_A_STEP);
    boolean swept = state.sweep();
    return swept || state.isExpiryDue();
  }

  private void expire(int work) {
    int left = work;
    while (left > 0 && state.isExpiryDue()) {
      left -= BLOCK_COST + state.expire();
    }
  }
}

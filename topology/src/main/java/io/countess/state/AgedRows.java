package io.countess.state;

/** The rows that end by age, as {@link Checkpoint#ageAt} tells it: whatever clocks show. */
record AgedRows(Ids ids, Journals journals) {
  void open() {
    ids.open();
    journals.open();
  }

  void drop() {
    ids.drop();
    journals.drop();
  }

  /** Whether some wait to be removed. */
  boolean areDue(Checkpoint checkpoint) {
    long floorSeconds = checkpoint.time().ageFloorMillis() / 1000;
    return ids.expiry().isDue(floorSeconds) || journals.expiry().isDue(floorSeconds);
  }

  /** Whether some were due so long ago, since no record has let time pass. */
  boolean areOverdue(Checkpoint checkpoint, PartitionClock clock, long forMillis) {
    long floorMillis = checkpoint.time().ageFloorMillis();
    long since = clock.ageMillis() - forMillis;
    return ids.expiry().isOverdue(floorMillis, since)
        || journals.expiry().isOverdue(floorMillis, since);
  }

  /** Removes those of one block of an expiry index that are dead; answers how many it had. */
  int expire(Checkpoint checkpoint) {
    long floorMillis = checkpoint.time().ageFloorMillis();
    return ids.expiry().isDue(floorMillis / 1000)
        ? ids.expire(floorMillis)
        : journals.expire(floorMillis);
  }

  int dirtyCount() {
    return ids.dirtyCount() + journals.dirtyCount();
  }

  void flush(Batch out, Checkpoint checkpoint) {
    ids.flush(out, checkpoint);
    journals.flush(out, checkpoint);
  }
}

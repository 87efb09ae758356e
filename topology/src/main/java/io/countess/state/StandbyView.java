package io.countess.state;

import io.countess.count.Tally;

/**
 * A look at the rows of a partition that is not folded here, only kept up to date from its
 * changelog. What is decoded is decoded for this look; rows are read as they come.
 *
 * <p>The checkpoint is the last of each flush, and the policies are written before the counters
 * that they govern. So the rows are at least as new as the offset in the checkpoint says. Where the
 * policies are the same after the rows have been read as before, the rows belong to them.
 */
public final class StandbyView {
  private StandbyView() {}

  /** The way into the rows. Before a first flush has arrived they include no record. */
  public static PartitionReader look(Rows rows, int partition, int partitions) {
    byte[] checkpoint = rows.get(StoreKeys.of(StoreKeys.CHECKPOINT));
    Checkpoint known = Checkpoint.decode(checkpoint, partitions);
    var clock = new PartitionClock(TimeSource.SYSTEM);
    clock.folded(known.time());
    var everything = new Tally();
    byte[] totals = rows.get(StoreKeys.of(StoreKeys.EVERYTHING));
    NamespaceCodec.decodeTally(totals, everything);
    var namespaces = new Namespaces(Namespaces.MAX);
    namespaces.open(rows);
    var history = new PolicyHistories(rows);
    var counters = new CounterRows(rows, 0);
    var ownPolicies = new OwnPolicies(history, 0);
    var kept = new KeptRows(rows);
    var journals = new Journals(rows);
    var held =
        new PartitionReader.Readable(
            counters, kept, journals, namespaces, ownPolicies, history, everything, new OneStep());
    var reader = new PartitionReader(partition, held, clock);
    reader.progress().folded(known.offset());
    return reader;
  }
}

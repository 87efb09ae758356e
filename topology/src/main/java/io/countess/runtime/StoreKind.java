package io.countess.runtime;

/** What holds the state of a partition beneath the rows that are kept decoded. */
public enum StoreKind {
  /** On disk: more state than memory, and a clean restart restores nothing. */
  ROCKSDB,
  /** On the heap: faster, and rebuilt from the changelog at every start. */
  MEMORY
}

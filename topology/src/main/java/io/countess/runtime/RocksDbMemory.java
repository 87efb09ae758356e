package io.countess.runtime;

import java.util.Map;
import org.apache.kafka.streams.state.RocksDBConfigSetter;
import org.rocksdb.BlockBasedTableConfig;
import org.rocksdb.BloomFilter;
import org.rocksdb.Cache;
import org.rocksdb.LRUCache;
import org.rocksdb.Options;
import org.rocksdb.RocksDB;
import org.rocksdb.WriteBufferManager;

/**
 * One budget for the memory of all RocksDB instances of the process: blocks, filters and write
 * buffers share it. Kafka Streams makes the setter by its class name, so the budget reaches it
 * through the configuration.
 */
public final class RocksDbMemory implements RocksDBConfigSetter {
  /** Key of the configuration under which the {@link Budget} stands. */
  static final String BUDGET = "countess.rocksdb.budget";

  private static final long WRITE_BUFFER_BYTES = 16L << 20;

  private static final long LEAST_BYTES = 32L << 20;
  private static final long MOST_BYTES = 256L << 20;

  /**
   * What suits a heap: a quarter of it, within bounds. A small heap means little memory, and on a
   * large one nearly all rows are found before RocksDB is asked.
   */
  static long bytesBeside(long heapBytes) {
    return Math.max(LEAST_BYTES, Math.min(MOST_BYTES, heapBytes / 4));
  }

  /** The shared cache. It lives as long as the process: native memory that stores may still use. */
  static final class Budget {
    private final Cache cache;
    private final WriteBufferManager writeBuffers;

    static Budget beside(long heapBytes) {
      return new Budget(bytesBeside(heapBytes));
    }

    Budget(long bytes) {
      RocksDB.loadLibrary();
      cache = new LRUCache(bytes);
      writeBuffers = new WriteBufferManager(bytes / 2, cache);
    }
  }

  @Override
  public void setConfig(String storeName, Options options, Map<String, Object> configs) {
    var budget = (Budget) configs.get(BUDGET);
    var table = (BlockBasedTableConfig) options.tableFormatConfig();
    table.setBlockCache(budget.cache);
    table.setCacheIndexAndFilterBlocks(true);
    table.setPinL0FilterAndIndexBlocksInCache(true);
    table.setFilterPolicy(new BloomFilter(10));
    options.setWriteBufferManager(budget.writeBuffers);
    options.setWriteBufferSize(WRITE_BUFFER_BYTES);
    options.setTableFormatConfig(table);
  }

  @Override
  public void close(String storeName, Options options) {
    // The cache is shared, so no store closes it.
  }
}

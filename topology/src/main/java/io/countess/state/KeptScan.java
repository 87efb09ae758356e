package io.countess.state;

import io.countess.count.Keeping;
import io.countess.count.WindowState;
import io.countess.event.ByteString;
import io.countess.state.PartitionReader.InWindow;
import io.countess.state.PartitionReader.KeyRange;
import io.countess.state.PartitionReader.WindowVisitor;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;

/**
 * A look at one window of all counters of a namespace. It is a counter's last one, in the counter's
 * row, or one that is kept before that. So it takes some of the counters' rows, then the kept
 * windows of the same keys, and so on. A window may go from one to the other meanwhile. It is there
 * before it is gone here: so it is never missed, and what is found twice is taken once.
 */
final class KeptScan {
  private static final int ROWS_IN_A_STEP = 1000;

  private final CounterRows rows;
  private final KeptRows kept;
  private final PolicyInForce policy;
  private final byte[] encodedName;
  private final boolean anyOwn;
  private final Function<byte[], OwnPolicy> own;
  private final InWindow window;
  private final boolean isKept;

  /** The last counter that was looked at. */
  private byte[] looked;

  KeptScan(
      CounterRows rows,
      KeptRows kept,
      Namespace namespace,
      Function<byte[], OwnPolicy> own,
      InWindow window) {
    this.rows = rows;
    this.kept = kept;
    this.policy = namespace.policy();
    this.encodedName = namespace.encodedName();
    this.anyOwn = namespace.hasOwnPolicies();
    this.own = own;
    this.window = window;
    this.isKept = isKept(OwnPolicy.NONE);
  }

  void visit(KeyRange range, WindowVisitor visitor) {
    byte[] from = RecordKeys.of(encodedName, range.first());
    byte[] end = StoreKeys.after(RecordKeys.of(encodedName, range.prefix()));
    while (from != null) {
      Map<ByteString, Long> found = new TreeMap<>();
      byte[] next = takeLast(from, end, found);
      byte[] to = next == null ? end : next;
      takeKept(from, to, found);
      for (Map.Entry<ByteString, Long> key : found.entrySet()) {
        if (!visitor.visit(key.getKey(), key.getValue())) {
          return;
        }
      }
      if (next != null && !visitor.passed(key(looked), ROWS_IN_A_STEP)) {
        return;
      }
      from = next;
    }
  }

  /** Takes it where it is the last; answers where to go on, null at the end. */
  private byte[] takeLast(byte[] from, byte[] to, Map<ByteString, Long> into) {
    int[] left = {ROWS_IN_A_STEP};
    byte[][] next = {null};
    rows.scan(
        StoreKeys.of(StoreKeys.COUNTER, from),
        StoreKeys.of(StoreKeys.COUNTER, to),
        row -> {
          byte[] recordKey = StoreKeys.withoutKind(row.storeKey);
          if (left[0]-- == 0) {
            next[0] = recordKey;
            return false;
          }
          looked = recordKey;
          if (row.stateIn(policy.epoch()) instanceof WindowState last
              && last.span().equals(window.span())
              && isKeptBy(recordKey)) {
            into.put(key(recordKey), last.n());
          }
          return true;
        });
    return next[0];
  }

  private void takeKept(byte[] from, byte[] to, Map<ByteString, Long> into) {
    kept.scan(
        StoreKeys.of(StoreKeys.KEPT, from),
        StoreKeys.of(StoreKeys.KEPT, to),
        (storeKey, row) -> {
          byte[] recordKey = StoreKeys.withoutKind(storeKey);
          if (row.epoch() == policy.epoch()) {
            row.windows()
                .find(window.span())
                .filter(it -> isKeptBy(recordKey))
                .ifPresent(it -> into.put(key(recordKey), it.n()));
          }
          return true;
        });
  }

  private boolean isKeptBy(byte[] recordKey) {
    return anyOwn ? isKept(own.apply(recordKey)) : isKept;
  }

  private boolean isKept(OwnPolicy of) {
    Keeping keeping = of.under(policy).keeping();
    long end = window.span().endMillis();
    return keeping != null
        && end > keeping.horizonMillis(window.atMillis())
        && end > of.keptFrom(policy);
  }

  private ByteString key(byte[] recordKey) {
    return ByteString.of(recordKey, encodedName.length + 1, recordKey.length);
  }
}

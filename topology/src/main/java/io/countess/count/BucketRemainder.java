package io.countess.count;

/**
 * What of a put is still in a leaky bucket, in the units of the bucket.
 *
 * <p>Its last drop drains when {@code levelBefore + amount} has drained since it was poured in.
 * Where the rate has changed since then, all that time counts at the faster of both rates. Where
 * units don't match, they are rounded down. Gaps count as if they had been before the put. So the
 * rest of a put may be taken for less than it is, and not for more. The one exception: the rate has
 * changed more than once, and one in between was faster than both.
 *
 * @param ahead what has to drain before it, gaps not included
 * @param left what is left of it
 */
record BucketRemainder(long ahead, long left) {
  static BucketRemainder of(Added.Poured put, LeakyState bucket) {
    Drain drain = bucket.drain();
    Drain fastest = drain.isFasterThan(put.drain()) ? drain : put.drain();
    long amount = fastest.convertDown(put.amount(), put.drain());
    long depth = fastest.convertDown(put.levelBefore() + put.amount(), put.drain());
    long elapsed = Math.max(0, bucket.atMillis() - put.atMillis());
    long toDrain = fastest.after(depth, elapsed) - fastest.convert(bucket.gaps(), drain);
    long left = Math.max(0, Math.min(amount, toDrain));
    long ahead = Math.max(0, toDrain) - left;
    return new BucketRemainder(
        drain.convertDown(ahead, fastest),
        Math.min(bucket.level(), drain.convertDown(left, fastest)));
  }

  /** What is still to be taken after {@code units} have been, which led to {@code after}. */
  Added.Poured without(long units, LeakyState after) {
    long rest = left - units;
    long most = Long.MAX_VALUE - after.gaps() - rest;
    long levelBefore = Math.min(ahead, most) + after.gaps();
    return new Added.Poured(after.atMillis(), levelBefore, rest, after.drain());
  }
}

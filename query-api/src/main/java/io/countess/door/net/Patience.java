package io.countess.door.net;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long the other end of a connection may take. For the thread of the connection.
 *
 * <p>Whoever looks only when something comes would never end what is half sent, so a handler looks
 * when it is told that nothing has come, too: {@link TcpConnections} tells it again and again.
 */
public final class Patience {
  private final Limits limits;
  private final LongSupplier nanos;
  private long lastReadNanos;
  private long begunNanos;

  /**
   * How long a peer may take.
   *
   * @param silent how long nothing may come
   * @param whole how long a request may take, from its first byte to its last
   */
  public record Limits(Duration silent, Duration whole) {
    /** Patience of a connection that begins now. */
    public Patience begin() {
      return new Patience(this, System::nanoTime);
    }
  }

  /**
   * @param nanos a clock that never runs back
   */
  public Patience(Limits limits, LongSupplier nanos) {
    this.limits = limits;
    this.nanos = nanos;
    lastReadNanos = nanos.getAsLong();
  }

  /** Something has come. */
  public void read() {
    lastReadNanos = nanos.getAsLong();
  }

  /** A request begins. */
  public void begun() {
    begunNanos = nanos.getAsLong();
  }

  /** Whether nothing has come for too long. */
  public boolean isSilent() {
    return nanos.getAsLong() - lastReadNanos > limits.silent().toNanos();
  }

  /** Whether the request that has begun takes too long. */
  public boolean isLate() {
    return nanos.getAsLong() - begunNanos > limits.whole().toNanos();
  }
}

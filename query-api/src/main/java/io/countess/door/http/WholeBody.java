package io.countess.door.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.EagerContentHandler;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Invocable;

/**
 * One body on its way. It is copied, since what Jetty reads into is a whole buffer for as little as
 * a byte; and it is handed on when it is complete, too long, or broken.
 */
final class WholeBody extends EagerContentHandler.ContentLoader implements Invocable.Task {
  private final Bound bound;
  private final long startNanos = System.nanoTime();
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(256);

  WholeBody(Bound bound, Handler next, Request request, Response response, Callback callback) {
    super(next, request, response, callback);
    this.bound = bound;
  }

  /**
   * What bodies may take.
   *
   * @param eachBytes this one
   * @param together what all take now
   * @param most how long this one may take
   */
  record Bound(int eachBytes, AtomicLong together, Duration most) {
    private static final long MAX_TOGETHER_BYTES = 64L << 20;

    boolean take(int length) {
      return together.addAndGet(length) <= MAX_TOGETHER_BYTES;
    }

    void giveBack(int length) {
      together.addAndGet(-length);
    }
  }

  @Override
  public InvocationType getInvocationType() {
    return InvocationType.NON_BLOCKING;
  }

  @Override
  protected void load() {
    read(Runnable::run);
  }

  @Override
  public void run() {
    read(getRequest().getContext());
  }

  /** Takes what is there; where that is all, goes on by way of {@code next}. */
  private void read(Executor next) {
    while (true) {
      Content.Chunk chunk = getRequest().read();
      if (chunk == null) {
        getRequest().demand(this);
        return;
      } else if (Content.Chunk.isFailure(chunk)) {
        handOn(chunk, next);
        return;
      } else if (!add(chunk)) {
        bound.giveBack(bytes.size());
        int full = HttpStatus.SERVICE_UNAVAILABLE_503;
        Response.writeError(getRequest(), getResponse(), getCallback(), full);
        return;
      } else if (chunk.isLast() || bytes.size() > bound.eachBytes) {
        handOn(Content.Chunk.from(ByteBuffer.wrap(bytes.toByteArray()), chunk.isLast()), next);
        return;
      } else if (System.nanoTime() - startNanos > bound.most.toNanos()) {
        handOn(Content.Chunk.from(new TimeoutException("too slow"), true), next);
        return;
      }
    }
  }

  private boolean add(Content.Chunk chunk) {
    byte[] copy = new byte[chunk.remaining()];
    chunk.getByteBuffer().get(copy);
    chunk.release();
    bytes.writeBytes(copy);
    return bound.take(copy.length);
  }

  private void handOn(Content.Chunk first, Executor next) {
    bound.giveBack(bytes.size());
    var request = new Rest(getRequest(), first);
    next.execute(() -> handle(request, getResponse(), getCallback()));
  }

  /** The request, of which something has been read. */
  static final class Rest extends Request.Wrapper {
    private Content.Chunk first;

    Rest(Request request, Content.Chunk first) {
      super(request);
      this.first = first;
    }

    /** Whether nothing of it is still on its way. */
    boolean isAll() {
      return first != null && first.isLast() && !Content.Chunk.isFailure(first);
    }

    @Override
    public Content.Chunk read() {
      if (first == null) {
        return super.read();
      }
      Content.Chunk next = first;
      first = Content.Chunk.next(next);
      return next;
    }
  }
}

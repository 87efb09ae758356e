package io.countess.door.http;

import io.countess.answer.ProblemType;
import io.countess.event.LogFormat;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.Semaphore;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;

/** Reads bodies that hold one JSON object. */
final class RequestBody {
  /** The largest body of a single event, in bytes. */
  static final int MAX_BYTES = LogFormat.MAX_RECORD_BYTES;

  private static final int MAX_DRAINED_BYTES = 1 << 20;
  private static final long DRAIN_NANOS = Duration.ofSeconds(2).toNanos();

  /** How many may be drained at a time: each takes a thread. */
  private static final Semaphore DRAINS = new Semaphore(16);

  private static final byte[] NONE = new byte[0];

  private RequestBody() {}

  /**
   * The whole body.
   *
   * @throws ProblemException where it is too large, compressed, or says that it is no JSON
   */
  static byte[] read(Request request) throws IOException {
    return read(request, MAX_BYTES);
  }

  /** The whole body where it may be as large as {@code maxBytes}. */
  static byte[] read(Request request, int maxBytes) throws IOException {
    if (WholeBodies.hasNone(request)) {
      return NONE;
    }
    long length = request.getLength();
    if (length > maxBytes) {
      throw tooLarge(maxBytes);
    }
    BodyType.requireJson(request);
    BodyType.requirePlain(request);
    return length < 0
        ? readToEnd(Content.Source.asInputStream(request), maxBytes)
        : readAll(request, (int) length);
  }

  /**
   * Takes what is left of a body that is refused, as long as that is not much: a sender who is
   * still sending when the connection closes may never see the answer.
   */
  static void drain(Request request) throws IOException {
    long length = request.getLength();
    boolean waitsToSend = request.getHeaders().contains(HttpHeader.EXPECT);
    boolean refused = WholeBodies.hasNone(request) || length > MAX_DRAINED_BYTES || waitsToSend;
    if (refused || !DRAINS.tryAcquire()) {
      return;
    }
    try {
      drainAll(request);
    } finally {
      DRAINS.release();
    }
  }

  private static void drainAll(Request request) throws IOException {
    InputStream in = Content.Source.asInputStream(request);
    byte[] dropped = new byte[8192];
    long until = System.nanoTime() + DRAIN_NANOS;
    long left = MAX_DRAINED_BYTES;
    int read = 0;
    while (read >= 0 && left > 0 && System.nanoTime() - until < 0) {
      read = in.read(dropped);
      left -= read;
    }
  }

  /**
   * Refuses bodies.
   *
   * @throws ProblemException where there is one
   */
  static void requireNone(Request request) throws IOException {
    if (read(request).length > 0) {
      throw new ProblemException(Problem.invalid("body", "body is not for this request"));
    }
  }

  private static byte[] readAll(Request request, int length) throws IOException {
    byte[] body = new byte[length];
    int read = Content.Source.asInputStream(request).readNBytes(body, 0, length);
    return read == length ? body : Arrays.copyOf(body, read);
  }

  private static byte[] readToEnd(InputStream in, int maxBytes) throws IOException {
    byte[] body = in.readNBytes(maxBytes + 1);
    if (body.length > maxBytes) {
      throw tooLarge(maxBytes);
    }
    return body;
  }

  private static ProblemException tooLarge(int maxBytes) {
    return new ProblemException(
        Problem.of(ProblemType.TOO_LARGE, "the body may have at most " + maxBytes + " bytes here"));
  }
}

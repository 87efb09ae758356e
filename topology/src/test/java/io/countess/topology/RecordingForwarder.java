package io.countess.topology;

import java.util.ArrayList;
import java.util.List;

/** Keeps what is forwarded, and fails when it is told to. */
final class RecordingForwarder implements Forwarder {
  final List<Outgoing> sent = new ArrayList<>();
  private int created;
  private int closed;
  private boolean failing;

  Forwarder create() {
    created++;
    return this;
  }

  /** Nothing arrives from now on. */
  void fail() {
    failing = true;
  }

  void recover() {
    failing = false;
  }

  /** How many have been made and not closed. */
  int open() {
    return created - closed;
  }

  ForwardMark mark(int index) {
    return ForwardMark.of(sent.get(index).headers()).orElseThrow();
  }

  @Override
  public void send(Outgoing out) {
    sent.add(out);
  }

  @Override
  public void flush() {
    if (failing) {
      throw new ForwardingException(new IllegalStateException("the broker is away"));
    }
  }

  @Override
  public void close() {
    closed++;
  }
}

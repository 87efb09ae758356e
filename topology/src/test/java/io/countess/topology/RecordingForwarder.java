package io.countess.topology;

import io.countess.fold.ForwardMark;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Keeps what is forwarded, and fails when it is told to. */
final class RecordingForwarder implements Forwarder {
  final List<Outgoing> sent = new ArrayList<>();
  private int created;
  private int closed;
  private RuntimeException sendFailure;
  private RuntimeException flushFailure;
  private Exception offerFailure;

  Forwarder create() {
    created++;
    return this;
  }

  /** Fails to send from now on; null ends that. */
  void failSend(RuntimeException failure) {
    sendFailure = failure;
  }

  /** Takes nothing that is offered from now on; null ends that. */
  void refuseOffers(Exception failure) {
    offerFailure = failure;
  }

  /** Fails to flush from now on; null ends that. */
  void failFlush(RuntimeException failure) {
    flushFailure = failure;
  }

  /** How many have been made and not closed. */
  int open() {
    return created - closed;
  }

  ForwardMark mark(int index) {
    return Marks.of(sent.get(index).headers()).orElseThrow();
  }

  @Override
  public void send(Outgoing out) {
    if (sendFailure != null) {
      throw sendFailure;
    }
    sent.add(out);
  }

  @Override
  public void offer(Outgoing out, Consumer<Exception> failed) {
    if (offerFailure != null) {
      failed.accept(offerFailure);
      return;
    }
    send(out);
  }

  @Override
  public void flush() {
    if (flushFailure != null) {
      throw flushFailure;
    }
  }

  @Override
  public void close() {
    closed++;
  }
}

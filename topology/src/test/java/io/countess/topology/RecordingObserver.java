package io.countess.topology;

import io.countess.event.ByteString;
import io.countess.event.Decision;
import io.countess.fold.Skipped;
import io.countess.state.PartitionReader;
import java.util.ArrayList;
import java.util.List;

/** Keeps what it hears, and lets a test look in while a record is being folded. */
final class RecordingObserver
    implements DecisionObserver, AnswerObserver, IncidentObserver, PartitionObserver {
  /** A decision for a caller that may wait, and how far the fold was when it was told. */
  record Answer(byte[] caller, Decision decision, long folded) {}

  final List<Decision> decisions = new ArrayList<>();

  /** The record keys of what was decided. */
  final List<ByteString> keys = new ArrayList<>();

  final List<Answer> answers = new ArrayList<>();
  final List<String> deadLetterReasons = new ArrayList<>();
  int overIds;
  int forwarded;
  int ticksFailed;
  long foldedAgain;
  final List<Skipped> skipped = new ArrayList<>();
  PartitionReader reader;
  private Runnable whenFolded = () -> {};

  /** Runs when a record has been decided, before anything of it is committed. */
  void whenFolded(Runnable action) {
    whenFolded = action;
  }

  @Override
  public void answered(byte[] caller, Decision decision) {
    answers.add(new Answer(caller, decision, reader.progress().offset()));
  }

  @Override
  public void decided(int partition, byte[] key, Decision decision) {
    keys.add(ByteString.of(key));
    decisions.add(decision);
    whenFolded.run();
  }

  @Override
  public void overIds(int partition) {
    overIds++;
  }

  @Override
  public void deadLettered(int partition, byte[] key, String reason) {
    deadLetterReasons.add(reason);
  }

  @Override
  public void forwarded(int partition) {
    forwarded++;
  }

  @Override
  public void skipped(int partition, Skipped reason) {
    skipped.add(reason);
  }

  @Override
  public void tickFailed(int partition) {
    ticksFailed++;
  }

  @Override
  public void foldsAgain(int partition, long offsets) {
    foldedAgain += offsets;
  }

  @Override
  public void opened(PartitionReader opened) {
    reader = opened;
  }

  @Override
  public void closed(PartitionReader closed) {
    if (reader == closed) {
      reader = null;
    }
  }
}

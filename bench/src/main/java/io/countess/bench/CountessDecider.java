package io.countess.bench;

import io.countess.event.CounterName;
import io.countess.event.Event;
import io.countess.query.Command;
import io.countess.query.KeyedCommand;
import io.countess.query.LogCommands;
import io.countess.query.Response;
import java.util.concurrent.CompletionStage;

/** Countess's way: a command through the log, answered when the fold has applied it. */
final class CountessDecider implements Decider {
  private final CountessFold fold;
  private final LogCommands commands;
  private final CounterName[] names;

  private CountessDecider(CountessFold fold, BenchLog log, int keys) {
    this.fold = fold;
    commands =
        new LogCommands(
            OneRequestProducer.start(log.servers()), fold.fold(), fold.pending(), nanos -> {});
    names = new CounterName[keys];
    for (int i = 0; i < keys; i++) {
      names[i] = CounterName.of(KeyDraw.NAMESPACE, KeyDraw.name(i));
    }
  }

  static CountessDecider start(Workbench bench, BenchLog log, int keys) {
    return new CountessDecider(CountessFold.start(bench, log), log, keys);
  }

  @Override
  public CompletionStage<?> decide(int key) {
    return commands
        .submit(KeyedCommand.of(Command.of(names[key], Event.Put.ONE)))
        .thenAccept(
            response -> {
              if (!(response instanceof Response.Decided)) {
                throw new BenchException("a put was not decided: " + response);
              }
            });
  }

  @Override
  public void close() {
    commands.close();
    fold.close();
  }
}

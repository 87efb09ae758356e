package io.countess.server;

import static io.countess.cluster.MeasuredInstance.Role.ANSWERS;

import io.countess.cluster.FoldDirectory;
import io.countess.cluster.MeasuredInstance;
import io.countess.cluster.Peers;
import io.countess.cluster.RoutedCommands;
import io.countess.cluster.RoutedQueries;
import io.countess.metrics.Metrics;
import io.countess.query.Commands;
import io.countess.query.Holders;
import io.countess.query.Instance;
import io.countess.query.Queries;
import java.util.Optional;

/**
 * What an instance does together with the others: it asks whoever holds a partition.
 *
 * @param here what the others ask of this one
 */
record Cluster(Queries queries, Commands commands, Instance here) {
  /**
   * Starts to ask.
   *
   * @param peerKey is shown to the others
   */
  static Cluster join(Core core, Optional<String> peerKey, Metrics metrics, Closers closers) {
    var peers = new Peers(peerKey, core.partitions(), metrics.registry());
    closers.add(peers::close);
    var directory = new FoldDirectory(new Holders(core.fold()), core.here(), peers);
    var queries = new RoutedQueries(directory, core::readiness);
    var clock = core.fold().clock();
    var commands =
        new RoutedCommands(directory, core.here(), queries, peers.executor(), clock::millis);
    var here = new MeasuredInstance(core.here(), ANSWERS, metrics.registry());
    return new Cluster(queries, commands, here);
  }
}

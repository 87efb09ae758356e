package io.countess.contract;

import io.countess.client.KeysPage;
import io.countess.client.Namespace;
import io.countess.client.NamespacesPage;
import io.countess.client.PolicyHistory;
import io.countess.client.PolicyInForce;
import io.countess.client.Totals;
import io.countess.event.ByteString;
import io.countess.query.KeyPage;
import io.countess.query.NamespacePage;
import io.countess.query.NamespaceView;
import io.countess.query.PolicyChanges;
import java.util.Base64;
import java.util.Optional;

/** What the ports answer, in the words of the client. */
final class ClientForm {
  private ClientForm() {}

  static KeysPage of(KeyPage page) {
    var keys =
        page.keys().stream()
            .map(entry -> new KeysPage.KeyCount(entry.key(), entry.count(), entry.gauge()))
            .toList();
    return new KeysPage(keys, cursor(page.next()));
  }

  static Namespace of(NamespaceView view) {
    return new Namespace(
        view.namespace(),
        new PolicyInForce(view.policy(), view.version()),
        of(view.totals()),
        view.atMillis());
  }

  static NamespacesPage of(NamespacePage page) {
    return new NamespacesPage(
        page.namespaces().stream().map(ClientForm::of).toList(), cursor(page.next()));
  }

  static PolicyHistory of(PolicyChanges changes) {
    return new PolicyHistory(
        changes.namespace(),
        changes.changes().stream()
            .map(
                it ->
                    new PolicyHistory.Change(
                        it.version(), it.atMillis(), it.policy(), it.onChange()))
            .toList());
  }

  static Totals of(io.countess.query.Totals totals) {
    return new Totals(totals.count(), totals.keys(), totals.approximate(), totals.saturated());
  }

  /** A cursor is the name after which a page starts, as text of some kind. */
  private static Optional<String> cursor(Optional<ByteString> name) {
    return name.map(it -> Base64.getEncoder().encodeToString(it.toBytes()));
  }

  static ByteString name(String cursor) {
    return ByteString.of(Base64.getDecoder().decode(cursor));
  }
}

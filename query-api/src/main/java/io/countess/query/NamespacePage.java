package io.countess.query;

import io.countess.event.ByteString;
import java.util.List;
import java.util.Optional;

/**
 * Namespaces in order.
 *
 * @param next the namespace after which the next page starts; empty at the end
 */
public record NamespacePage(List<NamespaceView> namespaces, Optional<ByteString> next) {}

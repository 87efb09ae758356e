/**
 * The HTTP API: routes, JSON, and the one place where an answer becomes a status. It lets the
 * requests of other instances in, too. Knows the ports of {@code query} and {@code cluster.wire},
 * and no store.
 */
package io.countess.door.http;

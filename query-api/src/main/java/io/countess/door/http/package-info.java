/**
 * The HTTP API: routes, JSON, and the one place where an answer becomes a status. Knows the ports
 * of {@code query}, and no store.
 */
package io.countess.door.http;

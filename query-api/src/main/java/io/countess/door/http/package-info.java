/**
 * The HTTP API: routes, JSON, and the one place where an answer becomes a status. Also the requests
 * of other instances. Knows the ports of {@code query} and its JSON between instances, and no
 * store.
 */
package io.countess.door.http;

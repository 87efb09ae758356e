/**
 * The floor of all doors: keys and scopes, places for requests, lines of any length. Knows the
 * ports of {@code query}, and no protocol.
 */
package io.countess.door;

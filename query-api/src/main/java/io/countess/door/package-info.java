/**
 * The floor of all doors: what a caller's key allows, places for requests, lines of any length.
 * Knows the ports of {@code query}, and no protocol.
 */
package io.countess.door;

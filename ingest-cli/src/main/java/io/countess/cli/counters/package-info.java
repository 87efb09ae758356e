/**
 * Commands about one counter: put, count, set, reset, release; and claims on several. Knows the
 * client and the console.
 */
package io.countess.cli.counters;

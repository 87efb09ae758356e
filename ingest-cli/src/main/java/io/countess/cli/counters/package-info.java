/** Commands about one counter: put, count, set, reset. Knows the client and the console. */
package io.countess.cli.counters;

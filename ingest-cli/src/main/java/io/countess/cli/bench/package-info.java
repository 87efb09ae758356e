/**
 * Measures Countess beside what it is built on, in one run on one machine. May use all of the
 * server; nothing else uses it.
 */
package io.countess.cli.bench;

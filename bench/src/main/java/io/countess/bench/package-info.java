/**
 * Measures Countess beside what it is built on, in one run on one machine. May use all of the
 * server and the command line; nothing else uses it, and no installation has it.
 */
package io.countess.bench;

/**
 * The state of one partition: its rows kept decoded between flushes, over {@link
 * io.countess.state.Rows} beneath them. Also the expiry index, and a safe way in for readers. Knows
 * the arithmetic and no Kafka.
 */
package io.countess.state;

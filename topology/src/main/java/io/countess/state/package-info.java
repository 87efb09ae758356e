/**
 * The state of one partition: its rows kept decoded between commits, the store beneath them, what
 * waits to expire, and a safe way in for readers. Knows the arithmetic and Kafka Streams' stores.
 */
package io.countess.state;

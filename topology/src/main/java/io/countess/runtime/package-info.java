/**
 * Starts and stops Kafka Streams and what it needs: topics, lifecycle, lag. Knows the topology, and
 * nothing of who asks.
 */
package io.countess.runtime;

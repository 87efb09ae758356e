/**
 * Starts and stops Kafka Streams and what it needs: topics, lifecycle, lag. Knows the topology, and
 * no questions or doors.
 */
package io.countess.runtime;

/**
 * What a Java service needs to count: {@link io.countess.client.Puts} appends events to the log
 * through Kafka, {@link io.countess.client.Counts} asks and commands over HTTP. Knows the wire
 * contract, kafka-clients and Jackson, and nothing of the server.
 */
package io.countess.client;

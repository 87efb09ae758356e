/**
 * Owns the registry that {@code /metrics} shows, and what is measured of the JVM and of Kafka.
 * Knows no store and no route: whoever counts registers here.
 */
package io.countess.metrics;

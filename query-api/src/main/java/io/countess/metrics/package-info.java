/**
 * Owns the registry that {@code /metrics} shows, and the meters of the fold, the service, the JVM
 * and Kafka. Knows no store and no route.
 */
package io.countess.metrics;

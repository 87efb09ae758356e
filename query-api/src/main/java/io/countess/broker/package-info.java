/** The embedded Kafka: one node, its data on local disk. Knows Kafka's server, and no counting. */
package io.countess.broker;

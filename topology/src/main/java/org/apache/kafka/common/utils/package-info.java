/** Stands before Kafka's package of this name: the one clock that all of Kafka asks. */
package org.apache.kafka.common.utils;

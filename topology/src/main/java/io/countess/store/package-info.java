/**
 * The rows of a partition in a store of Kafka Streams: on disk or on the heap, with a changelog,
 * and written at each commit. Knows how Kafka Streams calls a store, and nothing of counting.
 */
package io.countess.store;

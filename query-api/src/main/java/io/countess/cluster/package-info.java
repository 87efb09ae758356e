/**
 * Makes several instances one service: finds who holds a partition, asks there over HTTP, waits
 * while partitions move, and puts answers together. Stands behind the ports of {@code query}, so
 * doors know nothing of it but {@code cluster.wire}, which the HTTP door lets in.
 */
package io.countess.cluster;

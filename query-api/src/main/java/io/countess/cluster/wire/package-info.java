/**
 * What instances say to each other: which requests there are, how the instance that is asked
 * answers them, and their JSON. Answers, events and decisions stand in it in the forms of the
 * contract. Knows no network.
 */
package io.countess.cluster.wire;

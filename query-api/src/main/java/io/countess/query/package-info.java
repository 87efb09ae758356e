/**
 * Questions about counters and commands to them, and what can become of them. Doors speak to the
 * two ports here, {@link io.countess.query.Queries} and {@link io.countess.query.Commands}, and
 * never to a store.
 */
package io.countess.query;

/**
 * Questions about counters and commands to them, and what can become of them. Doors speak to two
 * ports here, {@link io.countess.query.Queries} and {@link io.countess.query.Commands}, and never
 * to a store. Behind those stands the third, {@link io.countess.query.Instance}: each of the
 * instances that are the service together, this one or another.
 */
package io.countess.query;

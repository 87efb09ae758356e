/**
 * The pure fold: what a put adds, when it ends, what is left, who is refused. Values in, values
 * out; no clock, no store, and nothing but the JDK and the wire contract. A kind says here too how
 * its states stand in rows.
 */
package io.countess.count;

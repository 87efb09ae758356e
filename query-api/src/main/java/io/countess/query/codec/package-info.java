/**
 * How instances write questions, commands and what became of them to each other: as JSON, made from
 * the records themselves. Knows Jackson and no network.
 */
package io.countess.query.codec;

/**
 * How instances write questions, commands and what became of them to each other: as JSON. Answers,
 * events and decisions stand in it in the forms of the contract. Knows no network.
 */
package io.countess.query.codec;

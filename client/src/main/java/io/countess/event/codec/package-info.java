/**
 * The JSON forms of events, policies and decisions: strict readers (an unknown field is an error)
 * and writers. This package and {@code answer.codec} are those of the contract that know Jackson.
 * And gzip, in which lines come.
 */
package io.countess.event.codec;

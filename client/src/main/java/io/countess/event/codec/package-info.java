/**
 * The JSON forms of events, policies and decisions: strict readers (an unknown field is an error)
 * and writers. The only package of the contract that knows Jackson.
 */
package io.countess.event.codec;

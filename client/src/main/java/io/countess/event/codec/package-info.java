/**
 * The JSON forms of events, policies and decisions: strict readers (an unknown field is an error)
 * and writers. The only package of the contract that knows Jackson. And gzip, in which lines come.
 */
package io.countess.event.codec;

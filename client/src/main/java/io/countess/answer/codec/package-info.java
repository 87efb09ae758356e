/**
 * The JSON of what answers questions, written once and read once: by doors, peers, the Java client
 * and the command line. Readers pass over fields that they do not know.
 */
package io.countess.answer.codec;

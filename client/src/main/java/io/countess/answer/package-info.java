/**
 * What answers questions, as values that the server, its peers, the Java client and the command
 * line share: counts, peeks, and what an answer covers. Knows {@code event} and the JDK only.
 */
package io.countess.answer;

/**
 * What answers questions, as values that the server, its peers, the Java client and the command
 * line share: counts, peeks, pages, namespaces, totals and policies, what an answer covers, and the
 * types of problems that may come instead. Knows {@code event} and the JDK only.
 */
package io.countess.answer;

/**
 * The wire contract: names, events, policies, decisions and positions as values, and how a record
 * finds its partition. Knows the JDK only.
 */
package io.countess.event;

/**
 * Commands about records that could not be counted: list them, put them back, forget them. Knows
 * Kafka's clients and the console; needs no server.
 */
package io.countess.cli.deadletters;

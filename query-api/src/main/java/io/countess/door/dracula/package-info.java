/**
 * The Dracula door: its binary protocol over UDP and TCP on Netty, its REST on the Jetty of {@code
 * door.http}, its gauges. Knows the floor, and holds nothing but what is under way.
 */
package io.countess.door.dracula;

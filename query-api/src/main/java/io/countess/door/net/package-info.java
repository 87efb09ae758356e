/**
 * What doors on Netty share: the bounds of connections, and how a port is bound; and certificates
 * of doors. Knows no protocol, and nothing of what is counted.
 */
package io.countess.door.net;

/** A short life of a server that sees what matters, for what the launcher has a JVM remember. */
package io.countess.cli.rehearse;

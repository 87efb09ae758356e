/** The command {@code countess}: finds the command that is asked for, and runs it. */
package io.countess.cli;

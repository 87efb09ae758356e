/** The command that loads files and pipes into the log. Knows the client and the console. */
package io.countess.cli.load;

/**
 * What all commands share: the streams of the process, tables and JSON, the connection to a server,
 * exit codes. Knows the client, and none of the commands.
 */
package io.countess.cli.console;

/** The command that runs the service. The only one that knows the server's own modules. */
package io.countess.cli.serve;

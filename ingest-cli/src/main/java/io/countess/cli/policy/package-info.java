/** Commands about policies: how a namespace counts. Knows the client and the console. */
package io.countess.cli.policy;

/** Commands about API keys. Knows the console, and no server: keys live in a file. */
package io.countess.cli.apikey;

/** Commands that list: keys, top, namespaces, namespace. Knows the client and the console. */
package io.countess.cli.listings;

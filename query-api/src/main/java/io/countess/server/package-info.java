/** The composition root: settings, and the one place where everything is put together. */
package io.countess.server;

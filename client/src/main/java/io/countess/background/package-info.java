/**
 * What runs in the background: daemon threads, tasks that are repeated, and warnings that are not.
 * Knows the JDK and slf4j only.
 */
package io.countess.background;

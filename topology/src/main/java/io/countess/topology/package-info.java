/**
 * The topology: one source, one processor, one store, one sink. Builds it and starts nothing; tells
 * what happens in it through {@link io.countess.topology.FoldListener}.
 */
package io.countess.topology;

/** The HTTP API without its transport: typed operations, the dispatcher that runs them, and the catalogue that documents them. */
@NullMarked
package dev.matrix.core.api;

import org.jspecify.annotations.NullMarked;

/** In-memory stores with real isolation, for tests, trials and single processes. */
@NullMarked
package dev.matrix.core.memory;

import org.jspecify.annotations.NullMarked;

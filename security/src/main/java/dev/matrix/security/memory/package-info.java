/** Security's stores in memory. */
@NullMarked
package dev.matrix.security.memory;

import org.jspecify.annotations.NullMarked;

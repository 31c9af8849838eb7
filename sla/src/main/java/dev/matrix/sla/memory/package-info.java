/** Service levels kept in memory. */
@NullMarked
package dev.matrix.sla.memory;

import org.jspecify.annotations.NullMarked;

/** The in-memory stores of taxes. */
@NullMarked
package dev.matrix.tax.memory;

import org.jspecify.annotations.NullMarked;
